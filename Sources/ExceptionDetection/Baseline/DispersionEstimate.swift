import NumericCore
import TimeSeries

/// An estimate of 1 / size of a negative binomial from Pearson residuals, and what its uncertainty depends on.
struct DispersionEstimate: Sendable {
  /// 1 / size; may be below 0 where the counts vary less than Poisson counts would.
  let inverseSize: Double
  /// Sums over the baseline of weight (1 - leverage) and of its square: effective numbers of residuals.
  let weight: Double
  let squaredWeight: Double
  /// Weighted mean of the fitted counts.
  let mean: Double

  init(inverseSize: Double, weight: Double, squaredWeight: Double, mean: Double) {
    self.inverseSize = inverseSize
    self.weight = weight
    self.squaredWeight = squaredWeight
    self.mean = mean
  }

  /// The size, infinite where the estimate is not above 0.
  var size: Double { inverseSize > 0 ? 1 / inverseSize : .infinity }

  /// Excess of variance over mean, as a share of the mean, at the mean of the baseline: what pools share.
  var excess: Double { inverseSize * mean }

  /// Sampling variance of ``excess`` if the truth were `excess`: a Pearson residual's square has variance 2 + 1 / variance
  /// for nearly Poisson counts, and its derivative in the excess is 1 / (1 + excess).
  func excessVariance(ifTrue excess: Double) -> Double {
    guard weight > 0, mean > 0 else { return .infinity }
    let ratio = 1 + max(0, excess)
    return squaredWeight * (2 + 1 / (mean * ratio)) * (ratio / weight) * (ratio / weight)
  }

  /// This series' own dispersion with its standard error.
  var unpooled: PooledDispersion {
    pooled(excess: excess, variance: excessVariance(ifTrue: excess))
  }

  func pooled(excess: Double, variance: Double) -> PooledDispersion {
    guard mean > 0, variance.isFinite else { return PooledDispersion(inverseSize: 0, standardError: 0) }
    return PooledDispersion(inverseSize: excess / mean, standardError: variance.squareRoot() / mean)
  }
}

/// A dispersion after pooling: 1 / size and its standard error.
struct PooledDispersion: Sendable {
  let inverseSize: Double
  let standardError: Double
}

/// Shrinks the dispersions of a pool towards their mean by as much as their sampling errors warrant (empirical Bayes:
/// normal-normal, between-series variance by DerSimonian & Laird 1986). Sums run in the order given, which the caller
/// fixes. A pool of one, or of two, is left as it is.
///
/// What is shrunk is the excess of variance over mean, relative to the mean. On recorded crime in New South Wales it
/// predicted better (mean log probability) than no pooling, which was better than shrinking 1 / size: that falls with the
/// level, so that small areas would borrow the steadiness of large ones.
func shrinkDispersions(_ estimates: [DispersionEstimate]) -> [PooledDispersion] {
  guard estimates.count >= 3 else { return estimates.map(\.unpooled) }
  // Sampling variances at one common value, so that a low estimate is not taken for a sure one.
  var numerator = 0.0
  var denominator = 0.0
  for estimate in estimates {
    let precision = 1 / estimate.excessVariance(ifTrue: 0)
    numerator += precision * estimate.excess
    denominator += precision
  }
  guard denominator > 0 else { return estimates.map(\.unpooled) }
  let first = max(0, numerator / denominator)
  let variances = estimates.map { $0.excessVariance(ifTrue: first) }
  var sum = 0.0
  var squares = 0.0
  var weighted = 0.0
  for (estimate, variance) in zip(estimates, variances) {
    let precision = 1 / variance
    sum += precision
    squares += precision * precision
    weighted += precision * estimate.excess
  }
  let centre = weighted / sum
  var heterogeneity = 0.0
  var informative = 0.0
  for (estimate, variance) in zip(estimates, variances) where variance.isFinite {
    heterogeneity += (estimate.excess - centre) * (estimate.excess - centre) / variance
    informative += 1
  }
  let scale = sum - squares / sum
  let between = scale > 0 ? max(0, (heterogeneity - (informative - 1)) / scale) : 0
  return zip(estimates, variances).map { estimate, variance in
    guard between > 0 else { return estimate.pooled(excess: centre, variance: 1 / sum) }
    let own = 1 / variance
    let total = own + 1 / between
    return estimate.pooled(excess: (own * estimate.excess + centre / between) / total, variance: 1 / total)
  }
}

/// Which series share their dispersion: those of a measure; a series without one stands alone.
struct DispersionPools: Sendable {
  /// Places of the series, pool by pool. Pools, and series within them, run in the order of their keys, so that sums do not depend
  /// on the order of the series.
  let members: [[Int]]

  init(_ series: [Series]) {
    var measures: [String: [Int]] = [:]
    var alone: [[Int]] = []
    for index in series.indices.sorted(by: { (series[$0].key, $0) < (series[$1].key, $1) }) {
      if let measure = series[index].key.measure {
        measures[measure, default: []].append(index)
      } else {
        alone.append([index])
      }
    }
    members = alone + measures.keys.sorted().compactMap { measures[$0] }
  }

  /// Shrinks the estimates of a pool, of the members that have one.
  static func shrink(
    _ pool: [Int], _ estimate: (Int) -> DispersionEstimate?, _ take: (Int, PooledDispersion) -> Void
  ) {
    var fitted: [Int] = []
    var estimates: [DispersionEstimate] = []
    for member in pool {
      guard let own = estimate(member) else { continue }
      fitted.append(member)
      estimates.append(own)
    }
    for (member, dispersion) in zip(fitted, shrinkDispersions(estimates)) { take(member, dispersion) }
  }
}
