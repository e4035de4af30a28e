import NumericCore
import TimeSeries

/// What Croston's method and its successors come to: a level that stays as it is, the errors made with it, and how far
/// it moved from period to period.
///
/// A count k periods ahead is negative binomial about the level L. Its one-step variance is S, the mean squared error
/// within the history (no less than L), and the level's relative variance grows by v = (mean squared move) / L² a period:
///
///     variance = L + (S - L) (1 + (k - 1) v) + L² (k - 1) v.
///
/// The level of a count is at least half an event in all periods observed and one more: no finite history shows that
/// nothing can happen. What is not a count is normal about L with variance S + (k - 1) (mean squared move), cut at 0.
struct IntermittentModel: FittedModel {
  let name: String
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  let level: Double
  /// Mean squared one-step error.
  let errorVariance: Double
  /// Mean squared move of the level in a period.
  let moveVariance: Double
  /// Missing periods between the last observation and the first period ahead.
  let gap: Int
  let isCount: Bool

  init(_ name: String, _ series: Series, _ stretch: ObservedStretch, _ run: IntermittentRun) {
    self.name = name
    key = series.key
    start = series.next
    isCount = series.kind == .count
    let least = isCount ? 0.5 / Double(stretch.observed + 1) : 0
    var fitted = [Double](repeating: .nan, count: series.count)
    for (t, level) in run.levels.enumerated() { fitted[stretch.first + t] = max(least, level) }
    self.fitted = fitted
    level = max(least, run.level)
    // Two initial values and two gains were estimated.
    errorVariance = run.squares / Double(max(1, stretch.observed - 4))
    var moves = 0.0
    for t in run.levels.indices {
      let next = t + 1 < run.levels.count ? run.levels[t + 1] : run.level
      moves += (next - run.levels[t]) * (next - run.levels[t])
    }
    moveVariance = moves / Double(max(1, run.levels.count))
    gap = stretch.gap
  }

  /// Relative variance of the level after `moves` periods; and the inverse size of a count about it.
  private func drift(_ moves: Int) -> Double { level > 0 ? Double(moves) * (moveVariance / level / level) : 0 }
  private var inverseSize: Double { level > 0 ? max(0, errorVariance - level) / level / level : 0 }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let steps = max(0, horizon)
    let grid = QuantileLevels(levels)
    let mean = [Double](repeating: level, count: steps)
    guard isCount else {
      return grid.gaussian(
        key: key, model: name, start: start, mean: mean,
        deviation: (0..<steps).map { (errorVariance + Double(gap + $0) * moveVariance).squareRoot() },
        support: Support(lowest: 0))
    }
    let quantiles = mixtures(steps).map { $0.quantiles(grid.probabilities) }
    return grid.forecast(key: key, model: name, start: start, mean: mean, quantiles: quantiles)
  }

  func distributions(horizon: Int) -> [LatticeDistribution]? { isCount ? mixtures(horizon).lattices : nil }

  /// The predictive distribution of a count, one a step.
  private func mixtures(_ horizon: Int) -> [CountMixture] {
    (0..<max(0, horizon)).map { h in
      let drift = drift(gap + h)
      let spread = inverseSize * (1 + drift) + drift
      return CountMixture(components: [.init(weight: 1, mean: level, size: spread > 1e-9 ? 1 / spread : .infinity)])
    }
  }

  /// The part of the one-step variance that is what is not known of the level itself, the same at every step of a path:
  /// in a local-level model of gain a it is a S while the level moves by a² S, so the root of move and error variance.
  private var levelVariance: Double {
    let most = isCount ? max(0, errorVariance - level) : errorVariance
    return min(most, (moveVariance * errorVariance).squareRoot())
  }

  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let steps = max(0, horizon)
    var values: [Double] = []
    values.reserveCapacity(steps * max(0, count))
    let relative = level > 0 ? levelVariance / level / level : 0
    let scatter = (inverseSize - relative) / (1 + relative)
    let size = scatter > 1e-9 ? 1 / scatter : .infinity
    for _ in 0..<max(0, count) {
      var now = level
      if isCount {
        if relative > 1e-9 { now *= random.positiveFactor(relativeVariance: relative) }
      } else {
        now += levelVariance.squareRoot() * random.normal()
      }
      for h in 0..<gap + steps {
        if h > 0, moveVariance > 0 {
          if isCount {
            now *= random.positiveFactor(relativeVariance: (drift(h) - drift(h - 1)) / (1 + drift(h - 1)))
          } else {
            now += moveVariance.squareRoot() * random.normal()
          }
        }
        guard h >= gap else { continue }
        values.append(
          isCount
            ? random.negativeBinomial(mean: now, size: size)
            : max(0, now + (errorVariance - levelVariance).squareRoot() * random.normal()))
      }
    }
    return SamplePaths(horizon: steps, count: max(0, count), values: values)
  }
}
