import Evaluation
import TimeSeries

/// How the forecast that would have been made a year ago has turned out.
public enum TrackRecord: Sendable {
  /// What it scored: one origin, the model of the assessment, the series of the base level.
  case scored(BacktestReport)
  /// Why nothing can be said, in words that follow "because".
  case notPossible(reason: String)
}

extension Assessor {
  /// Joint draws per series behind the totals: enough for an 80 % interval.
  private static let draws = 400

  /// The forecast of a horizon ago set beside what has been recorded since. Of the levels the base one is taken, which
  /// the others are sums of.
  func trackRecord(_ panels: AggregatedPanels, _ breaks: BreakLookup) async throws -> TrackRecord {
    guard let base = panels.layers.first(where: { !$0.isGroup && $0.level != .residual }) else {
      return .notPossible(reason: "no series has a place")
    }
    let backtest = Backtest(
      origins: RollingOrigins(count: 1, step: 1, horizon: max(1, configuration.horizon)),
      levels: configuration.levels, pathCount: Assessor.draws, seed: configuration.seed, threads: threads,
      interventions: { breaks($0) })
    do {
      return .scored(try await backtest.run(base.panel))
    } catch let failure as BacktestFailure {
      return .notPossible(reason: failure.description)
    }
  }
}
