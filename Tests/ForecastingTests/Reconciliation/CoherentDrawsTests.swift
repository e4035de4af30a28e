import NumericCore
import TimeSeries
import Testing

@testable import Forecasting

@Suite struct CoherentDrawsTests {
  /// One total of `leaves` parts with Poisson-like draws, its own forecast of a relative spread.
  private func draws(
    leaves: Int, mean: Double, ownSpread: Double, moved: Double = 1, count: Int = 2000
  ) throws -> (structure: SummingStructure, leaves: [SamplePaths], draws: CoherentDraws) {
    let structure = try SummingStructure(
      names: ["total"] + (0..<leaves).map { "leaf \($0)" }, sums: [(total: 0, parts: Array(1...leaves))])
    let horizon = 3
    let paths = (0..<leaves).map { leaf -> SamplePaths in
      var random = RandomSource(seed: UInt64(leaf + 1))
      return SamplePaths(
        horizon: horizon, count: count, values: (0..<(count * horizon)).map { _ in random.poisson(mean: mean) })
    }
    let base =
      [[Double](repeating: mean * Double(leaves), count: horizon)]
      + (0..<leaves).map { _ in [Double](repeating: mean, count: horizon) }
    let means = base.map { $0.map { $0 * moved } }
    let total = mean * Double(leaves * horizon)
    let own =
      [CoherentDraws.Own(mean: total, deviation: ownSpread * total)] + paths.map { CoherentDraws.Own($0, window: 3) }
    return (
      structure, paths,
      try CoherentDraws(structure, means: means, leaves: paths, base: base, own: own, window: 3, seed: 4)
    )
  }

  @Test func totalsAddUpInEveryDrawAndCountsStayCounts() throws {
    let made = try draws(leaves: 8, mean: 0.7, ownSpread: 0.3, moved: 1.1).draws
    for place in made.paths[0].values.indices {
      #expect(made.paths[0].values[place] == (1...8).reduce(0) { $0 + made.paths[$1].values[place] })
    }
    #expect(made.paths.allSatisfy { $0.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() } })
  }

  /// Where means do not move a leaf's draws are the same paths in another order.
  @Test func leavesKeepTheirDistributions() throws {
    let (_, leaves, made) = try draws(leaves: 6, mean: 4, ownSpread: 0.4)
    for (k, before) in leaves.enumerated() {
      let whole = { (paths: SamplePaths) in
        (0..<paths.count).map { i in (0..<3).map { paths.values[i * 3 + $0] } }.sorted {
          $0.lexicographicallyPrecedes($1)
        }
      }
      #expect(whole(before) == whole(made.paths[k + 1]))
    }
  }

  /// The total is as uncertain as its own forecast says where its parts' sum would be less.
  @Test(arguments: [0.15, 0.25]) func totalsHaveTheirOwnSpread(spread: Double) throws {
    let made = try draws(leaves: 10, mean: 3, ownSpread: spread).draws
    let totals = made.paths[0].totals()
    let mean = totals.reduce(0, +) / Double(totals.count)
    let deviation = (totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(totals.count)).squareRoot()
    #expect(abs(deviation / mean / spread - 1) < 0.08, "\(deviation / mean)")
  }

