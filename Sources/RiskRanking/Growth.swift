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
  /// - Returns: nil of what is no count, of nothing counted in one of the years, where the size of a step between them is not known, and
  ///   where the counts lie in so few periods that the interval has no end.
  public init?(_ comparison: WindowComparison, of series: Series) {
    let (a, b) = (comparison.later.recorded, comparison.earlier.recorded)
    guard comparison.kind == .count, comparison.probability.isFinite, a > 0, b > 0 else { return nil }
    let scale = ((comparison.later.comparable ?? a) / a) / ((comparison.earlier.comparable ?? b) / b)
    guard scale.isFinite, scale > 0 else { return nil }
    let back = comparison.yearsBack * series.start.frequency.periodsPerYear
    let scatter = TwoCounts.dispersion(
      comparison.periods.map { series[$0] ?? 0 }, comparison.periods.map { series[$0 - back] ?? 0 })
    let dispersion = max(1, scatter?.value ?? 1)
    let quantile = StudentT.quantile(0.975, degreesOfFreedom: scatter?.degreesOfFreedom ?? 1)
    let upper = a / b * scale * exponential(quantile * (dispersion * (1 / a + 1 / b)).squareRoot())
    // Of counts that all came in one month each the interval is everything, and says nothing.
    guard upper.isFinite else { return nil }
    let ratio = a / b * scale
    self.init(
      ratio: ratio, lower95: ratio / (upper / ratio), upper95: upper, probability: comparison.probability,
      dispersion: dispersion)
  }
}
