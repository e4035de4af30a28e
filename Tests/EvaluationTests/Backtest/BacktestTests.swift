import Evaluation
import Forecasting
import NumericCore
import Testing
import TimeSeries

@Suite struct BacktestTests {
  /// Seasonal monthly counts in three places for two measures, six years from January 2015.
  private func panel(months: Int = 72, change: (Int, Int) -> Double? = { _, _ in nil }) -> Panel {
    var series: [Series] = []
    for measure in ["Burglary", "Theft"] {
      for area in ["A", "B", "C"] {
        var random = RandomSource(seed: 3, stream: area + measure)
        let values = (0..<months).map { t in
          let mean = (measure == "Theft" ? 40.0 : 4) * (1 + 0.3 * sine(2 * Double.pi * Double(t) / 12))
          let value = random.negativeBinomial(mean: mean, size: 20)
          return change(series.count, t) ?? value
        }
        series.append(Series(key: SeriesKey(area: area, measure: measure), start: .month(2015, 1), values: values))
      }
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  private func backtest(
    _ models: [ModelName] = [.counts, .seasonalNaive], count: Int = 2, step: Int = 12, horizon: Int = 6,
    threads: Int = 1
  ) -> Backtest {
    Backtest(
      models: models, origins: RollingOrigins(count: count, step: step, horizon: horizon), pathCount: 200,
      threads: threads)
  }

  @Test func theScoresAreThoseOfForecastsMadeThen() async throws {
    let panel = panel()
    let report = try await backtest([.counts], count: 1).run(panel)
    let origin = Period.month(2020, 6)
    #expect(report.origins == [origin])
    // What the engine would have said then, from data that ends there.
    let forecasts = try await ForecastEngine(model: .counts, horizon: 6).run(panel.asOf(origin))
    var (error, squared, held, count) = (0.0, 0.0, 0.0, 0.0)
    for (series, result) in zip(panel.series, forecasts) {
      let actual = (1...6).map { series[origin + $0] ?? .nan }
      let scale = NaiveScale(history: series.through(origin).values, seasonLength: 12)
      error += meanAbsoluteScaledError(result.forecast.median, actual: actual, scale: scale)
      squared += rootMeanSquaredScaledError(result.forecast.mean, actual: actual, scale: scale)
      let interval = try #require(result.forecast.interval(80))
      for h in 0..<6 where actual[h] >= interval.lower[h] && actual[h] <= interval.upper[h] { held += 1 }
      count += 1
    }
    let scores = report.models[0].overall
    #expect(scores.forecasts == 6 && scores.observations == 36)
    #expect((scores.mase - error / count).magnitude < 1e-12)
    #expect((scores.rmsse - squared / count).magnitude < 1e-12)
    #expect((try #require(scores.coverage(80)) - held / 36).magnitude < 1e-12)
  }

  @Test func nothingAfterAnOriginIsKnownAtIt() async throws {
    // Another future beyond the periods that the earlier origin is scored by changes nothing there.
    let own = try await backtest(step: 24).run(panel())
    let other = try await backtest(step: 24).run(panel { _, t in t >= 48 + 6 ? 500 : nil })
    let early = Period.month(2018, 6)
    for (a, b) in zip(own.models, other.models) {
      let (x, y) = (a.byOrigin.first { $0.group == early }?.scores, b.byOrigin.first { $0.group == early }?.scores)
      #expect(x?.mase == y?.mase && x?.scaledCRPS == y?.scaledCRPS && x?.forecasts == 6)
      #expect(a.overall.mase != b.overall.mase)
    }
  }

  @Test func interventionsAreKnownFromTheirStartOn() async throws {
    func run(_ start: Period) async throws -> Double {
      var test = backtest([.counts], count: 1)
      test.interventions = Interventions(
        everywhere: [Intervention(start: start, effect: .window(through: start + 11), note: "x")])
      return try await test.run(panel()).models[0].overall.mase
    }
    let without = try await backtest([.counts], count: 1).run(panel()).models[0].overall.mase
    #expect(try await run(.month(2020, 7)) == without)
    #expect(try await run(.month(2019, 7)) != without)
  }

  @Test func threadsAndOtherModelsChangeNothing() async throws {
    let one = try await backtest().run(panel())
    let four = try await backtest(threads: 4).run(panel())
    let alone = try await backtest([.seasonalNaive]).run(panel())
    for (a, b) in zip(one.models, four.models) {
      #expect(a.overall.mase == b.overall.mase && a.overall.logScore == b.overall.logScore)
      #expect(a.overall.pit == b.overall.pit && a.overall.coverage == b.overall.coverage)
    }
    #expect(one.checks == four.checks)
    #expect(one.models[1].overall.mase == alone.models[0].overall.mase)
  }

  @Test func groupsAddUp() async throws {
    let report = try await backtest().run(panel())
    for result in report.models {
      let whole = result.overall
      #expect(result.byStep.map(\.group) == Array(1...6))
      #expect(result.byStep.reduce(0) { $0 + $1.scores.observations } == whole.observations)
      #expect(result.byMeasure.map(\.group) == ["Burglary", "Theft"])
      #expect(result.byMeasure.reduce(0) { $0 + $1.scores.forecasts } == whole.forecasts)
      #expect(result.byBand.reduce(0) { $0 + $1.scores.forecasts } == whole.forecasts)
      #expect(result.byOrigin.map(\.group) == report.origins)
      let byOrigin = result.byOrigin.reduce(0) { $0 + $1.scores.mase * Double($1.scores.forecasts) }
      #expect((byOrigin / Double(whole.forecasts) - whole.mase).magnitude < 1e-12)
      #expect((whole.pit.total - Double(whole.observations)).magnitude < 1e-9)
    }
  }

  @Test func originsWithoutHistoryAreSkippedAndSaid() async throws {
    let report = try await backtest(count: 4, horizon: 12).run(panel(months: 40))
    #expect(report.origins == [.month(2016, 4), .month(2017, 4)])
    #expect(report.skipped.map(\.origin) == [.month(2014, 4), .month(2015, 4)])
    #expect(report.skipped.allSatisfy { $0.reason == "no series has 13 observed months by then" })
    await #expect(throws: BacktestFailure.self) { try await backtest(horizon: 12).run(panel(months: 13)) }
    await #expect(throws: BacktestFailure.self) {
      try await backtest().run(Panel(frequency: .monthly, style: .yearMonth, series: []))
    }
  }

  @Test func totalsAreSetBesideWhatHappened() async throws {
    let panel = panel { s, t in s == 5 && t == 70 ? .nan : nil }
    let report = try await backtest(horizon: 12).run(panel)
    // The series that lacks a month has no total.
    #expect(report.checks.map(\.key) == panel.series.dropLast().map(\.key))
    let first = try #require(report.checks.first)
    #expect(first.span == .month(2020, 1)...Period.month(2020, 12))
    #expect(first.actual == panel.series[0].values.suffix(12).reduce(0, +))
    #expect(first.lastYear == panel.series[0].values[48..<60].reduce(0, +))
    #expect(first.lower <= first.mean && first.mean <= first.upper)
    #expect(first.isWithin == (first.lower...first.upper).contains(first.actual))
    // The last origin's model is the first one asked for.
    #expect(report.checks.allSatisfy { $0.model.hasPrefix("counts") })
  }

  @Test func seriesThatStoppedTeachButAreNotScored() async throws {
    var series = panel().series
    series[0] = series[0].through(.month(2018, 12))
    let report = try await backtest(count: 1).run(
      Panel(frequency: .monthly, style: .yearMonth, series: series))
    #expect(report.models.allSatisfy { $0.overall.forecasts == 5 })
  }
}