  /// A total that is surer than the sum of its parts leaves them as they came.
  @Test func aSureTotalMovesNothing() throws {
    let (structure, leaves, made) = try draws(leaves: 5, mean: 3, ownSpread: 0.001)
    for (k, leaf) in structure.leaves.enumerated() { #expect(made.paths[leaf].values == leaves[k].values) }
  }

  @Test(arguments: [0.8, 1.0, 1.25]) func drawsFollowTheirMeans(moved: Double) throws {
    let made = try draws(leaves: 6, mean: 5, ownSpread: 0.2, moved: moved).draws
    let mean = made.paths[0].totals().reduce(0, +) / 2000
    #expect(abs(mean / (5 * 6 * 3 * moved) - 1) < 0.01)
  }

  /// Draws scatter about their forecast's own mean, or lie beside it: what moves them is by how much the mean moved.
  @Test func drawsMoveByAsMuchAsTheirMeans() throws {
    let structure = try SummingStructure(names: ["total", "a", "b"], sums: [(total: 0, parts: [1, 2])])
    let leaves = (0..<2).map { leaf -> SamplePaths in
      var random = RandomSource(seed: UInt64(leaf + 1))
      return SamplePaths(horizon: 3, count: 2000, values: (0..<6000).map { _ in random.poisson(mean: 5) })
    }
    // Said to be 6 a step, of which draws have 5; reconciled to 6.6.
    let base = [[12.0, 12, 12], [6, 6, 6], [6, 6, 6]]
    let made = try CoherentDraws(
      structure, means: base.map { $0.map { $0 * 1.1 } }, leaves: leaves, base: base, own: [nil, nil, nil], window: 3,
      seed: 4)
    for (leaf, node) in [1, 2].enumerated() {
      let before = leaves[leaf].totals().reduce(0, +)
      let after = made.paths[node].totals().reduce(0, +)
      #expect(abs(after / before - 1.1) < 0.002, "\(after / before)")
    }
  }

  /// The shocks are those of the formula: what a district's shock does to a county is not counted again.
  @Test func shocksAreWhatIsLeftAfterThoseOfParts() throws {
    let structure = try SummingStructure(
      names: ["county", "district", "a", "b", "c"], sums: [(total: 0, parts: [1, 4]), (total: 1, parts: [2, 3])])
    let levels = (0..<3).map { leaf -> [Double] in
      var random = RandomSource(seed: UInt64(leaf + 11))
      return (0..<4000).map { _ in random.poisson(mean: Double(20 * (leaf + 1))) }
    }
    func moments(_ leaves: [Int]) -> (mean: Double, variance: Double) {
      let sums = levels[0].indices.map { i in leaves.reduce(0) { $0 + levels[$1][i] } }
      let mean = sums.reduce(0, +) / Double(sums.count)
      return (mean, sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sums.count))
    }
    let (district, county) = (moments([0, 1]), moments([0, 1, 2]))
    let squares = (0..<3).map { moments([$0]).mean * moments([$0]).mean }
    func shocks(scale: Double) throws -> [Double] {
      try CoherentFutures(
        structure, levels: levels,
        own: [
          (county.mean * scale, 0.3 * county.mean * scale), (district.mean * scale, 0.25 * district.mean * scale),
          nil, nil, nil,
        ], seed: 1
      ).shocks
    }
    let pairsOfDistrict = district.mean * district.mean - squares[0] - squares[1]
    let pairsOfCounty = county.mean * county.mean - squares[0] - squares[1] - squares[2]
    let first = (0.0625 * district.mean * district.mean - district.variance) / pairsOfDistrict
    let second = (0.09 * county.mean * county.mean - county.variance - first * pairsOfDistrict) / pairsOfCounty
    try #require(first > 0.01 && second > 0.01)
    let made = try shocks(scale: 1)
    #expect(abs(made[1] - first.squareRoot()) < 1e-9 && abs(made[0] - second.squareRoot()) < 1e-9)
    // Of its own forecast a total gives the relative spread, wherever its mean lies.
    for (a, b) in zip(try shocks(scale: 1.7), made) { #expect(abs(a - b) < 1e-9) }
  }

  /// The tilt is the closed form's: Poisson draws tilted are Poisson of the other mean.
  @Test func tiltedPoissonDrawsArePoisson() {
    var random = RandomSource(seed: 8)
    let drawn = (0..<40000).map { _ in random.poisson(mean: 6) }
    let order = TiltedDraws.order(drawn, mean: 8)
    let tilted = order.map { drawn[Int($0)] }
    let mean = tilted.reduce(0, +) / 40000
    let variance = tilted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40000
    #expect(abs(mean - 8) < 0.02 && abs(variance - 8) < 0.4)
    // What was high before is high still.
    let before = drawn.indices.sorted { (drawn[$0], $0) < (drawn[$1], $1) }
    #expect(zip(before, before.dropFirst()).allSatisfy { tilted[$0] <= tilted[$1] })
  }

  @Test func drawsWithoutSpreadAreNotTilted() {
    #expect(TiltedDraws.order([0, 0, 0], mean: 2) == [0, 1, 2])
    #expect(TiltedDraws.order([1, 2, 3], mean: 2) == [0, 1, 2])
    // Only as far as the draws reach.
    #expect(TiltedDraws.order([1, 2, 3], mean: 900).allSatisfy { $0 == 2 })
  }

  @Test func quantilesOfCountsAreCounts() {
    let paths = SamplePaths(horizon: 2, count: 5, values: [0, 10, 1, 20, 2, 30, 3, 40, 4, 50])
    #expect(paths.quantiles(step: 0, [0.1, 0.5, 0.9]) == [0, 2, 4])
    #expect(paths.quantiles(step: 1, [0.2, 0.21]) == [10, 20])
    let parts = SamplePaths(horizon: 1, count: 3, values: [0.5, 1.5, 2.5])
    #expect(parts.quantiles(step: 0, [0.5]) == [1.5])
  }
}

@Suite struct CoherentForecasterTests {
  static func panel(areas: [String], measures: [String], months: Int = 60, seed: UInt64 = 5) -> Panel {
    var random = RandomSource(seed: seed)
    var series: [Series] = []
    for (a, area) in areas.enumerated() {
      for (m, measure) in measures.enumerated() {
        series.append(
          Series(
            key: SeriesKey(area: area, measure: measure), start: .month(2019, 1),
            values: (0..<months).map { _ in random.poisson(mean: Double((a + 1) * (m + 1)) * 2) }))
      }
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  static func dimension(_ names: [String], _ total: String) throws -> HierarchyDimension {
    try HierarchyDimension(
      names.map { .init(.init($0, "part")) } + [.init(.init(total, "whole"), parts: names.map { .init($0, "part") })])
  }

  static let areas = ["A", "B", "C"]
  static let measures = ["x", "y"]

  private func run(_ reconciliation: Reconciliation, threads: Int = 1, _ panel: Panel? = nil) async throws
    -> CoherentForecast
  {
    var forecaster = CoherentForecaster(
      engine: ForecastEngine(model: .counts, horizon: 12, threads: threads), reconciliation: reconciliation)
    forecaster.pathCount = 200
    return try await forecaster.run(
      areas: Self.dimension(Self.areas, "All"), measures: Self.dimension(Self.measures, "Every"),
      panel ?? Self.panel(areas: Self.areas, measures: Self.measures))
  }

  /// Every way in which a node is a sum, of means and of draws, for every method.
  @Test(arguments: Reconciliation.allCases.filter { $0 != .none && $0 != .topDown && $0 != .middleOut })
  func everySumIsTheSumOfItsParts(reconciliation: Reconciliation) async throws {
    let made = try await run(reconciliation)
    #expect(made.forecasts.count == 12)
    for sum in made.hierarchy.sums {
      let total = try #require(made.forecasts[sum.total])
      let parts = try sum.parts.map { try #require(made.forecasts[$0]) }
      for h in 0..<12 {
        let mean = parts.reduce(0) { $0 + $1.forecast.mean[h] }
        #expect(abs(total.forecast.mean[h] - mean) < 1e-9 * max(1, mean))
      }
      let paths = try #require(total.paths)
      for place in paths.values.indices {
        #expect(paths.values[place] == parts.reduce(0) { $0 + ($1.paths?.values[place] ?? .nan) })
      }
      #expect(total.forecast.interval(80).map { zip($0.lower, $0.upper).allSatisfy { $0 <= $1 } } == true)
    }
  }

  @Test func bottomUpLeavesPartsAlone() async throws {
    let made = try await run(.bottomUp)
    for leaf in made.structure.leaves {
      #expect(made.forecasts[leaf]?.forecast.mean == made.own[leaf]?.forecast.mean)
      #expect(made.forecasts[leaf]?.forecast.median == made.own[leaf]?.forecast.median)
      #expect(made.forecasts[leaf]?.forecast.model == made.own[leaf]?.forecast.model)
    }
  }

  @Test func noneKeepsOwnForecasts() async throws {
    let made = try await run(.none)
    #expect(made.reconciliation == .none)
    for (a, b) in zip(made.forecasts, made.own) { #expect(a?.forecast.mean == b?.forecast.mean) }
  }

  @Test func threadsChangeNothing() async throws {
    let (one, two) = (try await run(.auto), try await run(.auto, threads: 2))
    for (a, b) in zip(one.forecasts, two.forecasts) {
      #expect(a?.forecast.mean == b?.forecast.mean && a?.paths?.values == b?.paths?.values)
    }
  }

  /// What was never observed, and what is no count, is part of no total; the rest still adds up.
  @Test func whatCannotBeAddedIsLeftOut() async throws {
    let known = Self.panel(areas: Self.areas, measures: Self.measures)
    let unknown = Series(
      key: SeriesKey(area: "A", measure: "z"), start: .month(2019, 1), values: [Double](repeating: .nan, count: 60))
    let value = Series(
      key: SeriesKey(area: "B", measure: "v"), start: .month(2019, 1), values: [Double](repeating: 3.5, count: 60),
      kind: .value)
    let made = try await run(
      .auto, Panel(frequency: .monthly, style: .yearMonth, series: known.series + [unknown, value]))
    #expect(made.leftOut == [unknown.key, value.key])
    #expect(made.forecasts.allSatisfy { $0?.forecast.mean.allSatisfy(\.isFinite) ?? false })
  }

  /// An area that has ended adds nothing to what comes.
  @Test func anAreaThatEndedAddsNothing() async throws {
    let areas = try HierarchyDimension([
      .init(.init("A", "part")), .init(.init("B", "part"), last: .month(2023, 6)),
      .init(.init("All", "whole"), parts: [.init("A", "part"), .init("B", "part")]),
    ])
    var forecaster = CoherentForecaster(
      engine: ForecastEngine(model: .counts, horizon: 3), reconciliation: .bottomUp)
    forecaster.pathCount = 50
    let panel = Self.panel(areas: ["A", "B"], measures: ["x"])
    let made = try await forecaster.run(
      areas: areas, measures: try HierarchyDimension([.init(.init("x", "measure"))]), panel)
    let total = try #require(made.hierarchy.node(SeriesKey(area: "All", measure: "x")))
    let part = try #require(made.hierarchy.node(SeriesKey(area: "A", measure: "x")))
    #expect(made.forecasts[total]?.forecast.mean == made.forecasts[part]?.forecast.mean)
  }
}
