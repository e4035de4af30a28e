import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Every model forecasts a series that began as one that is as long as its life, and one that ended as 0.
@Suite struct EngineLifespanTests {
  private static let start = Period.month(2014, 1)

  private static func counts(_ name: String, months: Int) -> [Double] {
    var random = RandomSource(seed: 31, stream: name)
    return (0..<months).map { t in
      random.negativeBinomial(mean: 45 * (1 + 0.2 * sine(Double(t) * .pi / 6)), size: 30)
    }
  }

  private static func run(_ series: [Series], _ model: ModelName, horizon: Int = 12) async throws -> [SeriesForecast] {
    try await ForecastEngine(model: model, horizon: horizon, pathCount: 20)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  private static func series(_ values: [Double], from start: Period = start) -> Series {
    Series(key: SeriesKey(area: "A", measure: "M"), start: start, values: values)
  }

  @Test(arguments: ModelName.allCases) func zerosBeforeABeginningAreNotLearntFrom(model: ModelName) async throws {
    // A whole number of seasons, so that models that count them from the start begin alike.
    let life = Self.counts("began", months: 60)
    let missing = [Double](repeating: .nan, count: 48)
    let began = try await Self.run([Self.series([Double](repeating: 0, count: 48) + life)], model)[0]
    let known = try await Self.run([Self.series(missing + life)], model)[0]
    #expect(began.lifespan.began == Self.start + 48 && known.lifespan.began == nil)
    #expect(began.forecast.mean == known.forecast.mean && began.forecast.intervals == known.forecast.intervals)
    #expect(began.paths?.values == known.paths?.values)
    let year = began.forecast.mean.reduce(0, +)
    #expect(abs(year / 540 - 1) < 0.15, "\(year)")
  }

  @Test(arguments: ModelName.allCases) func whatEndedIsNought(model: ModelName) async throws {
    let ended = Self.series(Self.counts("ended", months: 60) + [Double](repeating: 0, count: 14))
    let result = try await Self.run([ended], model)[0]
    #expect(result.lifespan.ended == Self.start + 59)
    #expect(result.forecast.model == "ended" && result.fallbackReason == nil)
    #expect(result.forecast.start == Self.start + 74)
    #expect(result.choice?.contains("no event in the last 14 observed months") ?? false)
    #expect(result.forecast.mean == [Double](repeating: 0, count: 12))
    #expect(result.forecast.intervals.allSatisfy { $0.upper.allSatisfy { $0 == 0 } && $0.lower.allSatisfy { $0 == 0 } })
    #expect(result.paths?.values.allSatisfy { $0 == 0 } ?? false)
    #expect(result.fitted.count == ended.count)
  }

  /// How far ahead is asked for changes no model that is fitted: a forecast of six months is the first half of that of a year.
  @Test(arguments: ModelName.allCases) func aShorterForecastIsTheBeginningOfALongerOne(model: ModelName) async throws {
    let pool = EngineInvarianceTests.pool("Burglary", areas: 25, seed: 5)
    let (short, year, long) = (
      try await Self.run(pool, model, horizon: 6), try await Self.run(pool, model, horizon: 12),
      try await Self.run(pool, model, horizon: 18)
    )
    for i in pool.indices {
      for (a, b) in [(short[i].forecast, year[i].forecast), (year[i].forecast, long[i].forecast)] {
        #expect(a.mean == Array(b.mean.prefix(a.horizon)) && a.median == Array(b.median.prefix(a.horizon)))
        #expect(a.intervals.map(\.upper) == b.intervals.map { Array($0.upper.prefix(a.horizon)) })
      }
    }
  }

  @Test func drawsGoAsFarAsIsAskedWhateverIsForecast() async throws {
    let pool = EngineInvarianceTests.pool("Burglary", areas: 12, seed: 6)
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: pool)
    var long = ForecastEngine(horizon: 24, pathCount: 50)
    long.pathHorizon = 12
    let (far, near) = (try await long.run(panel), try await ForecastEngine(horizon: 12, pathCount: 50).run(panel))
    #expect(far.map { $0.paths?.values } == near.map { $0.paths?.values })
    #expect(far.allSatisfy { $0.paths?.horizon == 12 && $0.forecast.horizon == 24 })
  }
}
