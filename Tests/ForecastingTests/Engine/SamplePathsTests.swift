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
  /// and by exponential smoothing, which takes its parameters for known.
  @Test(.timeLimit(.minutes(10)), arguments: ModelName.allCases)
  func totalsOfSimulatedTruthAreCovered(model: ModelName) async throws {
    let truth = Self.simulated(model, 300, drift: 0.03, seed: 23)
    let results = try await Self.forecasts(model, truth.map(\.history), paths: 400)
    let held = zip(results, truth).reduce(0.0) { sum, pair in
      guard let paths = pair.0.paths else { return sum }
      let (total, actual) = (Self.interval(paths), pair.1.future.reduce(0, +))
      return sum + (total.lower <= actual && actual <= total.upper ? 1.0 / 300 : 0)
    }
    let wanted = [.historicAverage, .autoETS].contains(model) ? 0.55...0.92 : 0.70...0.92
    #expect(wanted.contains(held), "held \(held)")
  }

  @Test(arguments: ModelName.allCases) func threadsDoNotMatter(model: ModelName) async throws {
    let histories = Self.simulated(model, 9, drift: 0.05, seed: 24).map(\.history)
    let once = try await Self.forecasts(model, histories, paths: 20, threads: 1)
    let again = try await Self.forecasts(model, histories, paths: 20, threads: 4)
    for (a, b) in zip(once, again) { #expect(a.paths?.values == b.paths?.values && a.forecast.mean == b.forecast.mean) }
  }
}
