import Foundation
import Testing
import TimeSeries

@testable import ExceptionDetection

struct ReportingCompletenessTests {
  private func delays(_ sources: [String]) throws -> ReportingDelays {
    let entries = SimulatedReports.entries(months: 30, level: 300).entries
    return try #require(
      ReportingDelays(
        sources.flatMap { source in
          entries.map { .init(source: source, measure: source == "south" ? "Robbery" : "Theft", entry: $0) }
        }))
  }

  @Test(arguments: [["north"], ["north", "south"]]) func figuresAreAsTheDelaysSay(sources: [String]) throws {
    let delays = try delays(sources)
    let completeness = ReportingCompleteness(delays, sources: ["A": "north", "B": "south", "C": "elsewhere"])
    #expect(!completeness.isWhole)
    for (area, source) in [("A", "north"), ("B", "south"), ("C", "elsewhere"), ("D", nil)] as [(String, String?)] {
      for measure in ["Theft", "Robbery", "Arson"] {
        for month in 0..<40 {
          let period = SimulatedReports.start + month
          let known = source.flatMap { delays.sources.contains($0) ? $0 : nil }
          #expect(
            completeness[SeriesKey(area: area, measure: measure), period]
              == delays.completeness(source: known, measure: measure, period: period))
        }
      }
    }
  }

  @Test func equalValuesAreWrittenAlikeAndReadBack() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let one = ReportingCompleteness(try delays(["north", "south"]), sources: ["A": "north", "B": "south"])
    let bytes = try encoder.encode(one)
    let again = ReportingCompleteness(try delays(["south", "north"]), sources: ["B": "south", "A": "north"])
    #expect(try encoder.encode(again) == bytes && again == one)
    #expect(try JSONDecoder().decode(ReportingCompleteness.self, from: bytes) == one)
    #expect(one != ReportingCompleteness() && ReportingCompleteness().isWhole)
  }

  @Test func aSeriesThatStandsAloneIsNamedByItself() {
    let period = Period.month(2024, 3)
    let share = Completeness(share: 0.7, logVariance: 0.01)
    let completeness = ReportingCompleteness(["Calls": [period: share]])
    #expect(completeness[SeriesKey(area: "Calls", measure: nil), period] == share)
    #expect(completeness[SeriesKey(area: "Anywhere", measure: "Calls"), period] == share)
    #expect(completeness[SeriesKey(area: "Calls", measure: nil), period - 1] == nil)
  }
}
