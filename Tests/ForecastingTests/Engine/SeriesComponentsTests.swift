import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct SeriesComponentsTests {
  /// Means of 100 with a season of a half, known to all models alike.
  private func series(_ area: String = "A") -> Series {
    var random = RandomSource(seed: 8, stream: area)
    return Series(
      key: SeriesKey(area: area, measure: "M"), start: .month(2012, 1),
      values: (0..<84).map { random.poisson(mean: 300 * (1 + 0.5 * cosine(2 * .pi * Double($0 % 12) / 12))) })
  }

  private func run(_ model: ModelName, _ series: [Series], _ interventions: [Intervention] = []) async throws
    -> [SeriesForecast]
  {
    var engine = ForecastEngine(model: model, horizon: 2, interventions: Interventions(everywhere: interventions))
    engine.keepsComponents = true
    return try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test(arguments: [ModelName.counts, .autoETS, .ces, .theta, .mstl, .combination, .auto])
  func levelAndSeasonAreWhatWasExpected(_ model: ModelName) async throws {
    let result = try await run(model, [series()])[0]
    let parts = try #require(result.components)
    for t in 36..<84 {
      #expect(abs(parts.level[t] + parts.season[t] - result.fitted[t]) < 1e-9 * result.fitted[t], "\(model) \(t)")
      #expect(abs(parts.level[t] - 300) < 40, "\(model) \(t): level \(parts.level[t])")
      let season = 150 * cosine(2 * .pi * Double(t % 12) / 12)
      #expect(abs(parts.season[t] - season) < 50, "\(model) \(t): season \(parts.season[t]), not \(season)")
      #expect(abs(parts.trend[t] - (parts.level[t] - parts.level[t - 1])) < 1e-9)
      #expect(parts.intervention[t] == 0)
    }
  }

  @Test(arguments: [ModelName.historicAverage, .tsb]) func aModelWithoutSeasonHasNone(_ model: ModelName) async throws {
    let parts = try #require(try await run(model, [series()])[0].components)
    #expect(parts.season.allSatisfy { $0.isNaN || $0 == 0 })
  }

  @Test func ofAProportionTheyStayShares() async throws {
    let truth = ProportionsModelTests.simulated(8, periods: 60, seed: 3).map(\.history)
    for result in try await run(.auto, truth) {
      let parts = try #require(result.components)
      #expect(parts.level.allSatisfy { (0...1).contains($0) })
      for t in parts.level.indices { #expect(abs(parts.level[t] + parts.season[t] - result.fitted[t]) < 1e-9) }
      #expect((parts.season.max() ?? 0) > 0.02, "the season is in common")
    }
  }

  @Test func interventionsAreWhatTheyAdded() async throws {
    let window = Intervention(
      start: .month(2015, 1), effect: .window(through: .month(2015, 3)), note: "closed")
    let parts = try #require(try await run(.counts, [series()], [window])[0].components)
    for t in 0..<84 { #expect((36..<39).contains(t) ? parts.intervention[t].isNaN : parts.intervention[t] == 0) }
  }

  @Test func onlyIfAskedFor() async throws {
    var engine = ForecastEngine(model: .counts, horizon: 1)
    engine.keepsFitted = false
    let result = try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: [series()]))[0]
    #expect(result.components == nil && result.fitted.isEmpty)
  }
}
