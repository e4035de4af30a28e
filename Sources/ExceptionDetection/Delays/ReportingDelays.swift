import TimeSeries

/// The delays of reports by source and measure, and how late each period's figure was read.
public struct ReportingDelays: Sendable {
  /// One vintage's total.
  public struct Total: Sendable {
    /// Who publishes it, such as a force.
    public let source: String
    /// The measure.
    public let measure: String
    /// Period, delay and total.
    public let entry: ReportingTriangle.Entry

    /// A total.
    public init(source: String, measure: String, entry: ReportingTriangle.Entry) {
      self.source = source
      self.measure = measure
      self.entry = entry
    }
  }

  private struct Group: Hashable {
    let source: String
    let measure: String
  }

  /// Periods seen twice without which a measure's delays are not its own but those of all measures of its source.
  static let leastPeriods = 6

  private var distributions: [Group: DelayDistribution] = [:]
  private var wholeSources: [String: DelayDistribution] = [:]
  /// The delay at which each figure in use was read: the longest known.
  private var read: [Group: [Period: Int]] = [:]
  /// Names of the sources, sorted.
  public let sources: [String]

  /// Delays learnt from totals; nil if no period was seen in two vintages.
  public init?(_ totals: [Total]) {
    let bySource = Dictionary(grouping: totals, by: \.source)
    sources = bySource.keys.sorted()
    for (source, totals) in bySource {
      // Totals over measures, where the same measures are in each.
      struct Cell: Hashable {
        let period: Period
        let delay: Int
      }
      var sums: [Cell: (total: Double, values: Int)] = [:]
      for total in totals {
        let cell = Cell(period: total.entry.period, delay: total.entry.delay)
        sums[cell, default: (0, 0)].total += total.entry.total
        sums[cell, default: (0, 0)].values += total.entry.values
      }
      let all = sums.map {
        ReportingTriangle.Entry(period: $0.period, delay: $0.delay, total: $1.total, values: $1.values)
      }
      wholeSources[source] = DelayDistribution(
        ReportingTriangle(all.sorted { ($0.period, $0.delay) < ($1.period, $1.delay) }))
      for (measure, totals) in Dictionary(grouping: totals, by: \.measure) {
        let group = Group(source: source, measure: measure)
        let entries = totals.map(\.entry)
        let triangle = ReportingTriangle(entries)
        if triangle.periods >= ReportingDelays.leastPeriods { distributions[group] = DelayDistribution(triangle) }
        for entry in entries where entry.delay >= 0 {
          let known = read[group]?[entry.period] ?? -1
          read[group, default: [:]][entry.period] = max(known, entry.delay)
        }
      }
    }
    if wholeSources.isEmpty { return nil }
  }

  /// How complete a figure was when it was read; nil where it is complete or nothing is known of it.
  ///
  /// - Parameter source: who published it; nil if there is but one source.
  public func completeness(source: String?, measure: String, period: Period) -> Completeness? {
    guard let source = source ?? (sources.count == 1 ? sources[0] : nil) else { return nil }
    let group = Group(source: source, measure: measure)
    guard let delay = read[group]?[period], let delays = distributions[group] ?? wholeSources[source] else {
      return nil
    }
    return delays[delay]
  }

  /// How complete each figure was when it was read, by source and measure.
  var figures: [(source: String, measure: String, periods: [Period: Completeness?])] {
    read.map { group, periods in
      let delays = distributions[group] ?? wholeSources[group.source]
      return (group.source, group.measure, periods.mapValues { delay in delays.flatMap { $0[delay] } })
    }
  }

  /// The delays of a measure as they are used, and whether they are those of all measures of its source.
  public func distribution(source: String, measure: String) -> (delays: DelayDistribution, isPooled: Bool)? {
    if let own = distributions[Group(source: source, measure: measure)] { return (own, false) }
    return wholeSources[source].map { ($0, true) }
  }
}
