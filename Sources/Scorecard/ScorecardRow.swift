import Assessment
import CommunitySafety
import ControlCharts
import ExceptionDetection
import RiskRanking
import TimeSeries

/// One measure in one place, over the windows of a scorecard.
public struct ScorecardRow: Sendable {
  /// The series, with its forecast and verdicts.
  public let series: AssessedSeries
  /// The known part of the quarter beside itself: its level and periods; nil where nothing of it is known.
  public let quarter: WindowComparison?
  /// The same beside the same quarter of last year.
  public let quarterOnYear: WindowComparison?
  /// The year to date beside the same periods of last year.
  public let yearToDate: WindowComparison?
  /// The last year beside itself.
  public let year: WindowComparison?
  /// The last year beside the one before.
  public let yearOnYear: WindowComparison?
  /// The last year beside the nearest year, two or more back, that a direction could be taken from (``DirectionOfTravel``); where none
  /// within reach could, beside the nearest of which anything is known, and nil without one.
  public let skipping: WindowComparison?
  /// Where it is going.
  public let direction: DirectionOfTravel
  /// The smallest false-discovery rate, over all directions of the scorecard, at which this one is found; NaN where not judged.
  public internal(set) var rate = Double.nan
  /// Periods of the quarter that are exceptions by the rule of tables, pages and alerts, oldest first.
  public let exceptions: [PeriodTest]
  /// Periods of the quarter that were judged.
  public let judgedPeriods: Int
  /// Its control chart.
  public let chart: ControlChart
  /// Whether the direction of travel is an exception: clear, and still found at the scorecard's false-discovery rate.
  public internal(set) var isDirectionExceptional = false

  /// The place.
  public var area: Area { series.area }
  /// The measure.
  public var measure: Measure { series.measure }
  /// Whether anything could be judged.
  public var isJudged: Bool { judgedPeriods > 0 || direction.way != .notJudged }
  /// Whether it is on page one.
  public var isException: Bool { isDirectionExceptional || !exceptions.isEmpty }
  /// Whether it moved, but no more than so many figures looked at may by chance.
  public var isClearOnly: Bool { !isException && (direction.way == .up || direction.way == .down) }

  /// A row.
  init(_ series: AssessedSeries, _ windows: ScorecardWindows, rule: ExceptionRule) {
    self.series = series
    quarter = series.compared(windows.known, yearsBack: 0)
    quarterOnYear = series.compared(windows.known, yearsBack: 1)
    yearToDate = series.compared(windows.yearToDate, yearsBack: 1)
    year = series.compared(windows.year, yearsBack: 0)
    let back = (1...DirectionOfTravel.mostYearsBack).map { series.compared(windows.year, yearsBack: $0) }
    yearOnYear = back[0]
    let further = back.dropFirst().compactMap(\.self)
    skipping = DirectionOfTravel.chosen(of: further) ?? further.first
    direction = DirectionOfTravel(series.observed, back.compactMap(\.self))
    let tests = series.tests.filter { windows.known.contains($0.period) }
    exceptions = tests.filter(rule.holds)
    judgedPeriods = tests.count { $0.kind != .notTested }
    chart = series.controlChart()
  }
}

extension AssessedSeries {
  /// Latest periods that a control chart is made of: enough for limits, and no longer than people remember.
  public static let chartLength = 36

  /// The control chart of its latest years, with new limits where the recording changed, and untypical stretches left out.
  ///
  /// - Parameters:
  ///   - target: in place of the measure's own.
  ///   - direction: in place of that of its polarity.
  public func controlChart(target: Double? = nil, direction: SPCDirection? = nil) -> ControlChart {
    let first = max(0, observed.count - AssessedSeries.chartLength)
    let latest = Series(
      key: SeriesKey(area: area.name, measure: label), start: observed.start + first,
      values: Array(observed.values[first...]), kind: observed.kind,
      denominators: observed.denominators.map { Array($0[first...]) },
      partial: observed.partial.compactMap { $0 >= first ? $0 - first : nil })
    return ControlChart(
      latest, direction: direction ?? SPCDirection(measure.polarity),
      target: target ?? measure.target(forOneOf: observed.start.frequency),
      rebases: interventions.filter { $0.effect == .step }.map { ($0.start, $0.label) },
      excluded: { period in interventions.contains { $0.masks(period) } })
  }
}
