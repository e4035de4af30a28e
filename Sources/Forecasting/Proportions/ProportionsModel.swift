import NumericCore
import TimeSeries

/// The proportions model fitted to a series: a dynamic binomial model of the logit (``ShareProcess``), its season pooled
/// over the areas of a measure (``LogitSeason``), its candidates averaged by posterior weight (``CandidatePrior``).
///
/// The predictive distribution of a period is a mixture of beta-binomials over the whole expected
/// (``ProportionHistory/denominatorAhead``): shares ahead scatter as shares of so many do.
struct ProportionsModel: FittedModel {
  /// A candidate with its posterior weight.
  struct Component: Sendable {
    var weight: Double
    var process: ShareProcess
    var noise: Double
    var state: ShareState
  }

  let name = ModelName.proportions.rawValue
  let key: SeriesKey
  let start: Period
  /// The candidates that have weight.
  let components: [Component]
  /// Seasonal offsets on the logit's scale and their variances, one a season.
  let season: (offsets: [Double], variances: [Double])
  /// The whole that shares ahead are taken of.
  let denominator: Double
  private let history: ProportionHistory

  init(_ history: ProportionHistory, _ candidates: ShareCandidates, prior: CandidatePrior) {
    key = history.series.key
    start = history.series.next
    season = candidates.season
    denominator = history.denominatorAhead
    self.history = history
    let cells = prior.posterior(candidates.likelihood)
    var components: [Component] = []
    for (i, weight) in cells.enumerated() where weight > 0.002 {
      components.append(
        Component(
          weight: weight, process: ShareProcess.grid[i / ShareProcess.noises.count],
          noise: ShareProcess.noises[i % ShareProcess.noises.count], state: candidates.states[i]))
    }
    let total = components.reduce(0) { $0 + $1.weight }
    for i in components.indices { components[i].weight /= total }
    self.components = components
  }

  /// Worked out anew each time: few need it.
  var fitted: [Double] {
    let offsets = history.expand(season.offsets)
    var average = [Double](repeating: 0, count: offsets.count)
    for component in components {
      _ = component.process.run(history, offsets: offsets, noise: component.noise) { t, share in
        average[t] += component.weight * share
      }
    }
    return average
  }

  var withoutSeason: [Double] {
    zip(fitted, history.expand(season.offsets)).map { p, offset in
      1 / (1 + (1 - p) / p * exponential(offset))
    }
  }

  /// The predictive distribution of each of the next `horizon` periods.
  func mixtures(horizon: Int) -> [ShareMixture] {
    var states = components.map(\.state)
    return (0..<max(0, horizon)).map { h in
      let s = (start + h).seasonIndex % max(1, season.offsets.count)
      return ShareMixture(
        components: components.indices.map { i in
          states[i].advance(components[i].process)
          let share = states[i].share(
            offset: season.offsets[s], noise: components[i].noise + season.variances[s])
          return (components[i].weight, share)
        }, denominator: denominator)
    }
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let grid = QuantileLevels(levels)
    let mixtures = mixtures(horizon: horizon)
    return grid.forecast(
      key: key, model: name, start: start, mean: mixtures.map(\.mean),
      quantiles: mixtures.map { $0.quantiles(grid.probabilities) })
  }

  func distributions(horizon: Int) -> [LatticeDistribution]? { mixtures(horizon: horizon).map(\.lattice) }

  /// Joint draws: a candidate by posterior weight, level and trend within what is not known of them, a season's offset that
  /// stays what it is over the years, then the periods one after another.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon) * max(0, count))
    for _ in 0..<max(0, count) {
      let component = pick(random.uniform())
      let state = component.state
      let level = state.levelVariance.squareRoot() * random.normal()
      // The trend given the level.
      let slope = state.levelVariance > 0 ? state.covariance / state.levelVariance : 0
      let rest = max(0, state.trendVariance - slope * state.covariance)
      var l = state.level + level
      var b = state.trend + slope * level + rest.squareRoot() * random.normal()
      let offsets = zip(season.offsets, season.variances).map { $0 + $1.squareRoot() * random.normal() }
      for h in 0..<max(0, horizon) {
        if component.process.trendDrift > 0 {
          b *= ShareProcess.damping
          l += b
          b += component.process.trendDrift.squareRoot() * random.normal()
        }
        l += component.process.drift.squareRoot() * random.normal()
        let s = (start + h).seasonIndex % max(1, offsets.count)
        let logit = l + offsets[s] + component.noise.squareRoot() * random.normal()
        let p = 1 / (1 + exponential(-logit))
        values.append(random.binomial(count: denominator, probability: p) / denominator)
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }

  private func pick(_ u: Double) -> Component {
    var rest = u
    for component in components.dropLast() {
      rest -= component.weight
      if rest < 0 { return component }
    }
    return components[components.count - 1]
  }
}
