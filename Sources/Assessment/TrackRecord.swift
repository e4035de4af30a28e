import Evaluation
import TimeSeries

/// How the forecasts that would have been made in years past have turned out.
public enum TrackRecord: Sendable {
  /// What it scored: an origin a year back from the latest, as many as the data allow up to five, the model of the assessment, the series of the base level.
  case scored(BacktestReport)
  /// Why nothing can be said, in words that follow "because".
  case notPossible(reason: String)
}

extension Assessor {
  /// Series from which on no further measure is looked back at, so that the look back stays a small part of the job.
  static let enoughSeries = 100

  /// Most places of a measure that are looked back at: more tell little more.
  private static let enoughPlaces = 200

  /// Most years that are looked back at.
  private static let mostOrigins = 5

  /// Joint draws a series behind the totals of past years: enough for what intervals held.
  private static let draws = 400

  /// How many origins there are with two years before them, at least one.
  private func origins(_ panel: Panel) -> Int {
    guard let span = panel.span else { return 1 }
    let year = panel.frequency.periodsPerYear
    let free = span.upperBound - span.lowerBound + 1 - max(1, configuration.horizon) - 2 * year
    return max(1, min(Assessor.mostOrigins, free / year + 1))
  }

  /// The forecasts of past years, the latest a horizon ago, set beside what has been recorded since, and what the outlooks of the
  /// ranking would have been.
  ///
  /// Of the levels the base one is taken, which the others are sums of; of its measures the largest, as many as make
  /// ``enoughSeries``, and of each at most ``enoughPlaces`` places. Series share what they learn within a measure only, so each forecast is
  /// the one that a look back at all of such measures would have made.
  func lookBack(
    _ panels: AggregatedPanels, _ interventions: Interventions, units: [String: String]
  ) async throws -> (TrackRecord, OutlookRecord) {
    let nothing = OutlookRecord(origins: [], cases: [])
    guard let base = panels.layers.first(where: { !$0.isGroup && $0.level != .residual })?.panel else {
      return (.notPossible(reason: "no series has a place"), nothing)
    }
    let origins = RollingOrigins(
      count: origins(base), step: base.frequency.periodsPerYear, horizon: max(1, configuration.horizon))
    var places: [String: Int] = [:]
    let panel = Assessor.largestMeasures(base, before: configuration.horizon).filterMap { series -> Series? in
      places[series.key.measure ?? series.key.uniqueID, default: 0] += 1
      return places[series.key.measure ?? series.key.uniqueID, default: 0] <= Assessor.enoughPlaces ? series : nil
    }
    do {
      let (report, outlooks) = try await lookBack(
        panel, interventions, units: units, origins: origins, draws: Assessor.draws)
      return (.scored(report), outlooks)
    } catch let failure as BacktestFailure {
      return (.notPossible(reason: failure.description), nothing)
    }
  }

  /// The series of the measures with the largest totals in the year before the last `horizon` periods, until there are
  /// enough of them: chosen by what was known then. A series that stands alone is a measure of its own.
  static func largestMeasures(_ panel: Panel, before horizon: Int) -> Panel {
    guard let end = panel.span?.upperBound, panel.series.count > enoughSeries else { return panel }
    let year = panel.frequency.periodsPerYear
    func name(_ series: Series) -> String { series.key.measure ?? series.key.uniqueID }
    var totals: [String: (sum: Double, series: Int)] = [:]
    for series in panel.series {
      let recent = (0..<year).reduce(0) { $0 + (series[end - horizon - $1] ?? 0) }
      let known = totals[name(series), default: (0, 0)]
      totals[name(series)] = (known.sum + recent, known.series + 1)
    }
    var chosen = Set<String>()
    var count = 0
    for (measure, total) in totals.sorted(by: { ($1.value.sum, $0.key) < ($0.value.sum, $1.key) })
    where count < enoughSeries {
      chosen.insert(measure)
      count += total.series
    }
    return panel.filterMap { chosen.contains(name($0)) ? $0 : nil }
  }
}
