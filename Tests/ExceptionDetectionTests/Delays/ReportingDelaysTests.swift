import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct ReportingDelaysTests {
  private func totals(_ source: String, _ measure: String, months: Int, level: Double = 400) -> [ReportingDelays.Total]
  {
    SimulatedReports.entries(months: months, level: level).entries.map {
      .init(source: source, measure: measure, entry: $0)
    }
  }

  @Test func figuresAreAsCompleteAsTheirDelayMakesThem() throws {
    let delays = try #require(ReportingDelays(totals("north", "Theft", months: 48)))
    let last = SimulatedReports.start + 47
    let newest = try #require(delays.completeness(source: nil, measure: "Theft", period: last))
    #expect(abs(newest.share - 0.55) < 0.03)
    let before = try #require(delays.completeness(source: "north", measure: "Theft", period: last - 1))
    #expect(abs(before.share - 0.75) < 0.03)
    #expect((delays.completeness(source: nil, measure: "Theft", period: last - 20)?.share ?? 1) > 0.99)
    #expect(delays.completeness(source: nil, measure: "Robbery", period: last) == nil)
    #expect(delays.completeness(source: "south", measure: "Theft", period: last) == nil)
  }

  @Test func aMeasureSeenSeldomBorrowsFromItsSource() throws {
    let delays = try #require(
      ReportingDelays(totals("north", "Theft", months: 40) + totals("north", "Rare", months: 4, level: 2)))
    #expect(delays.distribution(source: "north", measure: "Rare")?.isPooled == true)
    #expect(delays.distribution(source: "north", measure: "Theft")?.isPooled == false)
    #expect(delays.completeness(source: nil, measure: "Rare", period: SimulatedReports.start + 3) != nil)
    // With two sources a series without one is left alone.
    let two = try #require(ReportingDelays(totals("north", "Theft", months: 20) + totals("south", "Theft", months: 20)))
    #expect(two.sources == ["north", "south"])
    #expect(two.completeness(source: nil, measure: "Theft", period: SimulatedReports.start + 19) == nil)
  }

  @Test func oneVintageTellsNothing() {
    let once = SimulatedReports.entries(months: 20).entries.filter {
      $0.period + $0.delay == SimulatedReports.start + 19
    }
    #expect(ReportingDelays(once.map { .init(source: "a", measure: "b", entry: $0) }) == nil)
  }
}
