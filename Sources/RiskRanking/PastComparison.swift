import TimeSeries

/// What was recorded, as the spreadsheets show it: shown beside the ranking, never what it sorts by.
///
/// Every figure is a level over the same calendar periods: the total of a count, of a share the pooled numerator over the
/// pooled denominator, the mean of a value.
public struct PastComparison: Sendable, Hashable, Codable {
  /// The numerator and denominator of a share over a window.
  public struct Ratio: Sendable, Hashable, Codable {
    /// What is counted among the whole.
    public let numerator: Double
    /// The whole.
    public let denominator: Double

    /// A ratio.
    public init(numerator: Double, denominator: Double) {
      self.numerator = numerator
      self.denominator = denominator
    }
  }

  /// The last year's recorded level over its observed periods; 0 for none, see ``lastYearPeriods``.
  public let lastYear: Double
  /// Of a share what it was made of.
  public let lastYearRatio: Ratio?
  /// How many of its periods were observed.
  public let lastYearPeriods: Int
  /// The year before, over the same calendar periods; nil unless all of them were observed.
  public let yearBefore: Double?
  /// Two years before (skips a COVID year), over the same calendar periods; nil unless all were observed.
  public let twoYearsBefore: Double?
  /// The year before and the one before that, over the periods that both years have: what pages compare.
  public let earlier: [EarlierYear]

  /// A comparison.
  public init(
    lastYear: Double, lastYearRatio: Ratio? = nil, lastYearPeriods: Int, yearBefore: Double?, twoYearsBefore: Double?,
    earlier: [EarlierYear] = []
  ) {
    self.earlier = earlier
    self.lastYear = lastYear
    self.lastYearRatio = lastYearRatio
    self.lastYearPeriods = lastYearPeriods
    self.yearBefore = yearBefore
    self.twoYearsBefore = twoYearsBefore
  }

  /// The comparison with the year so many years back; nil if too little of it is known.
  public func year(_ back: Int) -> EarlierYear? { earlier.first { $0.yearsBack == back } }

  /// Recorded levels of the last year, over its periods that are wholly known, and of the same calendar periods one and two
  /// years before.
  ///
  /// - Parameter history: the series like for like; as recorded unless given.
  public init(_ series: Series, history: ComparableHistory? = nil, profile: ScoringProfile = ScoringProfile()) {
    let year = series.start.frequency.periodsPerYear
    // A period known in part is compared with none, as in the outlook.
    let isKnown = series.isKnown
    let periods = (0..<year).map { series.end - $0 }.filter(isKnown)
    let numerators = series.numerators
    func ratio(yearsBack: Int) -> Ratio? {
      var (top, bottom) = (0.0, 0.0)
      for period in periods {
        let at = period - yearsBack * year
        let i = at - series.start
        guard isKnown(at), let numerator = numerators?[i], let denominator = series.denominators?[i] else {
          return nil
        }
        top += numerator
        bottom += denominator
      }
      return periods.isEmpty || bottom <= 0 ? nil : Ratio(numerator: top, denominator: bottom)
    }
    func level(yearsBack: Int) -> Double? {
      if series.kind == .proportion { return ratio(yearsBack: yearsBack).map { $0.numerator / $0.denominator } }
      var sum = 0.0
      for period in periods {
        guard let value = series[period - yearsBack * year], isKnown(period - yearsBack * year) else { return nil }
        sum += value
      }
      guard !periods.isEmpty else { return nil }
      return series.kind == .value ? sum / Double(periods.count) : sum
    }
    self.init(
      lastYear: level(yearsBack: 0) ?? 0, lastYearRatio: series.kind == .proportion ? ratio(yearsBack: 0) : nil,
      lastYearPeriods: periods.count, yearBefore: level(yearsBack: 1), twoYearsBefore: level(yearsBack: 2),
      earlier: [1, 2].compactMap {
        EarlierYear(
          history ?? ComparableHistory(series, forecast: nil), recorded: series, yearsBack: $0, profile: profile)
      })
  }
}
