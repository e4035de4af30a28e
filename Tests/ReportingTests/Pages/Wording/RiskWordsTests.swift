import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct RiskWordsTests {
  private func sentences(missing: Set<Period>) async throws -> [String] {
    var synthetic = SyntheticAssessment()
    synthetic.missing = missing
    synthetic.size = 1
    synthetic.configure = { $0.pathCount = 50 }
    return try await synthetic.build().risks.filter { $0.outlook != nil }
      .map { RiskWords(risk: $0, periods: PeriodText(frequency: .monthly)).numbers }
  }

  /// A forecast of eleven months is never called one of the year.
  @Test func aForecastSaysOfWhichMonthsItIs() async throws {
    let partial = try await sentences(missing: [.month(2025, 7)])
    #expect(!partial.isEmpty)
    for sentence in partial {
      #expect(sentence.contains("in 11 of the last 12 months"), "\(sentence)")
      #expect(sentence.contains("forecast for the same part of the next 12 months"), "\(sentence)")
    }
    let whole = try await sentences(missing: [])
    #expect(!whole.isEmpty && whole.allSatisfy { $0.contains("forecast for the next 12 months") })
  }

  /// Where none of rising, falling and staying is likely, "unlikely to rise" would sound like good news.
  @Test(arguments: [
    (
      0.3, 0.35,
      "Robbery in A may rise by 10 % or more (30 %) or fall by 10 % or more (35 %) over the next 12 months, and neither is likely"
    ),
    (
      0.25, 0.45,
      "There is a realistic possibility (45 %) that Robbery in A will fall by 10 % or more over the next 12 months"
    ),
    (0.65, 0.1, "Robbery in A is likely (65 %) to rise by 10 % or more over the next 12 months"),
    (0.3, 0.15, "Robbery in A is likely (55 %) to stay within 10 % of last year's level over the next 12 months"),
  ])
  func theHeadline(rise: Double, fall: Double, expected: String) {
    #expect(plain(risk(lastYear: 100, rise: rise, fall: fall).headline) == expected)
  }

  /// On too small a base a range is all that is said, and it is said.
  @Test func amongTooFewTheRangeIsSaid() {
    let few = risk(lastYear: 4, rise: 0.4, fall: 0.4)
    #expect(few.risk.isTooFew)
    let numbers = plain(few.numbers)
    #expect(numbers.hasPrefix("4 recorded in the last 12 months; "), "\(numbers)")
    let range = /\d+ to \d+ expected over the next 12 months \(80 % interval\), if past patterns continue/
    #expect(numbers.contains(range), "\(numbers)")
    #expect(few.headline == "Robbery in A: too few to say what next year may bring")
  }

  private func risk(lastYear: Double, rise: Double, fall: Double) -> RiskWords {
    let measure = Measure(name: "Robbery", polarity: .lowerIsBetter, isCrime: true)
    let risk = Risk(
      area: Area(name: "A", level: .district), measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true,
        outlook: .given(lastYear: lastYear, median: lastYear, rise: rise, fall: fall),
        past: PastComparison(lastYear: lastYear, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: .high, reasons: []), harmPerOffence: nil, doubts: []))
    return RiskWords(risk: risk, periods: PeriodText(frequency: .monthly))
  }

  private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }
}
