import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct SharedFuturesTests {
  static func run(
    _ series: [Series], model: ModelName = .counts, paths: Int = 1000, threads: Int = 2
  ) async throws -> [SeriesForecast] {
    try await ForecastEngine(model: model, horizon: 12, levels: [80], pathCount: paths, threads: threads)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  /// Correlation of the ranks of two lists.
  static func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = values
      for (rank, i) in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }).enumerated() {
        ranks[i] = Double(rank)
      }
      return ranks
    }
    let (x, y) = (ranks(a), ranks(b))
    let mean = Double(a.count - 1) / 2
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return covariance / x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// Steps hang together, paths are the same, and only their order is another: what is said of a series alone does not change.
  @Test func onlyTheOrderOfPathsChanges() {
    var random = RandomSource(seed: 3)
    let paths = SamplePaths(horizon: 3, count: 101, values: (0..<303).map { _ in random.poisson(mean: 9) })
    let futures = SharedFutures(shocks: (0..<101).map { _ in random.normal() }, deviation: 0.1)
    let (ordered, loading) = futures.ordered(paths, &random)
    func rows(_ paths: SamplePaths) -> [[Double]] {
      (0..<paths.count).map { Array(paths.values[$0 * 3..<$0 * 3 + 3]) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    #expect(loading > 0.2 && loading < 0.95)
    #expect(rows(ordered) == rows(paths))
    #expect(ordered.values != paths.values)
  }

  /// Totals follow the shocks as far as the loading r says: the rank correlation of a normal copula is 6/pi asin(r/2), of
  /// 0.244, 0.733 and 0.95 the one given.
  @Test(arguments: zip([0.02, 0.06, 0.5], [0.234, 0.717, 0.945]))
  func totalsFollowTheShocks(deviation: Double, wanted: Double) {
    var random = RandomSource(seed: 4)
    let count = 4000
    let paths = SamplePaths(horizon: 1, count: count, values: (0..<count).map { _ in random.poisson(mean: 150) })
    let shocks = (0..<count).map { _ in random.normal() }
    let (ordered, loading) = SharedFutures(shocks: shocks, deviation: deviation).ordered(paths, &random)
    // A count of 150 scatters by 8.2 % by chance alone.
    #expect(abs(loading - min(0.95, deviation / 0.0818)) < 0.1 * loading)
    #expect(abs(Self.rankCorrelation(ordered.totals(), shocks) - wanted) < 0.04)
  }

  @Test func nothingIsSharedWhereNothingIsOpen() {
    var random = RandomSource(seed: 4)
    let none = SamplePaths(horizon: 2, count: 50, values: [Double](repeating: 0, count: 100))
    let futures = SharedFutures(shocks: (0..<50).map { _ in random.normal() }, deviation: 0.1)
    #expect(futures.ordered(none, &random).loading == 0)
    let unknown = SamplePaths(horizon: 2, count: 50, values: [Double](repeating: .nan, count: 100))
    #expect(futures.ordered(unknown, &random).loading == 0)
  }

  /// The same draws whatever the number of threads and the order of areas; and of a series what it is without the others'
  /// futures: the quantiles of its total.
  @Test(arguments: [ModelName.counts, .auto]) func threadsAndOrderChangeNothing(model: ModelName) async throws {
    let series = ShockedPanel.series(areas: 12, months: 84, step: 0.02, seed: 8)
    let one = try await Self.run(series, model: model, paths: 60, threads: 1)
    let four = try await Self.run(series.reversed(), model: model, paths: 60, threads: 4).reversed()
    for (a, b) in zip(one, four) {
      #expect(a.paths?.values == b.paths?.values && a.sharedLoading == b.sharedLoading)
      #expect(a.sharedLoading > 0)
    }
  }

  /// A measure of one area has nothing to share, and its draws are what they were.
  @Test func oneAreaIsAlone() async throws {
    let series = ShockedPanel.series(areas: 1, months: 84, step: 0.02, seed: 8)
    #expect(try await Self.run(series, paths: 50)[0].sharedLoading == 0)
    let apart = [
      series[0], Series(key: SeriesKey(area: "Area 0", measure: "N"), start: series[0].start, values: series[0].values),
    ]
    #expect(try await Self.run(apart, paths: 50).allSatisfy { $0.sharedLoading == 0 })
  }

  /// The one partnership of several districts shares their futures, to the digit of the draws it would have alone.
  @Test func theOnlyAreaOfAPanelSharesThoseOfItsRelatives() async throws {
    let areas = ShockedPanel.series(areas: 6, months: 120, step: 0.04, own: 0.01, seed: 6)
    let total = Series(
      key: SeriesKey(area: "All", measure: "M"), start: areas[0].start,
      values: areas[0].values.indices.map { t in areas.reduce(0) { $0 + $1.values[t] } })
    var engine = ForecastEngine(model: .counts, horizon: 12, levels: [80], pathCount: 400)
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: [total])
    let alone = try await engine.run(panel)[0]
    engine.relatives = areas
    let related = try await engine.run(panel)[0]
    #expect(alone.sharedLoading == 0 && related.sharedLoading > 0.3)
    let (a, b) = (try #require(alone.paths).totals(), try #require(related.paths).totals())
    #expect(a.sorted() == b.sorted())
    let district = try await Self.run(areas, paths: 400)[0]
    let wanted = district.sharedLoading * related.sharedLoading
    #expect(abs(Self.rankCorrelation(b, try #require(district.paths).totals()) - wanted) < 0.15)
  }

  /// Areas of two measures move with the futures of their own.
  @Test func measuresHaveFuturesOfTheirOwn() async throws {
    let series =
      ShockedPanel.series(areas: 5, months: 120, mean: 200, step: 0.05, own: 0.01, seed: 2)
      + ShockedPanel.series(areas: 5, months: 120, mean: 200, step: 0.05, own: 0.01, seed: 2, measure: "N")
    let totals = try await Self.run(series).map { try #require($0.paths).totals() }
    #expect(Self.rankCorrelation(totals[0], totals[1]) > 0.3)
    #expect(Self.rankCorrelation(totals[5], totals[6]) > 0.3)
    #expect(abs(Self.rankCorrelation(totals[0], totals[5])) < 0.1)
  }

  /// Totals of all areas of simulated measures with a common shock: 80 % intervals of draws added up path by path hold what
  /// they say, and of draws that know nothing of each other they do not.
  @Test func totalsOverAreasHold() async throws {
    var (held, heldApart, cases) = (0, 0, 0)
    for seed in 0..<24 {
      let all = ShockedPanel.series(areas: 25, months: 132, step: 0.03, own: 0.02, seed: UInt64(100 + seed))
      let histories = all.map { $0.replacing(values: Array($0.values.prefix(120))) }
      let actual = all.reduce(0) { $0 + $1.values.suffix(12).reduce(0, +) }
      let draws = try await Self.run(histories, paths: 300).map { try #require($0.paths).totals() }
      func holds(_ sums: [Double]) -> Bool {
        let sorted = sums.sorted()
        return (sorted[30]...sorted[269]).contains(actual)
      }
      held += holds((0..<300).map { j in draws.reduce(0) { $0 + $1[j] } }) ? 1 : 0
      // Each area's paths begun at another place: what they share is gone.
      heldApart +=
        holds((0..<300).map { j in draws.enumerated().reduce(0) { $0 + $1.element[(j + 11 * $1.offset) % 300] } })
        ? 1 : 0
      cases += 1
    }
    #expect(held >= 16, "\(held) of \(cases)")
    #expect(heldApart <= 12, "\(heldApart) of \(cases)")
  }
}
