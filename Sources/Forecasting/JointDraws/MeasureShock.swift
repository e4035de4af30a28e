import NumericCore
import TimeSeries

/// What moves all areas of a measure together in the year ahead: a shock on the log level, normal with this standard
/// deviation, which is part of what each area's forecast leaves open and no addition to it.
///
/// A level that wanders strays in the year ahead from where it stands by half the variance of a change between two years'
/// means. So of the areas' mean change m in a year (``MeasureChanges``), whose variance v is known from how areas scatter,
///
///     m_t ~ N(mu, 2 tau² + v_t),  tau ~ Gamma(shape 3, mean 0.048)
///
/// with mu integrated out (residual likelihood: Patterson & Thompson 1971, *Biometrika* 58, 545-554) and tau² by its posterior
/// mean on a grid. A few years say little, and without any the prior is what is left.
struct MeasureShock: Hashable, Sendable {
  /// Standard deviation of the shock to a year's total, as a logarithm.
  let deviation: Double

  /// Shape and scale of the prior. Of recorded crime in New South Wales, at the origins the model was chosen by, the joint
  /// likelihood of all areas' totals hardly tells priors of means from 0.04 to 0.06 apart.
  private static let prior = (shape: 3.0, scale: 0.016)
  /// Values of tau that are weighed.
  private static let grid = (0...60).map { 0.0025 + 0.005 * Double($0) }
  /// Variance of a change between two years' means, in units of that of the year ahead about where a level stands.
  private static let changeVariance = 2.0

  /// The shock that a measure's past changes tell of.
  init(_ years: [MeasureChanges.Year]) {
    let logWeights = MeasureShock.grid.map { tau in
      var (precision, logs) = (0.0, 0.0)
      var sum = 0.0
      for year in years {
        let variance = MeasureShock.changeVariance * tau * tau + year.variance
        precision += 1 / variance
        sum += year.mean / variance
        logs += logarithm(variance)
      }
      let prior = (MeasureShock.prior.shape - 1) * logarithm(tau) - tau / MeasureShock.prior.scale
      guard precision > 0 else { return prior }
      let mu = sum / precision
      let squares = years.reduce(0) { sum, year in
        let distance = year.mean - mu
        return sum + distance * distance / (MeasureShock.changeVariance * tau * tau + year.variance)
      }
      return prior - 0.5 * (logs + logarithm(precision) + squares)
    }
    let top = logWeights.max() ?? 0
    var (mean, total) = (0.0, 0.0)
    for (tau, logWeight) in zip(MeasureShock.grid, logWeights) {
      let weight = exponential(logWeight - top)
      mean += weight * tau * tau
      total += weight
    }
    deviation = (mean / total).squareRoot()
  }

  /// The shock of a pool of series; nil where there is nothing to share: a series without a measure, or the only one of counts.
  init?(pool series: [Series]) {
    let counted = series.filter { $0.key.measure != nil && $0.kind == .count && $0.observedCount > 0 }
    guard counted.count > 1, let last = counted.map({ $0.end.ordinal }).max() else { return nil }
    self.init(LocalMembers(counted).gather(MeasureChanges(last: last)).finished())
  }

  /// The deviation of the shock to a total of `horizon` periods: of a level that wanders its square grows with the horizon.
  func deviation(horizon: Int, frequency: Frequency) -> Double {
    deviation * (Double(max(0, horizon)) / Double(frequency.periodsPerYear)).squareRoot()
  }
}
