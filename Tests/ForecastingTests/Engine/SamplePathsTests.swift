import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Joint draws of every model: what holds of each whatever its method.
@Suite struct SamplePathsTests {
  static let horizon = 12

  /// Series of one measure with what came next: counts about a level that wanders, shares for the model of these.
  static func simulated(
    _ model: ModelName, _ areas: Int, periods: Int = 84, drift: Double, seed: UInt64
  ) -> [(history: Series, future: [Double])] {
    (0..<areas).map { i in
      var random = RandomSource(seed: seed, stream: "area \(i)")
      let isShare = model == .proportions
      var level = isShare ? random.normal() : logarithm(4) + 4 * random.uniform()
      var (values, wholes) = ([Double](), [Double]())
      for _ in 0..<periods + horizon {
        level += drift * random.normal()
        let whole = 20 + random.poisson(mean: 40)
        let share = random.binomial(count: whole, probability: 1 / (1 + exponential(-level))) / whole
        values.append(isShare ? share : random.negativeBinomial(mean: exponential(level), size: 25))
        wholes.append(whole)
      }
      let history = Series(
        key: SeriesKey(area: "Area \(i)", measure: "M"), start: .month(2010, 1), values: Array(values.prefix(periods)),
        kind: isShare ? .proportion : .count, denominators: isShare ? Array(wholes.prefix(periods)) : nil)
      return (history, Array(values.suffix(horizon)))
    }
  }

