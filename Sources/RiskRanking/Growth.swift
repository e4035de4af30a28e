import NumericCore
import TimeSeries

/// How many times the year before's count the last year's is, like for like, with an interval and the test behind it.
public struct Growth: Sendable, Hashable, Codable {
  /// The last year's count over the year before's, at one level of recording.
  public let ratio: Double
  /// Ends of the central 95 % interval of the ratio of the rates behind them.
  public let lower95: Double, upper95: Double
  /// Chance of so large a difference if nothing but the recording had changed (``NumericCore/TwoCounts``).
  public let probability: Double
  /// Pearson's dispersion of the counts over the pairs of periods, at least 1: how much more they scatter than independent events.
  public let dispersion: Double

  /// Growth from its parts.
  public init(ratio: Double, lower95: Double, upper95: Double, probability: Double, dispersion: Double) {
    self.ratio = ratio
    self.lower95 = lower95
    self.upper95 = upper95
    self.probability = probability
    self.dispersion = dispersion
  }

  /// Whether it is more than chance explains, by the bound that pages call a change real by.
  public var isReal: Bool { probability < WindowComparison.significance }

  /// The growth that a comparison of two years shows: a quasi-Poisson interval of the ratio (McCullagh and Nelder 1989, chapter 6.2) with
  /// the quantile of Student's t.
  ///
  /// - Parameter series: the one that was compared.
  /// - Returns: nil of what is no count, of nothing counted in one of the years, and where the size of a step between them is not known.
  public init?(_ comparison: WindowComparison, of series: Series) {
    let (a, b) = (comparison.later.recorded, comparison.earlier.recorded)
    guard comparison.kind == .count, comparison.probability.isFinite, a > 0, b > 0 else { return nil }
    let scale = ((comparison.later.comparable ?? a) / a) / ((comparison.earlier.comparable ?? b) / b)
    guard scale.isFinite, scale > 0 else { return nil }
    let back = comparison.yearsBack * series.start.frequency.periodsPerYear
    let part = a / (a + b)
    var (pearson, pairs) = (0.0, 0)
    for period in comparison.periods {
      let (x, y) = (series[period] ?? 0, series[period - back] ?? 0)
      guard x + y > 0 else { continue }
      let (expectedX, expectedY) = ((x + y) * part, (x + y) * (1 - part))
      pearson += (x - expectedX) * (x - expectedX) / expectedX + (y - expectedY) * (y - expectedY) / expectedY
      pairs += 1
    }
    let freedom = Double(max(1, pairs - 1))
    let dispersion = pairs > 1 ? max(1, pearson / freedom) : 1
    let distance = Growth.quantile975(freedom) * (dispersion * (1 / a + 1 / b)).squareRoot()
    self.init(
      ratio: a / b * scale, lower95: a / b * scale * exponential(-distance),
      upper95: a / b * scale * exponential(distance), probability: comparison.probability, dispersion: dispersion)
  }

  /// The 97.5 % quantile of Student's t, by its expansion in the normal one (Abramowitz and Stegun 26.7.5): within a hundredth from
  /// four degrees of freedom on.
  private static func quantile975(_ freedom: Double) -> Double {
    let z = 1.959_963_984_540_054
    let (z3, z5) = (z * z * z, z * z * z * z * z)
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom)
      + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom)
  }
}
