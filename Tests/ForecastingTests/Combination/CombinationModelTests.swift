import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Quantile averages, joint draws, and simulated truth.
@Suite struct CombinationModelTests {
  /// A member of which everything is known: independent normal steps.
  struct Known: FittedModel {
    let name = "known"
    let key = SeriesKey(area: "A", measure: nil)
    let fitted: [Double] = [1, .nan, 3]
    let mean: Double
    let deviation: Double

    func predict(horizon: Int, levels: [Double]) -> Forecast {
      QuantileLevels(levels).gaussian(
        key: key, model: name, start: .month(2020, 4), mean: [Double](repeating: mean, count: horizon),
        deviation: [Double](repeating: deviation, count: horizon), lowest: -.infinity)
    }

    func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
      SamplePaths(
        horizon: horizon, count: count,
        values: (0..<horizon * count).map { _ in mean + deviation * random.normal() })
    }
  }

  static let values = Series(
    key: SeriesKey(area: "A", measure: nil), start: .month(2020, 1), values: [1, -2, 3], kind: .value)

  static func combination(stretch: Double = 1) -> CombinationModel {
    CombinationModel(
      values,
      members: [
        .init(weight: 0.25, model: Known(mean: 0, deviation: 1)),
        .init(weight: 0.75, model: Known(mean: 2, deviation: 3)),
      ], stretch: stretch)
  }

  /// The average of normal quantile functions is that of N(weighted mean, (weighted deviation)²).
  @Test(arguments: [1.0, 0.8, 1.5]) func quantileAveragesOfNormalsAreNormal(stretch: Double) {
    let f = Self.combination(stretch: stretch).predict(horizon: 2, levels: [50, 80, 95, 99])
    #expect(f.mean == [1.5, 1.5] && f.median == [1.5, 1.5] && f.model == "combination")
    for interval in f.intervals {
      let z = Normal.quantile(0.5 + interval.level / 200)
      #expect(abs(interval.upper[1] - (1.5 + stretch * 2.5 * z)) < 1e-12)
      #expect(abs(interval.lower[0] - (1.5 - stretch * 2.5 * z)) < 1e-12)
    }
    let fitted = Self.combination().fitted
    #expect(fitted[0] == 1 && fitted[1].isNaN && fitted[2] == 3)
  }

  @Test func pathsHaveTheForecastsOfEveryStepAndTheMembersDependence() throws {
    var random = RandomSource(seed: 3)
    let combination = Self.combination(stretch: 1.3)
    let paths = combination.samplePaths(horizon: 3, count: 4000, random: &random)
    for h in 0..<3 {
      let sorted = (0..<4000).map { paths.values[$0 * 3 + h] }.sorted()
      for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
        let exact = 1.5 + 1.3 * 2.5 * Normal.quantile(p)
        // A line in the normal deviate is exact here.
        #expect(abs(sorted[Int(p * 4000)] - exact) < 0.02, "step \(h), \(p)")
      }
    }
    // Members that are independent over steps but disagree on the level leave a dependence between steps, no more.
    let x = (0..<4000).map { paths.values[$0 * 3] - 1.5 }
    let y = (0..<4000).map { paths.values[$0 * 3 + 2] - 1.5 }
    let correlation = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / x.reduce(0) { $0 + $1 * $1 }
    #expect(correlation > 0 && correlation < 0.25)
  }

  /// Totals of a year come from joint draws: where levels wander they scatter more than steps that know nothing of each
  /// other would, and less than bounds added up.
  @Test func totalsScatterAsWanderingLevelsDo() async throws {
    var random = RandomSource(seed: 11)
    var level = 300.0
    let values = (0..<120).map { _ in
      level *= exponential(0.06 * random.normal())
      return random.poisson(mean: level)
    }
    let series = Series(key: SeriesKey(area: "A", measure: "M"), start: .month(2010, 1), values: values)
    let result = try await ForecastEngine(model: .auto, horizon: 12, levels: [68.27], pathCount: 2000)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: [series]))[0]
    #expect(result.forecast.model == "combination")
    let paths = try #require(result.paths)
    #expect(paths.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    let totals = paths.totals()
    let mean = totals.reduce(0, +) / 2000
    let deviation = (totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1999).squareRoot()
    let interval = result.forecast.intervals[0]
    let steps = (0..<12).map { (interval.upper[$0] - interval.lower[$0]) / 2 }
    let independent = steps.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(deviation > 1.3 * independent && deviation < steps.reduce(0, +))
    #expect(abs(mean / result.forecast.mean.reduce(0, +) - 1) < 0.03)
  }

  /// Two hundred series of their own pools, with levels that wander, a season and overdispersion: the combination is no
  /// worse than its worst member, and its intervals hold what they say within three standard errors.
  @Test(.timeLimit(.minutes(15))) func simulatedTruthIsCovered() async throws {
    var histories: [Series] = []
    var futures: [[Double]] = []
    for i in 0..<200 {
      var random = RandomSource(seed: 77, stream: "series \(i)")
      var level = 60 * exponential(Double(i % 4))
      let all = (0..<120).map { t in
        level *= exponential(0.03 * random.normal())
        return random.negativeBinomial(mean: level * (1 + 0.25 * sine(Double(t) * .pi / 6)), size: 60)
      }
      histories.append(
        Series(
          key: SeriesKey(area: "Area \(i)", measure: nil), start: .month(2010, 1), values: Array(all.prefix(108))))
      futures.append(Array(all.suffix(12)))
    }
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: histories)
    var losses: [ModelName: Double] = [:]
    for model in [ModelName.combination, .theta, .autoETS, .counts] {
      let forecasts = try await ForecastEngine(model: model, horizon: 12, threads: 2).run(panel).map(\.forecast)
      losses[model] = zip(forecasts, futures).reduce(0) { $0 + Self.loss($1.0, $1.1) }
      guard model == .combination else { continue }
      for level in [80.0, 95] {
        let held = zip(forecasts, futures).map { f, y in
          let interval = f.interval(level)
          return y.indices.reduce(0.0) { n, h in
            n + ((interval?.lower[h] ?? .infinity) <= y[h] && y[h] <= (interval?.upper[h] ?? 0) ? 1.0 / 12 : 0)
          }
        }
        let mean = held.reduce(0, +) / 200
        // Steps of a series hang together: the error is that of 200 independent shares.
        let error = (held.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199 / 200).squareRoot()
        #expect(abs(mean - level / 100) < 3 * error + 0.015, "\(level): \(mean), standard error \(error)")
      }
    }
    let own = try #require(losses[.combination])
    let members = [ModelName.theta, .autoETS, .counts].compactMap { losses[$0] }
    #expect(own < members.max() ?? 0)
    #expect(
      own < members.reduce(0, +) / 3, "the pinball loss is convex: an average of quantiles beats the average loss")
  }

  /// Pinball loss of bounds and median, in units of the mean.
  static func loss(_ f: Forecast, _ y: [Double]) -> Double {
    func pinball(_ q: [Double], _ p: Double) -> Double {
      zip(y, q).reduce(0) { $0 + max(p * ($1.0 - $1.1), (p - 1) * ($1.0 - $1.1)) }
    }
    let bounds = f.intervals.reduce(0) { sum, i in
      sum + pinball(i.lower, 0.5 - i.level / 200) + pinball(i.upper, 0.5 + i.level / 200)
    }
    return (bounds + pinball(f.median, 0.5)) / y.reduce(0, +)
  }
}
