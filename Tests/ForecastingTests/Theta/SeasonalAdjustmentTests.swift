import NumericCore
import TestSupport
import Testing

@testable import Forecasting

@Suite struct SeasonalAdjustmentTests {
  /// The test decides as the statistic that statsmodels' autocorrelations give, at the last period where it changes.
  @Test(arguments: [("monthly", 12), ("quarterly", 4)]) func theTestIsTheOneOfTheReference(name: String, m: Int) throws
  {
    let reference = try #require(try Fixture.numbers("theta.csv", target: "ForecastingTests")[name])
    let statistic = try #require(reference["statistic"]?.first)
    #expect(SeasonalAdjustment.isSeasonal(try #require(reference["y"]), m: m) == (statistic > Normal.quantile(0.95)))
    #expect(statistic > Normal.quantile(0.95))
  }

  /// Ten in a hundred at most: autocorrelations at the lag of a season vary less than 1 / n in samples of this length.
  @Test func noiseIsSeldomAdjusted() {
    var adjusted = 0
    for seed in 0..<1000 {
      var random = RandomSource(seed: UInt64(seed))
      if SeasonalAdjustment.isSeasonal((0..<120).map { _ in random.normal() }, m: 12) { adjusted += 1 }
    }
    #expect((30...110).contains(adjusted), "\(adjusted) of 1000")
  }

  @Test func multiplicativeWhereItCanBe() {
    let wave = (0..<60).map { (t: Int) -> Double in
      let season: Double = 4 * sine(Double(t) * .pi / 6)
      return 10 + season + 0.3 * cosine(Double(t * t))
    }
    let positive = SeasonalAdjustment(wave, m: 12, positive: true)
    #expect(positive.isMultiplicative && positive.figures.count == 12)
    let below = SeasonalAdjustment(wave.map { $0 - 10 }, m: 12, positive: false)
    #expect(!below.isMultiplicative && below.figures.count == 12)
    for (s, wave) in [(positive, wave), (below, wave.map { $0 - 10 })] {
      let adjusted = s.adjusted(wave)
      for t in wave.indices {
        let (factor, shift) = s.factorAndShift(t)
        #expect(abs(adjusted[t] * factor + shift - wave[t]) < 1e-12)
      }
      let centre = s.isMultiplicative ? 10.0 : 0
      #expect(adjusted.allSatisfy { abs($0 - centre) < 1.5 })
    }
  }

  @Test func leftAlone() {
    #expect(SeasonalAdjustment([Double](repeating: 3, count: 60), m: 12, positive: true).figures.isEmpty)
    #expect(SeasonalAdjustment([1, 2, 3, 1, 2, 3], m: 1, positive: true).figures.isEmpty)
    let short = (0..<23).map { 10 + sine(Double($0) * .pi / 6) }
    #expect(SeasonalAdjustment(short, m: 12, positive: true).figures.isEmpty)
  }
}
