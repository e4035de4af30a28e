import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

/// Known breaks, and inputs that must not fail.
struct ExceptionDetectorInterventionTests {
  private let start = ExceptionDetectorTests.start

  private func run(_ series: Series, last: Int, _ interventions: [Intervention] = []) async throws -> [PeriodTest] {
    try await ExceptionDetector(last: last, interventions: Interventions(everywhere: interventions))
      .run(ExceptionDetectorTests.panel([series]))
  }

  @Test func aKnownStepIsNotSoldAsNews() async throws {
    let base = ExceptionDetectorTests.simulated("stepped", level: 60, seed: 2)
    let values = base.values.enumerated().map { $0 >= 84 ? ($1 * 1.8).rounded() : $1 }
    let series = base.replacing(values: values)
    let step = Intervention(start: start + 84, effect: .step, note: "recording change")
    let known = try await run(series, last: 12, [step])
    #expect(known.prefix(9).allSatisfy { $0.kind == .notTested && ($0.reason ?? "").contains("recording change") })
    #expect(known.suffix(3).allSatisfy { $0.kind != .notTested && !$0.flagged })
    #expect(known.suffix(3).allSatisfy { ($0.baseline?.model ?? "").contains("a step in Jan 2021") })
    // Not knowing it, the first month is flagged; so the test above tests something.
    #expect(try await run(series, last: 12)[0].flagged)
  }

  @Test func aMaskedWindowIsNeitherTestedNorLearntFrom() async throws {
    let base = ExceptionDetectorTests.simulated("masked", level: 60, seed: 4)
    var values = base.values
    for t in 80..<92 { values[t] = 2 }
    let window = Intervention(start: start + 80, effect: .window(through: start + 91), note: "lockdown")
    let tests = try await run(base.replacing(values: values), last: 10, [window])
    #expect(tests.prefix(6).allSatisfy { $0.kind == .notTested && $0.qValue.isNaN && !$0.flagged })
    let clean = try await run(base, last: 1)[0]
    #expect(tests[9].kind == clean.kind)
    #expect(abs(tests[9].expected / clean.expected - 1) < 0.1)
    // What is foreseen is from all months before it but the twelve.
    #expect(tests[9].baseline?.periods == 95 - 12)
  }

  @Test func interventionsOfAnotherCalendarAreIgnored() async throws {
    let series = ExceptionDetectorTests.simulated("plain", level: 60, seed: 4)
    let other = Intervention(
      start: Period(frequency: .yearly, ordinal: 2015),
      effect: .window(through: Period(frequency: .yearly, ordinal: 2400)), note: "year")
    let with = try await run(series, last: 1, [other])[0]
    let without = try await run(series, last: 1)[0]
    #expect(with.pValue == without.pValue)
  }

  @Test func shortHistoriesUseAReducedModelOrNone() async throws {
    for (months, tested, reduced) in [(18, false, true), (19, true, true), (30, true, true), (31, true, false)] {
      let series = ExceptionDetectorTests.simulated("short", months: months, level: 20, seed: 1)
      let test = try await run(series, last: 1)[0]
      #expect((test.kind != .notTested) == tested, "\(months)")
      if tested { #expect(try #require(test.baseline).model.hasPrefix("level only") == reduced, "\(months)") }
      if !tested { #expect((test.reason ?? "").contains("a test needs 12")) }
    }
  }

  @Test func missingLatestMonthHasNoVerdict() async throws {
    let base = ExceptionDetectorTests.simulated("gap", level: 20, seed: 1)
    let tests = try await run(base.replacing(values: base.values.dropLast() + [.nan]), last: 2)
    #expect(tests[0].kind != .notTested)
    #expect(tests[1].kind == .notTested && tests[1].observed == nil && tests[1].reason != nil)
    // A series that ends before the panel does.
    let ended = try await ExceptionDetector(last: 1).run(
      ExceptionDetectorTests.panel([base, base.through(base.end - 5)]))
    #expect(ended[1].kind == .notTested && ended[0].kind != .notTested)
  }

  @Test func degenerateSeriesAreJudgedCalmly() async throws {
    let key = SeriesKey(area: "flat", measure: nil)
    let make = { (values: [Double]) in Series(key: key, start: start, values: values) }
    let zeros = try await run(make([Double](repeating: 0, count: 60)), last: 3)
    #expect(zeros.allSatisfy { $0.kind == .expected && $0.pValue > 0.4 && $0.expected < 0.1 })
    let one = try await run(make([Double](repeating: 0, count: 59) + [3]), last: 1)[0]
    #expect(one.kind == .spike)
    let constant = try await run(make([Double](repeating: 7, count: 60)), last: 3)
    #expect(constant.allSatisfy { $0.kind == .expected })
    let huge = try await run(make((0..<60).map { 1e7 + 4e3 * sine(Double($0 * $0)) } + [2e7]), last: 2)
    #expect(huge.map(\.kind) == [.expected, .spike])
    let enormous = try await run(make([Double](repeating: 1e300, count: 60)), last: 1)[0]
    #expect(enormous.kind == .notTested && enormous.pValue.isNaN)
    let atTheLimit = try await run(make([Double](repeating: 0x1p53, count: 60)), last: 1)[0]
    #expect(atTheLimit.kind == .expected)
    let endedCategory = (0..<48).map { 40 + 5 * sine(Double($0)) } + [Double](repeating: 0, count: 48)
    let gone = try await run(make(endedCategory), last: 47)
    #expect(gone[0].kind == .drop)
    #expect(gone.suffix(6).allSatisfy { !$0.flagged && $0.expected.isFinite })
  }

  @Test func whatIsNotACountHasNoVerdict() async throws {
    let base = ExceptionDetectorTests.simulated("value", level: 20, seed: 1)
    for bad in [-3, Double.infinity] {
      let tests = try await run(base.replacing(values: base.values.dropLast() + [bad]), last: 2)
      #expect(tests[0].kind != .notTested)
      #expect(tests[1].kind == .notTested)
    }
  }

  @Test func emptyInputsGiveNoTests() async throws {
    let detector = ExceptionDetector(last: 3)
    #expect(try await detector.run(ExceptionDetectorTests.panel([])).isEmpty)
    let empty = Series(key: SeriesKey(area: "none", measure: nil), start: start, values: [])
    #expect(try await detector.run(ExceptionDetectorTests.panel([empty])).isEmpty)
    #expect(try await run(ExceptionDetectorTests.simulated("few", months: 2, level: 3, seed: 1), last: 9).count == 2)
    #expect(try await run(ExceptionDetectorTests.simulated("few", months: 2, level: 3, seed: 1), last: 0).isEmpty)
  }

  @Test(arguments: Frequency.allCases)
  func everyFrequencyIsJudged(frequency: Frequency) async throws {
    var random = RandomSource(seed: 8)
    let count =
      [Frequency.daily: 800, .weekly: 220, .monthly: 60, .quarterly: 32, .yearly: 20, .financialYearly: 20][frequency]
      ?? 0
    let values = (0..<count).map { _ in random.poisson(mean: 30) }
    let series = Series(
      key: SeriesKey(area: "a", measure: nil), start: Period(frequency, containing: CivilDate(daysSinceEpoch: 16_000)),
      values: values.dropLast() + [120])
    let tests = try await ExceptionDetector(last: 2).run(
      Panel(frequency: frequency, style: .standard(for: frequency), series: [series]))
    #expect(tests.map(\.kind) == [.expected, .spike] || tests.map(\.kind) == [.drop, .spike])
    #expect(!tests[1].explanation(label: "Theft", area: "Oxford").text.isEmpty)
  }
}
