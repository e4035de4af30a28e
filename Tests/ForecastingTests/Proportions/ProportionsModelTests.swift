import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ProportionsModelTests {
  static func series(
    _ area: String, _ x: [Double], of n: [Double], measure: String? = "Detected", start: Period = .month(2012, 1)
  ) -> Series {
    Series(
      key: SeriesKey(area: area, measure: measure), start: start, values: zip(x, n).map { $1 > 0 ? $0 / $1 : .nan },
      kind: .proportion, denominators: n)
  }

  static func panel(_ series: [Series]) -> Panel { Panel(frequency: .monthly, style: .yearMonth, series: series) }

  /// A share that never moves: the posterior is Beta(1/2 + sum x, 1/2 + sum (n - x)), and what is forecast beta-binomial.
  @Test func aConstantShareHasTheConjugatePosterior() throws {
    let n = (0..<40).map { Double(20 + $0 % 9) }
    let x = (0..<40).map { Double(4 + $0 * 7 % 5) }
    let history = try #require(ProportionHistory(Self.series("A", x, of: n)))
    let still = ShareProcess(drift: 0, trendDrift: 0)
    let (logLikelihood, state) = still.run(history, offsets: [Double](repeating: 0, count: 40), noise: 0)
    let share = state.share(offset: 0, noise: 0)
    let (a, b) = (0.5 + x.reduce(0, +), 0.5 + n.reduce(0, +) - x.reduce(0, +))
    #expect(abs(share.a / a - 1) < 1e-6 && abs(share.b / b - 1) < 1e-6)
    // The product of the one-step probabilities is the marginal likelihood.
    let wanted = LogitBeta(a: 0.5, b: 0.5).logPredictive(x.reduce(0, +), of: n.reduce(0, +))
    #expect(abs(logLikelihood / wanted - 1) < 1e-8)
    let (found, exact) = (
      ShareMixture(components: [(1, share)], denominator: 24),
      ShareMixture(components: [(1, LogitBeta(a: a, b: b))], denominator: 24)
    )
    #expect(found.quantiles([0.025, 0.5, 0.975]) == exact.quantiles([0.025, 0.5, 0.975]))
  }

  /// Simulated areas of one measure: shares that wander, with a season in common.
  static func simulated(_ areas: Int, periods: Int, seed: UInt64) -> [(history: Series, future: [Double])] {
    (0..<areas).map { i in
      var random = RandomSource(seed: seed, stream: "area \(i)")
      var level = -0.8 + 0.6 * random.normal()
      var (x, n) = ([Double](), [Double]())
      for t in 0..<periods + 6 {
        level += 0.06 * random.normal()
        let logit = level + 0.4 * cosine(2 * .pi * Double(t % 12) / 12) + 0.15 * random.normal()
        let whole = 5 + random.poisson(mean: 45)
        n.append(whole)
        x.append(random.binomial(count: whole, probability: 1 / (1 + exponential(-logit))))
      }
      let all = series("Area \(100 + i)", x, of: n)
      return (all.through(all.start + (periods - 1)), Array(all.values.suffix(6)))
    }
  }

  @Test func intervalsHoldWhatTheySay() async throws {
    let truth = Self.simulated(80, periods: 72, seed: 11)
    let results = try await ForecastEngine(model: .proportions, horizon: 6, pathCount: 400)
      .run(Self.panel(truth.map(\.history)))
    var (inner, outer, n, error, naive) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var drawn = 0.0
    for (result, (history, future)) in zip(results, truth) {
      let f = result.forecast
      #expect(f.model == "proportions" && result.fallbackReason == nil)
      for h in 0..<6 {
        let (a, b) = (f.intervals[0], f.intervals[1])
        #expect(0 <= b.lower[h] && b.lower[h] <= a.lower[h] && a.lower[h] <= f.median[h])
        #expect(f.median[h] <= a.upper[h] && a.upper[h] <= b.upper[h] && b.upper[h] <= 1)
        inner += a.lower[h] <= future[h] && future[h] <= a.upper[h] ? 1 : 0
        outer += b.lower[h] <= future[h] && future[h] <= b.upper[h] ? 1 : 0
        n += 1
        error += abs(future[h] - f.median[h])
        naive += abs(future[h] - history.values[60 + h])
      }
      // Paths have the distribution that is forecast.
      let paths = try #require(result.paths)
      #expect(paths.values.allSatisfy { (0...1).contains($0) })
      for h in 0..<6 {
        let draws = (0..<paths.count).map { paths.values[$0 * 6 + h] }
        #expect(abs(draws.reduce(0, +) / 400 - f.mean[h]) < 0.03)
        let within = draws.filter { f.intervals[0].lower[h] <= $0 && $0 <= f.intervals[0].upper[h] }.count
        #expect(within > 290, "\(f.key.area), step \(h + 1): \(within) of 400")
        drawn += Double(within) / 400
      }
    }
    #expect((0.78...0.87).contains(drawn / n), "of the draws they hold \(drawn / n)")
    #expect((0.76...0.89).contains(inner / n), "80 % intervals held \(inner / n)")
    #expect((0.92...0.985).contains(outer / n), "95 % intervals held \(outer / n)")
    #expect(error < 0.8 * naive, "the season before is worse")
  }

  @Test func theSeasonIsFoundInThePoolAndNotWhereThereIsNone() {
    func season(_ amplitude: Double) -> LogitSeason {
      let evidence = (0..<30).compactMap { i -> LogitSeasonEvidence? in
        var random = RandomSource(seed: 5, stream: "area \(i)")
        let n = (0..<60).map { _ in 10 + random.poisson(mean: 10) }
        let x = n.enumerated().map { t, n in
          random.binomial(
            count: n, probability: 1 / (1 + exponential(0.5 - amplitude * cosine(2 * .pi * Double(t % 12) / 12))))
        }
        return ProportionHistory(Self.series("\(i)", x, of: n)).map(LogitSeasonEvidence.init)
      }
      return LogitSeason(evidence, seasonLength: 12)
    }
    let found = season(0.5)
    for (s, offset) in found.offsets.enumerated() {
      #expect(abs(offset - 0.5 * cosine(2 * .pi * Double(s) / 12)) < 0.15, "season \(s): \(offset)")
    }
    #expect(season(0).offsets.allSatisfy { abs($0) < 0.06 })
  }

  @Test func autoChoosesItAndSaysWhy() async throws {
    let truth = Self.simulated(3, periods: 40, seed: 2).map(\.history)
    let results = try await ForecastEngine(horizon: 3).run(Self.panel(truth))
    #expect(results.allSatisfy { $0.forecast.model == "proportions" && $0.choice != nil })
    #expect(results.allSatisfy { $0.fitted.count == 40 && $0.fitted.allSatisfy { (0...1).contains($0) } })
  }

  @Test func fallbacksAreNamed() async throws {
    let few = Self.series("few", [1, 2, 0, 0], of: [5, 6, 0, 0])
    let counts = Series(
      key: SeriesKey(area: "c", measure: nil), start: .month(2012, 1), values: (0..<30).map(Double.init))
    let broken = Series(
      key: SeriesKey(area: "b", measure: nil), start: .month(2012, 1),
      values: (0..<30).map { 0.3 + 0.01 * Double($0 % 7) }, kind: .proportion,
      denominators: [Double](repeating: 10.5, count: 30))
    let results = try await ForecastEngine(model: .proportions, horizon: 2).run(Self.panel([few, counts, broken]))
    #expect(results[0].forecast.model == "historic-average")
    #expect(results[0].fallbackReason == "it has 2 observed months and the model needs 3")
    for result in results[1...] {
      #expect(result.forecast.model.hasPrefix("ETS"))
      #expect(result.fallbackReason == "it has no whole denominators to be a share of")
    }
  }

  @Test func sharesOfNoneAndOfAllAndGaps() async throws {
    let n = (0..<36).map { $0 % 5 == 2 ? 0 : 8.0 }
    let none = Self.series("none", [Double](repeating: 0, count: 36), of: n)
    let all = Self.series("all", n, of: n)
    let results = try await ForecastEngine(model: .proportions, horizon: 4, pathCount: 50).run(Self.panel([none, all]))
    for h in 0..<4 {
      #expect(results[0].forecast.median[h] == 0 && results[0].forecast.mean[h] < 0.05)
      #expect(results[1].forecast.median[h] == 1 && results[1].forecast.mean[h] > 0.95)
    }
  }

  @Test func neitherOrderNorThreadsNorOtherMeasuresMatter() async throws {
    let truth = Self.simulated(12, periods: 48, seed: 7).map(\.history)
    func run(_ series: [Series], _ threads: Int) async throws -> [String: [Double]] {
      let results = try await ForecastEngine(model: .proportions, horizon: 3, pathCount: 5, threads: threads)
        .run(Self.panel(series))
      return Dictionary(
        uniqueKeysWithValues: results.map {
          ($0.forecast.key.uniqueID, $0.forecast.mean + $0.forecast.intervals[1].upper + ($0.paths?.values ?? []))
        })
    }
    let once = try await run(truth, 1)
    let other = truth[0].renamed(SeriesKey(area: "Z", measure: "Another"))
    var again = try await run(truth.reversed() + [other], 4)
    again["Z|Another"] = nil
    #expect(once == again)
  }
}
