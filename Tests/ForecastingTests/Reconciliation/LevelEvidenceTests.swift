import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct LevelEvidenceTests {
  /// Bates & Granger (1969): of w e + (1 - w) b the least mean square is at w = Σ b (b - e) / Σ (b - e)², here looked for on a grid.
  @Test func thePartHasTheLeastSquaredError() {
    var random = RandomSource(seed: 5)
    let nodes = Array(0..<400)
    let variances = nodes.map { _ in 1 + 10 * random.uniform() }
    let came = nodes.map { _ in 100 + 10 * random.normal() }
    let own = zip(came, variances).map { $0 + 1.5 * $1.squareRoot() * random.normal() }
    let sum = zip(came, variances).map { $0 + 2 * $1.squareRoot() * random.normal() }
    let evidence = LevelEvidence(level: "l", nodes: nodes, years: [(came, own, sum)], variances: variances)
    func loss(_ w: Double) -> Double {
      nodes.reduce(0) {
        let error = came[$1] - w * own[$1] - (1 - w) * sum[$1]
        return $0 + error * error / variances[$1]
      }
    }
    let best = (0...1000).map { Double($0) / 1000 }.min { loss($0) < loss($1) } ?? .nan
    // What is taken for granted weighs as much as 10 of some 400 · (1.5² + 2²) units.
    #expect(abs(evidence.ownPart - best) < 0.005, "\(evidence.ownPart) \(best)")
    // Independent errors: 2² / (1.5² + 2²).
    #expect(abs(evidence.ownPart - 0.64) < 0.06)
    #expect(abs(evidence.ownError - 1.5) < 0.15 && abs(evidence.sumError - 2) < 0.2 && evidence.cases == 400)
  }

  @Test func withoutEvidenceThePartIsThatOfMostData() {
    let none = LevelEvidence(level: "l", nodes: [0], years: [([.nan], [1], [2])], variances: [1])
    #expect(none.cases == 0 && none.ownPart == CountWeights.ownPart && none.ownError.isNaN)
    // Where both say the same nothing is learnt.
    let same = LevelEvidence(level: "l", nodes: [0], years: [([5], [4], [4])], variances: [1])
    #expect(same.cases == 1 && same.ownPart == CountWeights.ownPart)
  }

  @Test func oneSideIsNeverUnheard() {
    let years = [
      (
        came: [Double](repeating: 100, count: 50), own: [Double](repeating: 100, count: 50),
        sum: [Double](repeating: 500, count: 50)
      )
    ]
    let variances = [Double](repeating: 1, count: 50)
    #expect(
      LevelEvidence(level: "l", nodes: Array(0..<50), years: years, variances: variances).ownPart == LevelEvidence.most)
    let opposite = [(came: years[0].came, own: years[0].sum, sum: years[0].own)]
    #expect(
      LevelEvidence(level: "l", nodes: Array(0..<50), years: opposite, variances: variances).ownPart
        == LevelEvidence.least)
  }

  @Test func thePartsAreTheWeightsOfTheTotals() throws {
    let structure = try SummingStructure(
      names: ["T", "a", "b"], levels: ["total", "leaf", "leaf"], sums: [(total: 0, parts: [1, 2])])
    let own: [CoherentDraws.Own?] = [nil, .init(mean: 10, deviation: 3), .init(mean: 20, deviation: 4)]
    let weights = CountWeights.variances(structure, own: own, window: 1, ownParts: ["total": 0.6])
    // Of a single total the reconciled mean is w · own + (1 - w) · sum.
    let means = try Reconciler(structure, variances: weights).reconcile([[40], [10], [20]])
    #expect(abs(means[0][0] - (0.6 * 40 + 0.4 * 30)) < 1e-9)
  }

  /// Six places of a trend that each is too small to show, five years: the total's own forecast sees it, and `auto` says so.
  @Test func autoLearnsFromTheYearsBefore() async throws {
    let panel = Self.panel(months: 72)
    let made = try await Self.forecast(panel, .auto)
    let evidence = try #require(made.evidence.first { $0.level.contains("all") })
    #expect(evidence.cases == 2 && (LevelEvidence.least...LevelEvidence.most).contains(evidence.ownPart))
    for step in 0..<12 {
      let parts = made.structure.leaves.reduce(0) { $0 + (made.forecasts[$1]?.forecast.mean[step] ?? .nan) }
      let total = try #require(made.structure.totals.last.flatMap { made.forecasts[$0] }).forecast.mean[step]
      #expect(abs(parts - total) < 1e-9 * total)
    }
    #expect(try await Self.forecast(panel, .counts).evidence.isEmpty)
  }

  @Test func aShortHistoryIsNoEvidence() async throws {
    #expect(try await Self.forecast(Self.panel(months: 35), .auto).evidence.isEmpty)
    let one = try await Self.forecast(Self.panel(months: 40), .auto).evidence
    #expect(one.allSatisfy { $0.cases <= 1 } && !one.isEmpty)
  }

  private static func panel(months: Int) -> Panel {
    var random = RandomSource(seed: 11)
    let series = (0..<6).map { place in
      Series(
        key: SeriesKey(area: "Place \(place)", measure: "Theft"), start: .month(2015, 1),
        values: (0..<months).map { t in random.poisson(mean: 4 + 0.05 * Double(t)) })
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  private static func forecast(_ panel: Panel, _ reconciliation: Reconciliation) async throws -> CoherentForecast {
    let places = panel.series.map { HierarchyDimension.Member(.init($0.key.area, "place")) }
    let areas = try HierarchyDimension(
      places + [.init(.init("All", "all"), parts: panel.series.map { .init($0.key.area, "place") })])
    let engine = ForecastEngine(model: .counts, horizon: 12, pathCount: 50)
    return try await CoherentForecaster(engine: engine, reconciliation: reconciliation)
      .run(areas: areas, measures: try HierarchyDimension([.init(.init("Theft", "measure"))]), panel)
  }
}
