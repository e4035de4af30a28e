import ExceptionDetection
import Forecasting
import NumericCore
import Parallelism
import TimeSeries

/// Draws up the control charts of a panel: the view that Making Data Count has made known, with its measured rate of false
/// alarms beside it.
public struct ControlCharts: Sendable {
  /// A rebase that a person has decided on.
  public struct Rebase: Hashable, Sendable {
    /// First period of the new limits.
    public let period: Period
    /// What happened and who says so; nil if neither was given.
    public let reason: String?

    /// A rebase of every series.
    public init(_ period: Period, reason: String? = nil) {
      self.period = period
      self.reason = reason
    }
  }

  /// Which way is better, of series that ``directions`` does not name.
  public var direction: SPCDirection
  /// Which way is better, by series.
  public var directions: [SeriesKey: SPCDirection] = [:]
  /// The interventions that concern a series: steps are rebases, untypical stretches are left out.
  public var interventions: Interventions
  /// Targets, by series; the others have none.
  public var targets: [SeriesKey: Double] = [:]
  /// Rebases that the user has asked for, of every series.
  public var rebases: [Rebase] = []
  /// Whether changes of level are looked for that may be rebases (``ChangePointDetector``); charts stay as they are.
  public var proposesRebases = false
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
    let series = panel.series
    let drawn = try await parallelMap(count: series.count, threads: threads, grain: 16) {
      charts.chart(series[$0], panel.frequency)
    }
    let rates = try await falseAlarms(drawn, series)
    let proposals = try await proposals(drawn, panel)
    return drawn.indices.map { i in
      var chart = drawn[i]
      chart.falseAlarms = rates[i]
      chart.proposal = proposals[i]
      return chart
    }
  }

  private func chart(_ series: Series, _ frequency: Frequency) -> ControlChart {
    let known = known(series)
    let steps = known.filter { $0.effect == .step }.map { (period: $0.start, reason: $0.label) }
    let asked = rebases.filter { $0.period.frequency == frequency }
      .map { (period: $0.period, reason: $0.reason ?? "rebased on request") }
    return ControlChart(
      series, direction: directions[series.key] ?? direction, target: targets[series.key], rebases: steps + asked,
      excluded: { period in known.contains { $0.masks(period) } })
  }

  private func known(_ series: Series) -> [Intervention] {
    interventions[series.key].filter { $0.start.frequency == series.start.frequency }
  }

  /// How often the latest point of each chart would stand out with nothing new.
  private func falseAlarms(_ charts: [ControlChart], _ series: [Series]) async throws -> [FalseAlarmRates] {
    guard simulations > 0 else { return charts.map { _ in .unknown } }
    let stretches = zip(charts, series).map { chart, series -> LatestStretch? in
      let known = known(series)
      let stretch = LatestStretch(chart, series) { period in known.contains { $0.masks(period) } }
      // Of counts that never differ nothing is known of how they would.
      if let stretch, series.kind == .count, Set(stretch.used.map { stretch.series.values[$0] }).count < 2 {
        return nil
      }
      return stretch
    }
    // Models of counts learn from all charts of a measure, each from its own latest stretch. What they hold likely of moving
    // levels is for periods within years: yearly counts are drawn independently.
    let counted = stretches.indices.filter {
      stretches[$0] != nil && series[$0].kind == .count && series[$0].start.frequency.seasonLength > 1
    }
    let slices = counted.compactMap { stretches[$0]?.series }
    let longest = slices.map(\.count).max() ?? 0
    let fit = try await CountsForecaster().learn(slices, horizon: longest, threads: threads)
    var places = [Int?](repeating: nil, count: series.count)
    for (place, i) in counted.enumerated() { places[i] = place }
    let (simulations, seed, found) = (self.simulations, self.seed, places)
    return try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
      guard let stretch = stretches[i] else { return .unknown }
      let key = series[i].key
      guard let place = found[i] else {
        return StableSeries(stretch.series, used: stretch.used)?
          .falseAlarms(key, simulations: simulations, seed: seed) ?? .unknown
      }
      let fit = fit(place)
      guard fit.fallbackReason == nil else { return .unknown }
      var random = RandomSource(seed: seed, stream: key.uniqueID)
      return CountStretches(
        fit.model, length: stretch.series.count, used: stretch.used,
        season: series[i].start.frequency.seasonLength, count: simulations, random: &random
      ).falseAlarms
    }
  }

  /// Changes of level within the latest stretches.
  private func proposals(_ charts: [ControlChart], _ panel: Panel) async throws -> [ControlChart.Proposal?] {
    guard proposesRebases else { return charts.map { _ in nil } }
    var detector = ChangePointDetector(interventions: interventions)
    detector.seed = seed
    detector.threads = threads
    return zip(charts, try await detector.run(panel)).map { chart, changes in
      guard chart.overlap == nil, let latest = changes.latest, let change = latest.change,
        let stretch = chart.latestStretch, latest.start > chart.points[stretch.range.lowerBound].period
      else { return nil }
      return ControlChart.Proposal(period: latest.start, ratio: change.ratio)
    }
  }
}
