import Forecasting
import NumericCore
import TimeSeries

/// The next year against the last, from the joint draws of the forecast, over the calendar periods both years have.
///
/// Levels are totals of counts, pooled shares of proportions and means of values; see ``Event``.
public struct Outlook: Sendable, Hashable, Codable {
  /// Periods of the last year that were observed: the comparison is over these and their anniversaries.
  public let matchedPeriods: Int
  /// Periods in a full year.
  public let periodsInYear: Int
  /// Last year's level over the matched periods, brought to today's recording level where a step is known.
  public let lastYear: Double
  /// Next year's level over the matched periods: the forecast's own means added up, which draws only scatter about.
  public let mean: Double
  /// Median of the draws.
  public let median: Double
  /// Lower end of the central 80 % interval of the draws.
  public let lower80: Double
  /// Upper end of it.
  public let upper80: Double
  /// Lower end of the central 95 % interval of the draws.
  public let lower95: Double
  /// Upper end of it.
  public let upper95: Double
  /// The material rise that a probability is of; the fall is its opposite.
  public let rise: Event
  /// Probability of that rise.
  public let probabilityOfRise: Double
  /// Probability of the fall of the same size.
  public let probabilityOfFall: Double
  /// Model that made the forecast.
  public let model: String
  /// Correlation of the level with what moves its measure everywhere, in normal scores; 0 where nothing is shared. Of two
  /// areas of the measure the correlation is the product of theirs (``correlation(with:)``).
  public let sharedLoading: Double

  /// An outlook from its parts.
  public init(
    matchedPeriods: Int, periodsInYear: Int, lastYear: Double, mean: Double, median: Double, lower80: Double,
    upper80: Double, lower95: Double, upper95: Double, rise: Event, probabilityOfRise: Double,
    probabilityOfFall: Double, model: String, sharedLoading: Double = 0
  ) {
    self.matchedPeriods = matchedPeriods
    self.periodsInYear = periodsInYear
    self.lastYear = lastYear
    self.mean = mean
    self.median = median
    self.lower80 = lower80
    self.upper80 = upper80
    self.lower95 = lower95
    self.upper95 = upper95
    self.rise = rise
    self.probabilityOfRise = probabilityOfRise
    self.probabilityOfFall = probabilityOfFall
    self.model = model
    self.sharedLoading = sharedLoading
  }

  /// Expected change in the measure's own unit: the predictive mean less last year's level.
  public var expectedChange: Double { mean - lastYear }

  /// Correlation of the level with that of another area of the same measure: how far the two are one bet.
  public func correlation(with other: Outlook) -> Double { sharedLoading * other.sharedLoading }

  /// The material fall.
  public var fall: Event { rise.opposite }

  /// Probability of the material change in a direction.
  public func probability(of direction: Event.Direction) -> Double {
    direction == .rise ? probabilityOfRise : probabilityOfFall
  }
}

extension Outlook {
  /// Compares the next year with the last over the periods that were observed last year (``ComparedYear``), from joint draws; the
  /// mean of a sum needs none, and is that of the forecast to the last digit.
  ///
  /// Periods ahead of a share weigh as their anniversaries did: nothing is assumed of how the whole will move. Nothing before a
  /// series began is compared, and of one that has ended there is no outlook (``Lifespan``).
  ///
  /// Cost: one pass over the draws and one sort of them.
  ///
  /// - Returns: nil if fewer than the profile's share of last year's periods were observed, the forecast has no draws, or
  ///   its horizon is shorter than a year.
  public init?(observed: Series, forecast: SeriesForecast, profile: ScoringProfile = ScoringProfile()) {
    guard forecast.lifespan.ended == nil else { return nil }
    let observed = observed.within(forecast.lifespan)
    guard let compared = ComparedYear(observed, forecast, profile: profile) else { return nil }
    self.init(observed: observed, compared, forecast, profile)
  }

  private init?(observed: Series, _ compared: ComparedYear, _ forecast: SeriesForecast, _ profile: ScoringProfile) {
    let (year, weights) = (compared.periodsInYear, compared.weights)
    guard let paths = forecast.paths, paths.horizon >= year, forecast.forecast.horizon >= year, paths.count > 0 else {
      return nil
    }
    let levels =
      observed.kind == .count
      ? paths.totals { $0 < year && weights[$0] > 0 }
      : paths.weightedTotals((0..<paths.horizon).map { $0 < year ? weights[$0] : 0 })
    var mean = 0.0
    for step in 0..<year where weights[step] > 0 { mean += forecast.forecast.mean[step] * weights[step] }
    guard levels.allSatisfy(\.isFinite), mean.isFinite else { return nil }
    let rise = Event(
      direction: .rise, size: Outlook.materialSize(observed, profile), horizon: year, base: compared.lastYear)
    let fall = rise.opposite
    let sorted = levels.sorted()
    let draws = Double(levels.count)
    self.init(
      matchedPeriods: compared.matchedPeriods, periodsInYear: year, lastYear: compared.lastYear,
      mean: mean, median: quantile(0.5, ofSorted: sorted),
      lower80: quantile(0.1, ofSorted: sorted), upper80: quantile(0.9, ofSorted: sorted),
      lower95: quantile(0.025, ofSorted: sorted), upper95: quantile(0.975, ofSorted: sorted), rise: rise,
      probabilityOfRise: Double(levels.count(where: rise.happens)) / draws,
      probabilityOfFall: Double(levels.count(where: fall.happens)) / draws, model: forecast.forecast.model,
      sharedLoading: forecast.sharedLoading)
  }

  /// How large a change is material: a share of a count, points of a share, of a value a part of how far its periods
  /// scatter.
  private static func materialSize(_ observed: Series, _ profile: ScoringProfile) -> Event.Size {
    switch observed.kind {
    case .count: return .share(profile.materialShare)
    case .proportion: return .amount(profile.materialPoints)
    case .value:
      let values = observed.values.filter(\.isFinite)
      let mean = values.reduce(0, +) / Double(max(values.count, 1))
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count - 1, 1))
      return .amount(profile.materialDeviations * variance.squareRoot())
    }
  }
}
