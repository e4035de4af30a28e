import Forecasting
import NumericCore
import Testing
import TimeSeries

/// What must not change a forecast: threads, order, and series that have nothing to do with it.
@Suite struct EngineInvarianceTests {
  /// A pool of one measure with a season, areas of different size.
  static func pool(_ measure: String, areas: Int, months: Int = 72, seed: UInt64) -> [Series] {
    (0..<areas).map { a in
      var random = RandomSource(seed: seed, stream: "\(measure) \(a)")
      let level = exponential(Double(a % 5))
      let values = (0..<months).map { t in
        random.negativeBinomial(mean: level * (1 + 0.4 * sine(Double(t) * .pi / 6)), size: 12)
      }
      return Series(key: SeriesKey(area: "Area \(a)", measure: measure), start: .month(2015, 4), values: values)
    }
  }

  static func bits(_ results: [SeriesForecast]) -> [String: [UInt64]] {
    var all: [String: [UInt64]] = [:]
    for r in results {
      let f = r.forecast
      let numbers =
        f.mean + f.median + f.intervals.flatMap { $0.lower + $0.upper } + r.fitted + (r.paths?.values ?? [])
      all[f.key.uniqueID] = numbers.map(\.bitPattern)
    }
    return all
  }

  static func run(_ series: [Series], _ model: ModelName, threads: Int = 1) async throws -> [SeriesForecast] {
    try await ForecastEngine(model: model, horizon: 12, pathCount: 5, threads: threads)
      .run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test(arguments: ModelName.allCases) func threadsAndOrderChangeNothing(model: ModelName) async throws {
    let series = Self.pool("Burglary", areas: 7, seed: 1) + Self.pool("Robbery", areas: 4, seed: 2)
    let one = try await Self.run(series, model)
    #expect(one.map(\.forecast.key) == series.map(\.key))
    let four = try await Self.run(series, model, threads: 4)
    let reversed = try await Self.run(series.reversed(), model, threads: 3)
    #expect(Self.bits(one) == Self.bits(four))
    #expect(Self.bits(one) == Self.bits(reversed))
  }

  @Test(arguments: ModelName.allCases) func otherMeasuresChangeNothing(model: ModelName) async throws {
    let series = Self.pool("Burglary", areas: 5, seed: 1)
    let stranger = Self.pool("Robbery", areas: 3, seed: 9)
    let alone = Self.bits(try await Self.run(series, model))
    let together = Self.bits(try await Self.run(stranger + series, model))
    for s in series { #expect(alone[s.key.uniqueID] == together[s.key.uniqueID]) }
  }

  /// Of the pool only the order of the draws tells, which the measure's areas share (``SharedFutures``).
  @Test(arguments: ModelName.allCases.filter { ![.auto, .counts, .combination].contains($0) })
  func unpooledModelsIgnoreTheirPool(model: ModelName) async throws {
    let series = Self.pool("Burglary", areas: 5, seed: 1)
    func bits(_ results: [SeriesForecast]) throws -> [UInt64] {
      let result = results[0]
      let paths = try #require(result.paths)
      let rows = (0..<paths.count).map { i in
        paths.values[i * paths.horizon..<(i + 1) * paths.horizon].map(\.bitPattern)
      }.sorted { $0.lexicographicallyPrecedes($1) }
      return try #require(Self.bits([result])[result.forecast.key.uniqueID]).dropLast(paths.values.count)
        + rows.flatMap { $0 }
    }
    let all = try bits(try await Self.run(series, model))
    let first = try bits(try await Self.run([series[0]], model))
    #expect(first == all)
  }

  @Test func aSeriesWithoutMeasureIsItsOwnPool() async throws {
    let lone = Self.pool("Burglary", areas: 3, seed: 1).map {
      Series(key: SeriesKey(area: $0.key.area, measure: nil), start: $0.start, values: $0.values)
    }
    let all = Self.bits(try await Self.run(lone, .counts))
    let first = Self.bits(try await Self.run([lone[1]], .counts))
    #expect(first[lone[1].key.uniqueID] == all[lone[1].key.uniqueID])
  }

  /// A pool does what it is for: its season reaches a series too short to have one of its own.
  @Test func shortSeriesTakeTheSeasonOfTheirPool() async throws {
    var series = Self.pool("Burglary", areas: 6, seed: 1)
    series[4] = Series(key: series[4].key, start: series[4].start + 61, values: Array(series[4].values.suffix(11)))
    let results = try await Self.run(series, .counts)
    let f = results[4].forecast
    #expect(f.model == "counts-short")
    let highs = f.mean.max() ?? 0
    let lows = f.mean.min() ?? 0
    #expect(highs / lows > 1.6, "the truth swings by 1.4 / 0.6 = 2.3")
    #expect(results.filter { $0.forecast.model == "counts-short" }.count == 1)
  }

  @Test func shortHistoriesAreForecastDeliberatelyWide() async throws {
    let long = Self.pool("Burglary", areas: 10, seed: 1)
    let short = long.map { Series(key: $0.key, start: $0.start + 61, values: Array($0.values.suffix(11))) }
    func width(_ series: [Series]) async throws -> Double {
      let forecasts = try await Self.run(series, .counts).map(\.forecast)
      return forecasts.reduce(0) { $0 + ($1.intervals[1].upper[11] - $1.intervals[1].lower[11]) / $1.mean[11] }
    }
    let (wide, usual) = (try await width(short), try await width(long))
    #expect(wide > usual, "\(wide) against \(usual)")
  }
}
