import Forecasting
import NumericCore
import Testing
import TimeSeries

/// Every series gets a finite forecast or a named fallback, whatever it looks like.
@Suite struct EngineEdgeCaseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let frequency: Frequency
    let values: [Double]
    var testDescription: String { name }

    init(_ name: String, _ values: [Double], _ frequency: Frequency = .monthly) {
      self.name = name
      self.frequency = frequency
      self.values = values
    }
  }

  static let cases: [Case] = {
    var random = RandomSource(seed: 5)
    func noise(_ n: Int, _ mean: Double = 8) -> [Double] {
      (0..<n).map { _ in random.negativeBinomial(mean: mean, size: 5) }
    }
    let nan = Double.nan
    var outlier = noise(60)
    outlier[40] = 1e7
    var holes = noise(80)
    for t in 30..<55 { holes[t] = nan }
    var halfMissing = noise(60)
    for t in stride(from: 0, to: 60, by: 2) { halfMissing[t] = nan }
    return [
      Case("one", [3]), Case("one zero", [0]), Case("two", [3, 9]), Case("three", [1, 0, 4]), Case("7", noise(7)),
      Case("11", noise(11)), Case("13", noise(13)), Case("24", noise(24)), Case("25", noise(25)),
      Case("zeros", [Double](repeating: 0, count: 60)), Case("few zeros", [0, 0, 0, 0]),
      Case("equal", [Double](repeating: 7, count: 60)), Case("one event", [Double](repeating: 0, count: 59) + [1]),
      Case("outlier", outlier), Case("huge", noise(60).map { $0 * 1e12 }), Case("tiny", noise(60).map { $0 * 1e-12 }),
      Case("beyond counting", noise(60).map { $0 * 1e16 }), Case("beyond squaring", noise(60).map { $0 * 1e200 }),
      Case("vanishing", noise(60).map { $0 * 1e-250 }),
      Case("leading zeros", [Double](repeating: 0, count: 50) + noise(20)),
      Case("stopped", noise(60) + [Double](repeating: 0, count: 40)),
      Case("missing at both ends", [nan, nan, nan] + noise(50) + [nan, nan]), Case("hole", holes),
      Case("half missing", halfMissing),
      Case("missing at the end for years", noise(48) + [Double](repeating: nan, count: 40)),
      Case("mostly missing", [4] + [Double](repeating: nan, count: 70) + [6, nan, 7]),
      Case("infinite", [1, 2, .infinity, 4, 5, 6, 7, 8, 9]), Case("fractions", noise(60).map { $0 * 0.37 }),
      Case("exponential growth", (0..<60).map { (exponential(Double($0) / 4)).rounded() }),
      Case("daily", noise(100), .daily), Case("weekly", noise(150), .weekly),
      Case("weekly, less than a year", noise(40), .weekly),
      Case("quarterly", noise(30), .quarterly), Case("quarterly, one year", noise(4), .quarterly),
      Case("yearly", noise(15), .yearly),
      Case("yearly, four", noise(4), .yearly),
    ]
  }()

  static func series(_ c: Case, _ kind: MeasureKind) -> Series {
    let start =
      switch c.frequency {
      case .monthly: Period.month(1999, 7)
      default: Period(c.frequency, containing: CivilDate(daysSinceEpoch: 10_000))
      }
    return Series(key: SeriesKey(area: c.name, measure: "M"), start: start, values: c.values, kind: kind)
  }

  @Test(arguments: ModelName.allCases, [MeasureKind.count, .value])
  func everyForecastIsFiniteAndNested(model: ModelName, kind: MeasureKind) async throws {
    for c in Self.cases {
      let series = Self.series(c, kind)
      let panel = Panel(frequency: c.frequency, style: .standard(for: c.frequency), series: [series])
      let engine = ForecastEngine(model: model, horizon: 14, levels: [95, 50, 80], pathCount: 20)
      let results = try await engine.run(panel)
      let result = try #require(results.first)
      let f = result.forecast
      let context = "\(model.rawValue) \(kind) \(c.name) -> \(f.model)"
      #expect(f.start == series.end + 1, "\(context)")
      #expect(f.horizon == 14 && f.median.count == 14 && f.intervals.map(\.level) == [50, 80, 95], "\(context)")
      #expect(result.fitted.count == series.count, "\(context)")
      var outer = [(f.median, f.median)] + f.intervals.map { ($0.lower, $0.upper) }
      for h in 0..<14 {
        #expect(f.mean[h].isFinite && outer.allSatisfy { $0.0[h].isFinite && $0.1[h].isFinite }, "\(context)")
        for i in 1..<outer.count {
          #expect(outer[i].0[h] <= outer[i - 1].0[h] && outer[i].1[h] >= outer[i - 1].1[h], "\(context): not nested")
        }
        if kind == .count { #expect(f.mean[h] >= 0 && outer.allSatisfy { $0.0[h] >= 0 }, "\(context): negative") }
      }
      outer = []
      let paths = try #require(result.paths)
      #expect(paths.count == 20 && paths.values.allSatisfy { $0.isFinite && (kind == .value || $0 >= 0) }, "\(context)")
      #expect(result.fitted.allSatisfy { $0.isNaN || $0.isFinite }, "\(context)")
      let made = f.model
      let asked = model.rawValue
      let served =
        switch model {
        case .auto: made == "combination" || (kind == .count ? made.hasPrefix("counts") : made.hasPrefix("ETS"))
        case .autoETS: made.hasPrefix("ETS")
        case .ces: made.hasPrefix("CES(")
        case .autoARIMA: made.hasPrefix("ARIMA(")
        case .counts: made.hasPrefix("counts")
        case .mstl: made.hasPrefix("STL+ETS(A,") || made.hasPrefix("ETS(A,")
        default: made == asked
        }
      if c.name.hasPrefix("beyond") { continue }
      if made == "ended" {
        #expect(c.name == "stopped" && result.lifespan.ended != nil && result.fallbackReason == nil, "\(context)")
        continue
      }
      #expect(served != (result.fallbackReason != nil), "\(context): a fallback has a reason, and only a fallback")
    }
  }

  @Test(arguments: [(MeasureKind.count, Frequency.daily), (.value, .monthly)])
  func tenThousandPoints(kind: MeasureKind, frequency: Frequency) async throws {
    var random = RandomSource(seed: 6)
    let long = Case("long", (0..<10_000).map { _ in random.poisson(mean: 30) }, frequency)
    let panel = Panel(frequency: frequency, style: .standard(for: frequency), series: [Self.series(long, kind)])
    let results = try await ForecastEngine(horizon: 30).run(panel)
    #expect(results[0].fallbackReason == nil)
    #expect(results[0].forecast.mean.allSatisfy { abs($0 - 30) < 2 })
  }

  @Test(arguments: [ModelName.ces, .autoARIMA, .theta, .mstl, .tsb, .crostonSBA, .windowAverage])
  func tenThousandPoints(model: ModelName) async throws {
    var random = RandomSource(seed: 6)
    let long = Case("long", (0..<10_000).map { _ in random.poisson(mean: 30) }, .weekly)
    let panel = Panel(frequency: .weekly, style: .standard(for: .weekly), series: [Self.series(long, .count)])
    let results = try await ForecastEngine(model: model, horizon: 30).run(panel)
    #expect(results[0].fallbackReason == nil)
    // Those two repeat a season of the last few years, and with it the noise of its weeks.
    let allowed = model == .windowAverage || model == .mstl ? 12.0 : 3
    #expect(results[0].forecast.mean.allSatisfy { abs($0 - 30) < allowed })
  }

  /// What a count cannot be is in no bound, and bounds of a level are the same whatever other levels are asked for.
  @Test(arguments: [ModelName.combination, .ces, .autoARIMA, .theta, .mstl, .tsb, .crostonSBA, .windowAverage])
  func countsHaveWholeBounds(model: ModelName) async throws {
    let c = Case("counts", Self.cases.first { $0.name == "25" }?.values ?? [], .monthly)
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: [Self.series(c, .count)])
    let engine = ForecastEngine(model: model, horizon: 14, levels: [50, 80, 99.9], pathCount: 50)
    let result = try await engine.run(panel)[0]
    #expect(result.fallbackReason == nil)
    let bounds = result.forecast.intervals.flatMap { $0.lower + $0.upper } + result.forecast.median
    #expect(bounds.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    #expect(result.paths?.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() } == true)
    let alone = try await ForecastEngine(model: model, horizon: 14, levels: [80]).run(panel)[0]
    #expect(alone.forecast.interval(80) == result.forecast.interval(80))
  }

  @Test func nothingObservedIsSaidNotInvented() async throws {
    let key = SeriesKey(area: "A", measure: nil)
    let empty = Series(key: key, start: .month(2020, 1), values: [])
    let missing = Series(
      key: SeriesKey(area: "B", measure: nil), start: .month(2020, 1), values: [Double](repeating: .nan, count: 5))
    for model in ModelName.allCases {
      let results = try await ForecastEngine(model: model, horizon: 3, pathCount: 2)
        .run(Panel(frequency: .monthly, style: .yearMonth, series: [empty, missing]))
      for (result, next) in zip(results, [Period.month(2020, 1), .month(2020, 6)]) {
        #expect(result.forecast.model == "no-data")
        #expect(result.forecast.start == next)
        #expect(result.forecast.mean.count == 3 && result.forecast.mean.allSatisfy(\.isNaN))
        #expect(result.fallbackReason == "it has no observation")
        #expect(result.paths?.values.count == 6)
      }
    }
  }

  @Test func emptyPanelsAndHorizons() async throws {
    let none = Panel(frequency: .monthly, style: .yearMonth, series: [])
    #expect(try await ForecastEngine(horizon: 12).run(none).isEmpty)
    let one = Panel(
      frequency: .monthly, style: .yearMonth,
      series: [Series(key: SeriesKey(area: "A", measure: "M"), start: .month(2020, 1), values: [1, 2, 3, 4])])
    let results = try await ForecastEngine(horizon: 0, pathCount: 3).run(one)
    #expect(results[0].forecast.mean.isEmpty)
  }

  @Test func windowsAreLeftOutOfTheFit() async throws {
    var random = RandomSource(seed: 8)
    let clean = (0..<72).map { _ in random.poisson(mean: 40) }
    var lockdown = clean
    for t in 50..<56 { lockdown[t] = 3 }
    let key = SeriesKey(area: "A", measure: nil)
    let panel = Panel(
      frequency: .monthly, style: .yearMonth, series: [Series(key: key, start: .month(2015, 1), values: lockdown)])
    let window = Intervention(
      start: .month(2019, 3), effect: .window(through: .month(2019, 8)), note: "lockdown")
    let results = try await ForecastEngine(horizon: 6, interventions: Interventions(everywhere: [window])).run(panel)
    #expect(results[0].adjusted.observedCount == 66)
    #expect(results[0].adjustments.map(\.intervention) == [window])
    #expect(results[0].fitted[52] > 25)
    let poisoned = try await ForecastEngine(horizon: 6).run(panel)
    let width = { (f: Forecast) in (f.intervals[1].upper[0] - f.intervals[1].lower[0]) }
    #expect(width(results[0].forecast) < width(poisoned[0].forecast))
  }
}
