import Forecasting
import TimeSeries

/// The periods of the last year that the next is compared over, and what was recorded in them.
///
/// Last year's values come from the forecast's adjusted history, so that a known recording step is on both sides of the comparison and
/// drops out of it; values inside a masked window are taken as recorded, and those that are known in part are compared with nothing:
/// their rest would look like a rise to come. A single count far out of line (``SeriesForecast/outliers``) is compared as what is
/// typical of it: a keying error is no improvement to come.
public struct ComparedYear: Sendable {
  /// Periods in a full year.
  public let periodsInYear: Int
  /// Periods of the last year that are compared.
  public let matchedPeriods: Int
  /// The level of the last year over them.
  public let lastYear: Double
  /// What the value of each period of the year is multiplied by before all are added up; 0 where there is none.
  let weights: [Double]
  private let last: Period

  /// - Returns: nil if fewer than the profile's share of last year's periods were observed.
  public init?(_ observed: Series, _ forecast: SeriesForecast, profile: ScoringProfile) {
    let year = observed.start.frequency.periodsPerYear
    guard observed.count > 0 else { return nil }
    var values = [Double](repeating: 0, count: year)
    var weights = [Double](repeating: 0, count: year)
    let typical = Dictionary(forecast.outliers.map { ($0.period, $0.typical) }) { first, _ in first }
    for step in 0..<year {
      let period = observed.end - (year - 1) + step
      guard !observed.isPartial(period),
        let value = typical[period] ?? forecast.adjusted[period] ?? observed[period]
      else { continue }
      let whole = observed.denominators.map { $0[period - observed.start] } ?? 1
      guard whole > 0 else { continue }
      values[step] = value
      weights[step] = whole
    }
    let matched = weights.count { $0 > 0 }
    guard matched > 0, Double(matched) >= profile.minimumShareOfYear * Double(year) else { return nil }
    // A count is added up; of a share and a value the weighted mean is taken.
    let divisor = observed.kind == .count ? 1 : weights.reduce(0, +)
    var level = 0.0
    for step in 0..<year where weights[step] > 0 { level += values[step] * weights[step] }
    periodsInYear = year
    matchedPeriods = matched
    lastYear = level / divisor
    self.weights = weights.map { $0 / divisor }
    last = observed.end
  }

  /// The level of the year after over the same calendar periods; nil where one of them was not wholly recorded, or was not typical: an
  /// outlook says nothing of restrictions to come.
  ///
  /// - Parameter interventions: what is known of the series by then.
  public func next(in later: Series, _ interventions: [Intervention]) -> Double? {
    let untypical = Set(
      interventions.flatMap { one -> [Period] in
        guard case .window(let end) = one.effect else { return [] }
        return one.periods(through: end)
      })
    var level = 0.0
    for step in 0..<periodsInYear where weights[step] > 0 {
      let period = last + (1 + step)
      guard !later.isPartial(period), !untypical.contains(period), let value = later[period] else { return nil }
      level += value * weights[step]
    }
    return level
  }
}
