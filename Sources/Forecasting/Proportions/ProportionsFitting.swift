import NumericCore
import Parallelism
import TimeSeries

/// Fits the proportions model to all proportions of a panel at once, pool by pool (``SeriesPools``).
enum ProportionsFitting {
  /// Models in the order of `histories`.
  static func fit(_ histories: [ProportionHistory], threads: Int) async throws -> [ProportionsModel] {
    let pools = SeriesPools(histories.map(\.series))
    let evidence = try await parallelMap(count: histories.count, threads: threads, grain: 16) {
      LogitSeasonEvidence(histories[$0])
    }
    let seasons = pools.members.map { members in
      LogitSeason(members.map { evidence[$0] }, seasonLength: histories[members[0]].seasonLength)
    }
    let candidates = try await parallelMap(count: histories.count, threads: threads, grain: 4) { i in
      let season = seasons[pools.index[i]].offsets(of: evidence[i])
      return ShareCandidates(histories[i], offsets: season.offsets, variances: season.variances)
    }
    let priors = pools.members.map { members in
      CandidatePrior(pool: LocalMembers(members.map { (0, candidates[$0].likelihood) }), base: ShareProcess.prior)
    }
    return candidates.indices.map { i in
      ProportionsModel(histories[i], candidates[i], prior: priors[pools.index[i]])
    }
  }
}

/// Likelihoods of every candidate (process x noise) for one series, and the state each ends in.
struct ShareCandidates: Sendable {
  /// Seasonal offsets on the logit's scale and their variances, one a season.
  let season: (offsets: [Double], variances: [Double])
  /// Row-major: process, then noise; relative to the largest.
  let likelihood: [Double]
  let states: [ShareState]

  init(_ history: ProportionHistory, offsets: [Double], variances: [Double]) {
    season = (offsets, variances)
    let expanded = history.expand(offsets)
    let runs = ShareProcess.grid.flatMap { process in
      ShareProcess.noises.map { process.run(history, offsets: expanded, noise: $0) }
    }
    let best = runs.map(\.logLikelihood).max() ?? 0
    likelihood = runs.map { exponential(max($0.logLikelihood - best, -700)) }
    states = runs.map(\.state)
  }
}
