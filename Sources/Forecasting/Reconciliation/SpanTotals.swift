import NumericCore
import TimeSeries

/// Totals of a count over quarters and years: what is known of each by now, and the rest foreseen.
///
/// A forecast of a year is the sum of the forecasts of its months, and its bounds are of joint draws; what the year to date has recorded is
/// added to every draw. So months, quarters and years of one forecast add up, in the mean to the last digit and in every draw.
public struct SpanTotals: Sendable, Hashable {
  /// What periods are added up to.
  public enum Span: String, CaseIterable, Sendable, Hashable {
    /// Quarters from January, April, July and October.
    case quarter
    /// Years from April, as those of United Kingdom public bodies.
    case financialYear = "financial-year"
    /// Years from January.
    case calendarYear = "calendar-year"

    /// Months in one.
    var months: Int { self == .quarter ? 3 : 12 }
    /// The month, from 0, in which the first of a year begins.
    var firstMonth: Int { self == .financialYear ? 3 : 0 }
  }

  /// One quarter or year.
  public struct Total: Sendable, Hashable {
    /// Its first and last period.
    public let periods: ClosedRange<Period>
    /// Periods of it that are known.
    public let knownPeriods: Int
    /// Sum of those: the quarter or year to date.
    public let known: Double
    /// Mean of the whole: what is known and the means of the rest.
    public let mean: Double
    /// Median of the whole, of the draws.
    public let median: Double
    /// Central intervals of the whole by ascending level, of the draws.
    public let intervals: [PredictionInterval]
  }

  /// The totals in time order: those of which nothing or only a part is known, and all of the rest is foreseen.
  public let totals: [Total]
  /// Spans left out since a period of them that is past was not observed, or only in part: nothing is known of their total.
  public let unknown: [ClosedRange<Period>]

  /// The totals of a forecast.
  ///
  /// - Parameters:
  ///   - history: what was recorded, of months or quarters.
  ///   - forecast: the forecast of the periods after it.
  ///   - paths: its draws.
  ///   - levels: of the intervals, in per cent.
  /// - Returns: nil for what does not add up: series that are no counts, weeks and days, which months cut, or years of their own.
  public init?(_ span: Span, history: Series, forecast: Forecast, paths: SamplePaths, levels: [Double] = [80, 95]) {
    let width: Int
    switch history.start.frequency {
    case .monthly: width = 1
    case .quarterly: width = 3
    default: return nil
    }
    guard history.kind == .count, forecast.start == history.end + 1 else { return nil }
    let each = span.months / width
    let foreseen = min(forecast.horizon, paths.horizon)
    /// How far into its quarter or year a period is.
    func place(_ period: Period) -> Int {
      let month = period.firstDay.month - 1
      return (month - span.firstMonth + 12) % span.months / width
    }
    let grid = QuantileLevels(levels)
    var totals: [Total] = []
    var unknown: [ClosedRange<Period>] = []
    var first = forecast.start - place(forecast.start)
    while first + (each - 1) < forecast.start + foreseen {
      let periods = first...(first + (each - 1))
      let past = (0..<each).map { first + $0 }.filter { $0 < forecast.start }
      let recorded = past.compactMap { history.isPartial($0) ? nil : history[$0] }
      first = first + each
      guard recorded.count == past.count else {
        unknown.append(periods)
        continue
      }
      let known = recorded.reduce(0, +)
      let steps = (past.count..<each).map { periods.lowerBound + $0 - forecast.start }
      let draws = SamplePaths(
        horizon: 1, count: paths.count,
        values: paths.totals { steps.contains($0) }.map { $0 + known })
      let quantiles = draws.quantiles(step: 0, grid.probabilities)
      let n = grid.levels.count
      totals.append(
        Total(
          periods: periods, knownPeriods: past.count, known: known,
          mean: known + steps.reduce(0) { $0 + forecast.mean[$1] }, median: quantiles[n],
          intervals: grid.levels.enumerated().map { i, level in
            PredictionInterval(level: level, lower: [quantiles[n - 1 - i]], upper: [quantiles[n + 1 + i]])
          }))
    }
    self.totals = totals
    self.unknown = unknown
  }
}
