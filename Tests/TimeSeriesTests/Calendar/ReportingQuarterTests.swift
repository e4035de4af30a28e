import Testing
import TimeSeries

@Suite struct ReportingQuarterTests {
  @Test(
    arguments: [
      ("2025/26-Q3", 4, 2025, 3), ("2025/26 Q3", 4, 2025, 3), ("2025-26-q1", 4, 2025, 1), ("1999/00-Q4", 4, 1999, 4),
      ("2025/2026-Q2", 4, 2025, 2), ("2025-Q3", 1, 2025, 3), ("2025/26-Q1", 7, 2025, 1),
    ])
  func isReadAsItIsWritten(_ text: String, _ month: Int, _ year: Int, _ number: Int) throws {
    let quarter = try #require(ReportingQuarter(text, firstMonth: month))
    #expect(quarter == ReportingQuarter(year: year, number: number, firstMonth: month))
    #expect(ReportingQuarter(quarter.name, firstMonth: month) == quarter)
  }

  @Test(arguments: ["2025/27-Q3", "2025/26-Q5", "2025-Q3", "Q3", "2025/26", "25/26-Q1", "2025/26-Q", "-2025/26-Q1", ""])
  func whatIsNoneIsNotRead(_ text: String) { #expect(ReportingQuarter(text) == nil) }

  @Test func beginsInTheMonthOfItsYear() throws {
    let quarter = ReportingQuarter(year: 2025, number: 3)
    #expect(quarter.periods(.monthly) == .month(2025, 10) ... .month(2025, 12))
    #expect(quarter.yearBegins(.monthly) == .month(2025, 4))
    #expect(ReportingQuarter(year: 2025, number: 4).periods(.monthly) == .month(2026, 1) ... .month(2026, 3))
    let july = ReportingQuarter(year: 2025, number: 3, firstMonth: 7)
    #expect(july.periods(.monthly) == .month(2026, 1) ... .month(2026, 3))
    let only = try #require(quarter.periods(.quarterly))
    #expect(only.lowerBound == only.upperBound && only.lowerBound.firstDay.month == 10)
    #expect(ReportingQuarter(year: 2025, number: 1, firstMonth: 5).periods(.quarterly) == nil)
    #expect(quarter.periods(.weekly) == nil)
  }

  @Test(arguments: 1...12) func holdsTheMonthsThatAreInIt(_ firstMonth: Int) throws {
    for offset in 0..<40 {
      let month = Period.month(2023, 1) + offset
      let quarter = try #require(ReportingQuarter(containing: month, firstMonth: firstMonth))
      #expect(try #require(quarter.periods(.monthly)).contains(month))
      let next = try #require(quarter.advanced(by: 1).periods(.monthly))
      #expect(next.lowerBound == (try #require(quarter.periods(.monthly))).upperBound + 1)
      #expect(quarter < quarter.advanced(by: 1))
    }
  }
}
