import Forecasting
import NumericCore
import TimeSeries
import Testing

struct InterventionAdjusterTests {
  private let start = Period.month(2018, 1)
  private let key = SeriesKey(area: "Oxford", measure: "Burglary")

  /// Negative binomial months with a season and a step by `factor` from month `at` on.
  private func simulated(_ n: Int, step at: Int, factor: Double, level: Double = 80, seed: UInt64 = 7) -> Series {
    var random = RandomSource(seed: seed)
    let values = (0..<n).map { t in
      let season = exponential(0.2 * cosine(2 * .pi * Double(t) / 12))
      return random.negativeBinomial(mean: level * season * (t >= at ? factor : 1), size: 40)
    }
    return Series(key: key, start: start, values: values)
  }

  private func step(_ at: Int) -> Intervention { Intervention(start: start + at, effect: .step, note: "step") }

  @Test(arguments: [UInt64](1...10))
  func recoversASimulatedStep(seed: UInt64) throws {
    let series = simulated(72, step: 50, factor: 1.3, seed: seed)
    let (adjusted, adjustments) = adjustForInterventions(series, [step(50)])
    let factor = try #require(adjustments[0].factor)
    let error = try #require(adjustments[0].logStandardError)
    #expect(abs(logarithm(factor / 1.3)) < 2.6 * error, "\(factor) ± \(error)")
    #expect(error > 0.01 && error < 0.15)
    #expect(adjusted.values[49] == series.values[49] * factor)
    #expect(adjusted.values[50] == series.values[50])
  }

  @Test func meanErrorOverManyStepsIsSmall() throws {
    var total = 0.0
    for seed in 1...40 {
      let series = simulated(72, step: 50, factor: 1.3, seed: UInt64(100 + seed))
      total += logarithm(try #require(adjustForInterventions(series, [step(50)]).adjustments[0].factor))
    }
    #expect(abs(total / 40 - logarithm(1.3)) < 0.04)
  }

  @Test func windowsBecomeMissingAndDoNotBearOnTheStep() throws {
    var values = simulated(72, step: 40, factor: 1.3).values
    for t in 27..<32 { values[t] = 3 }
    let series = Series(key: key, start: start, values: values)
    let window = Intervention(start: start + 27, effect: .window(through: start + 31), note: "lockdown")
    let (adjusted, adjustments) = adjustForInterventions(series, [window, step(40)])
    #expect(adjusted.values[27...31].allSatisfy { $0.isNaN })
    #expect(adjustments.map(\.intervention) == [window, step(40)])
    #expect(adjustments[0].factor == nil)
    let factor = try #require(adjustments[1].factor)
    #expect(factor > 1.15 && factor < 1.5)
  }

  @Test func twoStepsMultiply() throws {
    var values = simulated(96, step: 40, factor: 1.5).values
    for t in 70..<96 { values[t] *= 2 }
    let series = Series(key: key, start: start, values: values)
    let (adjusted, adjustments) = adjustForInterventions(series, [step(70), step(40)])
    let late = try #require(adjustments[0].factor)
    let early = try #require(adjustments[1].factor)
    #expect(abs(late - 2) < 0.35 && abs(early - 1.5) < 0.3)
    #expect(abs(adjusted.values[0] - values[0] * late * early) < 1e-9)
    #expect(adjusted.values[50] == values[50] * late)
  }

  @Test(arguments: [70, 72, 0, 2, -5, 500])
  func tooLittleOnOneSideLeavesTheSeriesAlone(at: Int) {
    let series = simulated(72, step: 70, factor: 3)
    let (adjusted, adjustments) = adjustForInterventions(series, [step(at)])
    #expect(adjustments[0].factor == nil)
    #expect(adjustments[0].logStandardError == nil)
    #expect(adjusted == series)
  }

  @Test func whatCannotBeEstimatedIsLeftAlone() {
    let value = Series(key: key, start: start, values: simulated(72, step: 30, factor: 2).values, kind: .value)
    #expect(adjustForInterventions(value, [step(30)]).series == value)
    let negative = Series(key: key, start: start, values: [Double](repeating: -1, count: 40))
    #expect(adjustForInterventions(negative, [step(20)]).adjustments[0].factor == nil)
    let empty = Series(key: key, start: start, values: [])
    #expect(adjustForInterventions(empty, [step(0)]).series == empty)
    let weekly = Intervention(
      start: Period(frequency: .weekly, ordinal: start.ordinal + 30), effect: .step, note: "of another calendar")
    #expect(adjustForInterventions(value, [weekly]).adjustments[0].factor == nil)
  }

  @Test func zerosKeepAFiniteFactor() throws {
    let series = Series(key: key, start: start, values: [Double](repeating: 0, count: 60))
    let factor = try #require(adjustForInterventions(series, [step(30)]).adjustments[0].factor)
    #expect(factor > 0.5 && factor < 2)
  }
}
