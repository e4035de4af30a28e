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
}
