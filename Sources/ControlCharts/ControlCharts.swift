import NumericCore
import Parallelism
import TimeSeries

/// Draws up the control charts of a panel: the view that Making Data Count has made known, with its measured rate of false
/// alarms beside it.
public struct ControlCharts: Sendable {
  /// Which way is better, of series that ``directions`` does not name.
  public var direction: SPCDirection
  /// Which way is better, by series.
  public var directions: [SeriesKey: SPCDirection] = [:]
  /// The interventions that concern a series: steps are rebases, untypical stretches are left out.
  public var interventions: Interventions
  /// Targets, by series; the others have none.
  public var targets: [SeriesKey: Double] = [:]
  /// Rebases that the user has asked for, of every series.
  public var rebases: [Period] = []
  /// Simulated stretches for each false-alarm rate; 0 for none.
  public var simulations = 1000
  /// Seed of the simulations.
  public var seed: UInt64 = 1
  /// Worker threads; results do not depend on it.
  public var threads = 1

  /// Charts of series of which all are better in one direction, unless ``directions`` says otherwise.
  public init(direction: SPCDirection = .neither, interventions: Interventions = Interventions()) {
    self.direction = direction
    self.interventions = interventions
  }

  /// A chart of every series, in panel order.
  public func run(_ panel: Panel) async throws -> [ControlChart] {
    let charts = self
    return try await parallelMap(count: panel.series.count, threads: threads, grain: 4) {
      charts.chart(panel.series[$0], panel.frequency)
    }
  }

  private func chart(_ series: Series, _ frequency: Frequency) -> ControlChart {
    let known = interventions[series.key].filter { $0.start.frequency == frequency }
    let steps = known.filter { $0.effect == .step }.map { (period: $0.start, reason: $0.label) }
    let asked = rebases.filter { $0.frequency == frequency }.map { (period: $0, reason: "rebased on request") }
    var chart = ControlChart(
      series, direction: directions[series.key] ?? direction, target: targets[series.key], rebases: steps + asked,
      excluded: { period in known.contains { $0.masks(period) } })
    if simulations > 0, let stretch = chart.latestStretch, let stable = StableSeries(series, range: stretch.range) {
      chart.falseAlarms = stable.falseAlarmRate(series.key, simulations: simulations, seed: seed)
    }
    return chart
  }
}
