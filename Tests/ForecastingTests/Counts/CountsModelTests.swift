import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct CountsModelTests {
  /// Negative-binomial counts with a common season and levels that drift as random walks; the last 12 are the future.
  static func simulate(areas: Int, months: Int, drift: Double, size: Double, seed: UInt64) -> [Series] {
    (0..<areas).map { a in
      var random = RandomSource(seed: seed, stream: "\(a)")
      var level = exponential(0.5 + 4 * random.uniform())
      let values = (0..<months).map { t in
        level *= exponential(drift * random.normal() - drift * drift / 2)
        return random.negativeBinomial(mean: level * exponential(0.25 * sine(Double(t) * .pi / 6)), size: size)
      }
      return Series(key: SeriesKey(area: "A\(a)", measure: "M"), start: .month(2010, 1), values: values)
    }
  }

  @Test(arguments: [(0.0, 20.0), (0.04, 20.0), (0.0, 2.0), (0.08, 6.0)])
  func coverageOfSimulatedTruth(drift: Double, size: Double) async throws {
    let truth = Self.simulate(areas: 150, months: 96, drift: drift, size: size, seed: 21)
    let known = truth.map { $0.through($0.end - 12) }
    let results = try await ForecastEngine(model: .counts, horizon: 12)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: known))
    var inside = [0.0, 0.0]
    var atMost = 0.0
    var n = 0.0
    for (series, result) in zip(truth, results) {
      for h in 0..<12 {
        let y = series.values[84 + h]
        for i in 0..<2 {
          let interval = result.forecast.intervals[i]
          if interval.lower[h] <= y && y <= interval.upper[h] { inside[i] += 1 }
        }
        if y <= result.forecast.median[h] { atMost += 1 }
        n += 1
      }
    }
    // Whole numbers cover more than asked for; levels that drift make the draws of a series move together.
    #expect((0.77...0.90).contains(inside[0] / n), "80 %: \(inside[0] / n)")
    #expect((0.93...0.985).contains(inside[1] / n), "95 %: \(inside[1] / n)")
    #expect((0.45...0.62).contains(atMost / n), "median: \(atMost / n)")
  }

  @Test func pathsAgreeWithMarginals() async throws {
    let series = Self.simulate(areas: 8, months: 84, drift: 0.03, size: 10, seed: 4)
    let results = try await ForecastEngine(model: .counts, horizon: 12, pathCount: 4000)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: series))
    for result in results {
      let paths = try #require(result.paths)
      let f = result.forecast
      for h in [0, 5, 11] {
        let draws = (0..<paths.count).map { paths.values[$0 * 12 + h] }
        let n = Double(paths.count)
        let mean = draws.reduce(0, +) / n
        #expect(
          abs(mean - f.mean[h]) < 0.06 * f.mean[h] + 0.05, "\(f.key.area) step \(h + 1): \(mean) for \(f.mean[h])")
        let above = draws.reduce(0.0) { $0 + ($1 > f.intervals[1].upper[h] ? 1 : 0) } / n
        let below = draws.reduce(0.0) { $0 + ($1 < f.intervals[1].lower[h] ? 1 : 0) } / n
        #expect(above < 0.04 && below < 0.04, "\(f.key.area) step \(h + 1): \(below) below, \(above) above")
        let inner = draws.reduce(0.0) {
          $0 + ($1 >= f.intervals[0].lower[h] && $1 <= f.intervals[0].upper[h] ? 1 : 0)
        }
        #expect(inner / n > 0.77, "\(f.key.area) step \(h + 1)")
        #expect(f.mean[h] < 20 || inner / n < 0.86, "\(f.key.area) step \(h + 1)")
      }
    }
  }

  /// The lattice against the exact distribution, one component and two.
  @Test func mixtureQuantiles() {
    let levels = [0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999]
    for (mean, size) in [(0.01, 1.0), (0.8, 0.5), (12, 3), (300, 40), (150, .infinity)] {
      let law = NegativeBinomial(mean: mean, size: size)
      let mixture = CountMixture(components: [.init(weight: 1, mean: mean, size: size)])
      #expect(mixture.quantiles(levels) == levels.map(law.quantile), "mean \(mean), size \(size)")
    }
    let two = CountMixture(components: [.init(weight: 0.3, mean: 4, size: 2), .init(weight: 0.7, mean: 40, size: 9)])
    let (a, b) = (NegativeBinomial(mean: 4, size: 2), NegativeBinomial(mean: 40, size: 9))
    func cdf(_ x: Double) -> Double { 0.3 * a.cdf(x) + 0.7 * b.cdf(x) }
    for (level, q) in zip(levels, two.quantiles(levels)) {
      #expect(cdf(q) >= level && (q == 0 || cdf(q - 1) < level), "level \(level): \(q)")
    }
    #expect(abs(two.mean - 29.2) < 1e-12)
  }

  @Test func mixtureQuantilesOfLargeCountsMatchTheExactOnes() {
    let levels = [0.025, 0.1, 0.5, 0.9, 0.975]
    for (mean, size) in [(60_000.0, 30.0), (60_000, 400), (5000, 2), (400, 3), (310, .infinity), (350, 50)] {
      let law = NegativeBinomial(mean: mean, size: size)
      let found = CountMixture(components: [.init(weight: 1, mean: mean, size: size)]).quantiles(levels)
      if mean < 10_000 {
        for (level, q) in zip(levels, found) {
          #expect(abs(q - law.quantile(level)) <= 1, "\(mean) \(size) \(level): \(q), not \(law.quantile(level))")
        }
        continue
      }
      for (level, q) in zip(levels, found) { #expect(abs(law.cdf(q) - level) < 1e-3, "\(mean) \(size) \(level)") }
    }
  }

  @Test func priorsSumToOne() {
    #expect(abs(LevelProcess.defaultPrior.reduce(0, +) - 1) < 1e-12)
    #expect(abs(LevelProcess.defaultSizePrior.reduce(0, +) - 1) < 1e-12)
    #expect(LevelProcess.defaultPrior.count == LevelProcess.grid.count)
    #expect(LevelProcess.defaultSizePrior.count == LevelProcess.sizes.count)
  }

  @Test func allZerosHaveASmallPositiveMean() async throws {
    let zeros = Series(
      key: SeriesKey(area: "A", measure: nil), start: .month(2015, 1), values: [Double](repeating: 0, count: 12))
    let results = try await ForecastEngine(model: .counts, horizon: 12)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: [zeros]))
    let f = results[0].forecast
    #expect(f.mean.allSatisfy { $0 > 0.001 && $0 < 0.2 })
    #expect(f.median.allSatisfy { $0 == 0 })
    #expect(f.intervals[1].upper.contains(1), "twelve empty months do not rule out an event")
  }
}
