/// How many times as large the mean of one group is as that of another, with an interval.
public struct RatioOfMeans: Hashable, Sendable {
  /// Mean of the first over mean of the second.
  public let ratio: Double
  /// Lower end of the 95 % interval.
  public let lower: Double
  /// Upper end of it.
  public let upper: Double

  /// Of two groups of at least two values each whose means are above nothing; nil otherwise.
  ///
  /// The interval is symmetric in the logarithm: its variance by the delta method, var(x) / (n mean(x)^2) of either group (Casella &
  /// Berger 2002, section 5.5.4), with Student's t at the degrees of freedom of Welch (1947, Biometrika 34, 28-35).
  public init?(_ first: [Double], _ second: [Double]) {
    guard let a = RatioOfMeans.part(first), let b = RatioOfMeans.part(second) else { return nil }
    ratio = a.mean / b.mean
    let variance = a.variance + b.variance
    guard variance > 0 else {
      (lower, upper) = (ratio, ratio)
      return
    }
    let freedom =
      variance * variance
      / (a.variance * a.variance / Double(first.count - 1) + b.variance * b.variance / Double(second.count - 1))
    let reach = exponential(StudentT.quantile(0.975, degreesOfFreedom: freedom) * variance.squareRoot())
    lower = ratio / reach
    upper = ratio * reach
  }

  /// The mean, and the variance of its logarithm.
  private static func part(_ values: [Double]) -> (mean: Double, variance: Double)? {
    guard values.count > 1 else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    guard mean > 0, mean.isFinite else { return nil }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return (mean, variance / (n * mean * mean))
  }
}
