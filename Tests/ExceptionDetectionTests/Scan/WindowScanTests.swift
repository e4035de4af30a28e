import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct WindowScanTests {
  private static let covariance = BaselineFit.Covariance(count: 8) { _, _ in 0.0005 }

  private func scan(_ counts: [Double], mean: Double = 50, windows: Int = 6, correlation: Double = 0) -> WindowScan {
    var means = SIMD8<Double>.zero
    var observed = SIMD8<Double>.zero
    for (k, count) in counts.enumerated() {
      means[k] = mean
      observed[k] = count
    }
    let fit = BaselineFit(
      span: .month(2015, 1)...Period.month(2023, 6), periods: 90, downWeighted: [], model: "trend",
      dispersion: DispersionEstimate(inverseSize: 0.02, weight: 80, squaredWeight: 60, mean: mean), means: means,
      counts: observed, logVariance: 0.0005, covariance: Self.covariance, correlation: correlation)
    return WindowScan(
      fit, PooledDispersion(inverseSize: 0.02, standardError: 0.004), windows: windows, clip: 2.5)
  }

  @Test func withoutWindowsItIsThePredictiveTail() {
    for count in [35.0, 50, 85] {
      let one = scan([count, 90, 90], windows: 1)
      #expect(abs(one.upper.pValue / one.predictive.midTails(count).upper - 1) < 1e-6)
      #expect(abs(one.lower.pValue / one.predictive.midTails(count).lower - 1) < 1e-6)
      #expect(one.upper.window == 1)
    }
  }

  @Test func theShapeIsTold() {
    #expect(scan([110, 50, 49, 51, 50, 50]).upper.window == 1)
    let level = scan([64, 65, 64, 66, 65, 64])
    #expect(level.upper.pValue < 0.005 && level.upper.window > 3, "\(level.upper)")
    #expect(!isRamp(level.scores, window: level.upper.window))
    let rise = scan([74, 70, 66, 61, 56, 52])
    #expect(rise.upper.pValue < 0.002 && isRamp(rise.scores, window: rise.upper.window))
    let fall = scan([37, 38, 37, 36, 38, 37])
    #expect(fall.lower.pValue < 0.005 && fall.lower.window > 3 && fall.upper.pValue > 0.9)
  }

  @Test func oneEarlierSpikeCountsNoMoreThanTheBound() {
    let high = scan([52, 500, 50, 50, 50, 50])
    #expect(high.upper.pValue > 0.05)
    #expect(high.upper.pValue == scan([52, 5000, 50, 50, 50, 50]).upper.pValue)
  }

  @Test func aDriftingLevelMakesWindowsLessSure() {
    let counts = [62.0, 63, 62, 63, 62, 63]
    #expect(scan(counts, correlation: 0.2).upper.pValue > 2 * scan(counts).upper.pValue)
  }

  /// With the baseline as unsure as a month's noise, what the months before a window showed corrects its level: the same
  /// last two months stand out less after high ones than after low ones.
  @Test func thePeriodsBeforeAWindowCorrectItsLevel() {
    func pair(_ before: Double) -> Double {
      var means = SIMD8<Double>.zero
      var counts = SIMD8<Double>.zero
      for k in 0..<6 {
        means[k] = 50
        counts[k] = k < 2 ? 64 : before
      }
      let fit = BaselineFit(
        span: .month(2015, 1)...Period.month(2023, 6), periods: 90, downWeighted: [], model: "trend",
        dispersion: DispersionEstimate(inverseSize: 0.02, weight: 80, squaredWeight: 60, mean: 50), means: means,
        counts: counts, logVariance: 0.04, covariance: .init(count: 8) { _, _ in 0.04 },
        correlation: 0)
      let dispersion = PooledDispersion(inverseSize: 0.02, standardError: 0.004)
      return WindowScan(fit, dispersion, windows: 6, clip: 2.5).upper.pValue
    }
    #expect(pair(40) < 0.7 * pair(48), "\(pair(40)) \(pair(48))")
  }

  @Test func missingPeriodsAreNotZeros() {
    var means = SIMD8<Double>.zero
    means[0] = 50
    let fit = BaselineFit(
      span: .month(2015, 1)...Period.month(2023, 6), periods: 90, downWeighted: [], model: "trend",
      dispersion: DispersionEstimate(inverseSize: 0.02, weight: 80, squaredWeight: 60, mean: 50), means: means,
      counts: SIMD8(51, 0, 0, 0, 0, 0, 0, 0), logVariance: 0.0005, covariance: Self.covariance, correlation: 0)
    let scan = WindowScan(fit, PooledDispersion(inverseSize: 0.02, standardError: 0), windows: 6, clip: 2.5)
    #expect(scan.lower.window == 1 && scan.lower.pValue > 0.3)
  }

  @Test func theVarianceOfAHeldNormalIsThatOfDraws() {
    var random = RandomSource(seed: 9)
    for bound in [1.0, 2.5] {
      var squares = 0.0
      for _ in 0..<20_000 {
        let z = min(bound, max(-bound, random.normal()))
        squares += z * z
      }
      #expect(abs(squares / 20_000 - clippedNormalVariance(bound)) < 0.02)
    }
    #expect(abs(clippedNormalVariance(30) - 1) < 1e-12)
  }
}
