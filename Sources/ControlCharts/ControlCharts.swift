import NumericCore
import Parallelism
import TimeSeries

/// Draws up the control charts of a panel: the view that Making Data Count has made known, with its measured rate of false
/// alarms beside it.
public struct ControlCharts: Sendable {
  /// Which way is better, by measure.
  public var direction: @Sendable (SeriesKey) -> SPCDirection
  /// The interventions that concern a series: steps are rebases, untypical stretches are left out.
  public var interventions: Interventions
  /// Targets.
  public var target: @Sendable (SeriesKey) -> Double?
  /// Rebases that the user has asked for, of every series.
  public var rebases: [Period] = []
  /// Simulated stretches for each false-alarm rate; 0 for none.
  public var simulations = 1000
  /// Seed of the simulations.
  public var seed: UInt64 = 1
  /// Worker threads; results do not depend on it.
  public var threads = 1

  /// Charts of measures with these directions.
  public init(
    direction: @escaping @Sendable (SeriesKey) -> SPCDirection,
    interventions: Interventions = Interventions(),
    target: @escaping @Sendable (SeriesKey) -> Double? = { _ in nil }
  ) {
    self.direction = direction
    self.interventions = interventions
    self.target = target
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
      series, direction: direction(series.key), target: target(series.key), rebases: steps + asked,
      excluded: { period in known.contains { $0.masks(period) } })
    if simulations > 0, let stretch = chart.latestStretch, let stable = StableSeries(series, range: stretch.range) {
      chart.falseAlarms = stable.falseAlarmRate(series.key, simulations: simulations, seed: seed)
    }
    return chart
  }
}