  static func forecasts(
    _ model: ModelName, _ histories: [Series], paths: Int, threads: Int = 2
  ) async throws -> [SeriesForecast] {
    try await ForecastEngine(model: model, horizon: horizon, levels: [80], pathCount: paths, threads: threads)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: histories))
  }

  /// Ends of the central 80 % of the totals.
  static func interval(_ paths: SamplePaths) -> (lower: Double, upper: Double) {
    let totals = paths.totals().sorted()
    return (totals[totals.count / 10], totals[totals.count * 9 / 10])
  }

  /// P(Y < q) <= p <= P(Y <= q) of a quantile q of the forecast, within 4.5 standard errors of the draws, and a little more
  /// where a product of factors stands for the distribution that has their variance; on average over series within 0.01.
  @Test(arguments: ModelName.allCases) func eachStepHasTheDistributionThatIsForecast(model: ModelName) async throws {
    let count = 1500
    let results = try await Self.forecasts(
      model, Self.simulated(model, 15, drift: 0.04, seed: 21).map(\.history), paths: count)
    for h in [0, 5, 11] {
      var off = [0.0, 0, 0]
      for result in results {
        let (f, paths) = (result.forecast, try #require(result.paths))
        let draws = (0..<count).map { paths.values[$0 * Self.horizon + h] }
        let known = [(0.1, f.intervals[0].lower[h]), (0.5, f.median[h]), (0.9, f.intervals[0].upper[h])]
        for (k, (p, q)) in known.enumerated() {
          let below = Double(draws.count { $0 < q - 1e-9 }) / Double(count)
          let upTo = Double(draws.count { $0 <= q + 1e-9 }) / Double(count)
          let excess = below > p ? below - p : upTo < p ? upTo - p : 0
          let allowed = 4.5 * (p * (1 - p) / Double(count)).squareRoot() + 0.02
          #expect(abs(excess) < allowed, "\(f.key.area), step \(h + 1), \(p): \(excess)")
          off[k] += excess / Double(results.count)
        }
      }
      #expect(!off.contains { abs($0) > 0.015 }, "step \(h + 1): \(off)")
    }
  }

  /// The total of a year scatters less than bounds added up and, where levels wander, more than steps that know nothing of
  /// each other would.
  @Test(arguments: ModelName.allCases) func totalsScatterAsWanderingLevelsDo(model: ModelName) async throws {
    let results = try await Self.forecasts(
      model, Self.simulated(model, 30, drift: 0.08, seed: 22).map(\.history), paths: 500)
    var wider = 0.0
    for result in results {
      let total = Self.interval(try #require(result.paths))
      let step = result.forecast.intervals[0]
      let widths = zip(step.upper, step.lower).map { $0 - $1 }
      #expect(total.upper - total.lower < widths.reduce(0, +), "\(result.forecast.key.area)")
      wider += (total.upper - total.lower) / widths.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    #expect(wider / 30 > 1.15, "\(wider / 30) times what independent steps would give")
  }

  /// Of 300 series about levels that wander by 3 % a month (shares: 0.03 on the scale of the logit) the 80 % interval of the
  /// next year's total holds about four in five. Fewer are held by the average of all history, which knows nothing of levels,
  /// and by exponential smoothing of either kind and ARIMA models, which take their parameters for known.
  @Test(.timeLimit(.minutes(10)), arguments: ModelName.allCases)
  func totalsOfSimulatedTruthAreCovered(model: ModelName) async throws {
    let truth = Self.simulated(model, 300, drift: 0.03, seed: 23)
    let results = try await Self.forecasts(model, truth.map(\.history), paths: 400)
    let held = zip(results, truth).reduce(0.0) { sum, pair in
      guard let paths = pair.0.paths else { return sum }
      let (total, actual) = (Self.interval(paths), pair.1.future.reduce(0, +))
      return sum + (total.lower <= actual && actual <= total.upper ? 1.0 / 300 : 0)
    }
    let wanted = [.historicAverage, .autoETS, .ces, .autoARIMA].contains(model) ? 0.55...0.92 : 0.70...0.92
    #expect(wanted.contains(held), "held \(held)")
  }

  @Test(arguments: ModelName.allCases) func threadsDoNotMatter(model: ModelName) async throws {
    let histories = Self.simulated(model, 9, drift: 0.05, seed: 24).map(\.history)
    let once = try await Self.forecasts(model, histories, paths: 20, threads: 1)
    let again = try await Self.forecasts(model, histories, paths: 20, threads: 4)
    for (a, b) in zip(once, again) { #expect(a.paths?.values == b.paths?.values && a.forecast.mean == b.forecast.mean) }
  }
}

/// What is particular to the draws of counts.
@Suite struct CountPathsTests {
  /// Totals of a year as far above a bound as their share of probability says, from seed to seed: 1,000 paths in opposite
  /// pairs, shared out by weight, scatter no more than 1,000 independent ones, and their means less.
  @Test func pairsScatterLessThanIndependentPaths() async throws {
    let histories = SamplePathsTests.simulated(.counts, 12, drift: 0.04, seed: 31).map(\.history)
    let paths = 1000
    var (probabilities, means, deviations) = ([[Double]](), [[Double]](), [[Double]]())
    for seed in 1...12 {
      let results = try await ForecastEngine(
        model: .counts, horizon: 12, levels: [80], pathCount: paths, seed: UInt64(seed), threads: 2
      ).run(Panel(frequency: .monthly, style: .yearMonth, series: histories))
      let totals = try results.map { try #require($0.paths).totals() }
      probabilities.append(
        zip(totals, results).map { totals, result in
          let bound = result.forecast.mean.reduce(0, +) * 1.1
          return Double(totals.count { $0 >= bound }) / Double(paths)
        })
      means.append(totals.map { $0.reduce(0, +) / Double(paths) })
      deviations.append(
        totals.map { totals in
          let mean = totals.reduce(0, +) / Double(paths)
          return (totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(paths - 1)).squareRoot()
        })
    }
    func variance(_ x: [Double]) -> Double {
      let mean = x.reduce(0, +) / Double(x.count)
      return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count - 1)
    }
    var (probability, binomial, mean, independent) = (0.0, 0.0, 0.0, 0.0)
    for i in histories.indices {
      let p = probabilities.map { $0[i] }
      let middle = p.reduce(0, +) / Double(p.count)
      probability += variance(p)
      binomial += middle * (1 - middle) / Double(paths)
      mean += variance(means.map { $0[i] })
      let deviation = deviations.map { $0[i] }.reduce(0, +) / Double(deviations.count)
      independent += deviation * deviation / Double(paths)
    }
    #expect(probability < 0.95 * binomial, "\(probability / binomial) of the variance of independent paths")
    #expect(mean < 0.75 * independent, "\(mean / independent) of the variance of independent paths")
  }

  /// Paths of two series with the same place are independent: added up place by place they scatter as sums do.
  @Test func pathsOfTwoSeriesAreIndependent() async throws {
    let histories = SamplePathsTests.simulated(.counts, 24, drift: 0.06, seed: 32).map(\.history)
    let results = try await SamplePathsTests.forecasts(.counts, histories, paths: 2000)
    let totals = try results.map { try #require($0.paths).totals() }.map { totals -> [Double] in
      let mean = totals.reduce(0, +) / Double(totals.count)
      let centred = totals.map { $0 - mean }
      let size = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return centred.map { $0 / size }
    }
    // The largest of 276 correlations of 2,000 independent pairs is below 0.1 but once in 10,000 times; candidates that
    // stood in the same order in all would make them 0.2 and more.
    for i in totals.indices {
      for j in 0..<i {
        let correlation = zip(totals[i], totals[j]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(correlation) < 0.1, "\(i), \(j): \(correlation)")
      }
    }
  }
}
