import Forecasting
import NumericCore

/// The predictive distribution of one period as far as its quantiles tell it, and what can be said of the probabilities
/// between them: forecasts give quantiles at any level, and no other form of their distribution.
///
/// Between two known quantiles the distribution function is taken to rise evenly, beyond the outermost ones the tail to
/// fall off exponentially at the rate at which it does between them and the quantiles at 5 and 95 %.
public struct PredictiveQuantiles: Sendable {
  /// Levels in per cent that are close enough together, in the tails above all, for densities and integrals.
  public static let standardLevels: [Double] =
    stride(from: 2.0, through: 96, by: 2).map { $0 } + [97, 98, 98.5, 99, 99.5, 99.8, 99.9]

  /// Probabilities, ascending within (0, 1).
  public let probabilities: [Double]
  /// The quantile at each; never falling.
  public let values: [Double]
  /// Whether every quantile is a whole number: the distribution is one of counts.
  let isWhole: Bool

  /// Quantiles at ascending probabilities, as many as there are probabilities (at least one); those that cross are
  /// straightened out.
  public init(probabilities: [Double], values: [Double]) {
    precondition(probabilities.count == values.count && !values.isEmpty, "every probability has its quantile")
    self.probabilities = probabilities
    var highest = -Double.infinity
    self.values = values.map { value in
      highest = max(highest, value)
      return highest
    }
    isWhole = values.allSatisfy { $0 == $0.rounded() }
  }

  /// The quantiles of a step of a forecast, from its median and all its intervals; nil if one of them is not a number.
  public init?(_ forecast: Forecast, step: Int) {
    let intervals = forecast.intervals
    let probabilities =
      intervals.reversed().map { 0.5 - $0.level / 200 } + [0.5] + intervals.map { 0.5 + $0.level / 200 }
    let values =
      intervals.reversed().map { $0.lower[step] } + [forecast.median[step]] + intervals.map { $0.upper[step] }
    guard values.allSatisfy(\.isFinite) else { return nil }
    self.init(probabilities: probabilities, values: values)
  }

  /// P(Y <= x) of a continuous distribution.
  public func cumulative(_ x: Double) -> Double {
    let known = rank(x)
    if known == 0 { return probabilities[0] * exponential(-lowerRate * (values[0] - x)) }
    let last = probabilities.count - 1
    if known > last { return 1 - (1 - probabilities[last]) * exponential(-upperRate * (x - values[last])) }
    let (a, b) = (probabilities[known - 1], probabilities[known])
    return a + (b - a) * (x - values[known - 1]) / (values[known] - values[known - 1])
  }

  /// P(Y <= k) of a count k.
  ///
  /// Of whole quantiles q with P(Y <= q) between two known probabilities the middle is taken, and the whole numbers up to
  /// the next quantile share the stretch evenly: off by at most half the distance of the probabilities. A continuous
  /// distribution is read half-way to the next whole number.
  public func cumulative(count k: Double) -> Double {
    if k < 0 { return 0 }
    guard isWhole else { return cumulative(k + 0.5) }
    let known = rank(k)
    if known == 0 { return 0.5 * probabilities[0] * exponential(-lowerRate * (values[0] - 1 - k)) }
    let last = probabilities.count - 1
    if known > last { return 1 - 0.5 * (1 - probabilities[last]) * exponential(-upperRate * (k - values[last])) }
    let (a, b) = (probabilities[known - 1], probabilities[known])
    return a + (b - a) * (k - values[known - 1] + 0.5) / (values[known] - values[known - 1])
  }

  /// How many quantiles lie at or below x.
  private func rank(_ x: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private var upperRate: Double {
    let last = values.count - 1
    guard let inner = probabilities.firstIndex(where: { $0 >= 0.95 }), inner < last else { return fallbackRate }
    return rate(
      logarithm((1 - probabilities[inner]) / (1 - probabilities[last])), over: values[last] - values[inner])
  }

  private var lowerRate: Double {
    guard let inner = probabilities.lastIndex(where: { $0 <= 0.05 }), inner > 0 else { return fallbackRate }
    return rate(logarithm(probabilities[inner] / probabilities[0]), over: values[inner] - values[0])
  }

  private var fallbackRate: Double { rate(1, over: values[values.count - 1] - values[0]) }

  /// Of quantiles that are all the same the tail falls off within one, or within a thousandth of the value.
  private func rate(_ drop: Double, over width: Double) -> Double {
    drop / max(width, isWhole ? 1 : values[values.count / 2].magnitude * 1e-3, 1e-300)
  }
}
