import NumericCore
import TimeSeries

/// The counts model fitted to a series.
///
///     y_t ~ NB(mu_t, r),  mu_t = level_t x season_s(t) x exposure_t
///
/// with seasonal factors pooled over the areas of a measure (``PooledSeasonality``), a level that moves by one of the
/// ``LevelProcess`` candidates, and candidates averaged by posterior weight (``CandidatePrior``) instead of picked. The
/// predictive distribution of a period is a mixture of negative binomials whose variances add to the one-step
/// dispersion 1/r the growing uncertainty of the level and that of the seasonal factor.
struct CountsModel: FittedModel {
  /// A level process with its posterior weight.
  struct Component: Sendable {
    var weight: Double
    var process: LevelProcess
    /// Whether the level is relative to the pool's.
    var pooled: Bool
    var state: LevelState
    /// Posterior mean of 1 / size.
    var inverseSize: Double
    /// Posterior weights of ``LevelProcess/sizes`` given the process; sum to 1.
    var sizeWeights: [Double]
  }

  let name: String
  let key: SeriesKey
  /// The first period ahead.
  let start: Period
  /// The level processes that have weight.
  let components: [Component]
  /// Seasonal factors and their relative variances.
  let season: (factors: [Double], variance: [Double])
  /// Relative variance the level gains each period ahead beyond what its process says (short histories).
  let extraDrift: Double
  /// Relative variance the pool's level gains each period.
  let poolVariance: Double
  /// What the processes were run over: on the own level, and relative to the pool's.
  let own: FilterInput
  private let pooled: FilterInput?
  /// Posterior weights of all processes, as ``CandidateLikelihoods`` orders them; 0 for those left out.
  private let weights: [Double]

  /// Averages the candidates of a series under a prior.
  init(
    _ history: CountHistory, own: FilterInput, pooled: FilterInput?, poolVariance: Double,
    season: (factors: [Double], variance: [Double]), likelihoods: CandidateLikelihoods, prior: CandidatePrior
  ) {
    let short = history.isShort
    name = short ? "counts-short" : "counts"
    key = history.series.key
    start = history.series.start + history.series.count
    self.season = season
    self.poolVariance = poolVariance
    extraDrift = short ? shortHistoryDrift * shortHistoryDrift : 0
    let cells = prior.posterior(likelihoods.likelihood)
    let sizes = LevelProcess.sizes
    let grid = LevelProcess.grid
    var components: [Component] = []
    var weights = [Double](repeating: 0, count: likelihoods.states.count)
    for c in likelihoods.states.indices {
      let own = Array(cells[c * sizes.count..<(c + 1) * sizes.count])
      let weight = own.reduce(0, +)
      guard weight > 0.002 else { continue }
      let shares = own.map { $0 / weight }
      let inverse = zip(shares, sizes).reduce(0) { $0 + $1.0 / $1.1 }
      weights[c] = weight
      components.append(
        Component(
          weight: weight, process: grid[c % grid.count], pooled: c >= grid.count, state: likelihoods.states[c],
          inverseSize: inverse, sizeWeights: shares))
    }
    let total = components.reduce(0) { $0 + $1.weight }
    for i in components.indices { components[i].weight /= total }
    self.components = components
    self.weights = weights.map { $0 / total }
    self.own = own
    self.pooled = pooled
  }

  /// Worked out anew each time: few need it.
  var fitted: [Double] { CandidateRun(own: own, pooled: pooled).expectations(weights: weights) }

  /// Expected of a month of average length in a season of factor 1.
  var withoutSeason: [Double] { zip(fitted, own.scale).map { $0 / $1 } }

  /// Season and exposure of the steps ahead.
  func scales(horizon: Int) -> (scale: [Double], variance: [Double]) {
    let exposure = CountHistory.exposures(from: start, count: horizon)
    var scale = exposure
    var variance = exposure
    for h in 0..<max(0, horizon) {
      let s = (start + h).seasonIndex % max(1, season.factors.count)
      scale[h] = exposure[h] * max(season.factors[s], 1e-3)
      variance[h] = season.variance[s]
    }
    return (scale, variance)
  }

  /// The predictive distribution of each of the next `horizon` periods.
  func mixtures(horizon: Int) -> [CountMixture] {
    let (scale, seasonVariance) = scales(horizon: horizon)
    let outlooks = components.map { $0.process.outlook(steps: horizon, from: $0.state) }
    return (0..<max(0, horizon)).map { h in
      CountMixture(
        components: components.indices.map { i in
          let component = components[i]
          let (level, excess) = outlooks[i][h]
          let noise = 1 / max(level, 1e-300) + component.inverseSize
          let drift = extraDrift * Double(h + 1) + (component.pooled ? poolVariance * Double(h) : 0)
          let spread = component.inverseSize + noise * excess + seasonVariance[h] + drift
          return .init(weight: component.weight, mean: level * scale[h], size: spread > 1e-9 ? 1 / spread : .infinity)
        })
    }
  }

  func distributions(horizon: Int) -> [LatticeDistribution]? { mixtures(horizon: horizon).lattices }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let grid = QuantileLevels(levels)
    let mixtures = mixtures(horizon: horizon)
    return grid.forecast(
      key: key, model: name, start: start, mean: mixtures.map(\.mean),
      quantiles: mixtures.map { $0.quantiles(grid.probabilities) })
  }
}
