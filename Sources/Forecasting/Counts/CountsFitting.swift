import NumericCore
import Parallelism
import TimeSeries

/// Fits the counts model to all count series of a panel at once, pool by pool (``SeriesPools``).
enum CountsFitting {
  /// Models in the order of `series`.
  ///
  /// - Parameter sharesLevel: whether levels may be relative to that of their pool.
  static func fit(_ series: [Series], sharesLevel: Bool = true, threads: Int) async throws -> [CountsModel] {
    var models = [CountsModel?](repeating: nil, count: series.count)
    for batch in SeriesPools(series).batches(of: 32 * max(1, threads)) {
      let members = batch.flatMap { $0 }
      for (i, model) in zip(members, try await fit(batch.map { $0.map { series[$0] } }, sharesLevel, threads: threads))
      {
        models[i] = model
      }
    }
    return models.compactMap { $0 }
  }

  /// Models of whole pools, one after the other.
  private static func fit(_ series: [[Series]], _ sharesLevel: Bool, threads: Int) async throws -> [CountsModel] {
    let members = series.flatMap { $0 }
    let histories = try await parallelMap(count: members.count, threads: threads, grain: 16) {
      CountHistory(members[$0])
    }
    // Of few large pools each is added up by several threads.
    let within = max(1, threads / series.count)
    let poolOf = series.indices.flatMap { p in series[p].map { _ in p } }
    var next = 0
    let pools = series.map { pool in
      defer { next += pool.count }
      return Array(next..<next + pool.count)
    }

    // Season: once from complete cycles alone, then again with what was found taken out of the local levels, which lets
    // incomplete cycles speak too.
    let flat = pools.map { PooledSeasonality(none: histories[$0[0]].seasonLength) }
    let first = try await seasons(histories, pools, poolOf, around: flat, coverage: 0.85, threads: threads, within)
    let second = try await seasons(
      histories, pools, poolOf, around: first.seasons, coverage: 0.4, threads: threads, within)

    let scaled = try await parallelMap(count: histories.count, threads: threads, grain: 16) { i in
      let season = second.seasons[poolOf[i]].factors(of: histories[i], second.evidence[i])
      return (season: season, scale: histories[i].scale(season: season.factors))
    }
    let poolLevels = try await parallelMap(count: pools.count, threads: threads) { p in
      sharesLevel ? PooledLevel(pools[p].map { (histories[$0], scaled[$0].scale) }, threads: within) : nil
    }
    let candidates = try await parallelMap(count: histories.count, threads: threads, grain: 8) { i in
      let own = FilterInput(histories[i], scale: scaled[i].scale)
      let pooled = poolLevels[poolOf[i]].map { level in
        FilterInput(histories[i], scale: zip(scaled[i].scale, level.ahead(of: histories[i])).map { $0 * $1 })
      }
      return Candidate(own: own, pooled: pooled, likelihoods: CandidateLikelihoods(own: own, pooled: pooled))
    }
    let priors = try await parallelMap(count: pools.count, threads: threads) { p in
      CandidatePrior.banded(
        SharedMembers(
          pools[p].map { (histories[$0].band, candidates[$0].likelihoods.likelihood) }, threads: within),
        bands: CountHistory.bandCount, base: CandidatePrior(pooled: poolLevels[p] != nil))
    }
    return try await parallelMap(count: histories.count, threads: threads, grain: 8) { i in
      CountsModel(
        histories[i], own: candidates[i].own, pooled: candidates[i].pooled,
        poolVariance: poolLevels[poolOf[i]]?.stepVariance ?? 0, season: scaled[i].season,
        likelihoods: candidates[i].likelihoods, prior: priors[poolOf[i]][histories[i].band])
    }
  }

  private struct Candidate: Sendable {
    let own: FilterInput
    let pooled: FilterInput?
    let likelihoods: CandidateLikelihoods
  }

  private static func seasons(
    _ histories: [CountHistory], _ pools: [[Int]], _ poolOf: [Int], around known: [PooledSeasonality],
    coverage: Double, threads: Int, _ within: Int
  ) async throws -> (evidence: [SeasonalEvidence], seasons: [PooledSeasonality]) {
    let evidence = try await parallelMap(count: histories.count, threads: threads, grain: 16) { i in
      SeasonalEvidence(histories[i], season: known[poolOf[i]].factors, coverage: coverage)
    }
    let seasons = try await parallelMap(count: pools.count, threads: threads) { p in
      PooledSeasonality(
        pools[p].map { (histories[$0], evidence[$0]) }, seasonLength: histories[pools[p][0]].seasonLength,
        threads: within)
    }
    return (evidence, seasons)
  }
}
