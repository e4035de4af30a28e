import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// Periods that one table writes in several ways.
@Suite struct PeriodsAlikeTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func table(_ periods: [String]) -> [String] {
    ["area,measure,period,count"] + periods.enumerated().map { "A,x,\($0.element),\($0.offset + 1)" }
  }

  @Test(arguments: [
    (["2019-04-01 00:00", "2019-05-01 13:30", "2019-06-01"], Frequency.monthly),
    (["2019-04-01 08:15:07", "2019-04-02", "2019-04-03 23:59"], .daily),
    (["2019-04-01", "1 May 2019", "2019-06-01 12:00"], .monthly),
    (["2019-04-01", "01/05/2019", "01/06/2019"], .monthly),
    (["30/04/2019", "2019-05-31", "2019-06-30"], .monthly),
    (["2019-04-01", "May 2019", "Jun 2019"], .monthly),
    (["1 Apr 2019", "2 Apr 2019", "2019-04-03"], .daily),
  ]) func whatIsUnmistakableIsRead(periods: [String], frequency: Frequency) async throws {
    let data = try await space.table(table(periods))
    #expect(data.panel.frequency == frequency && data.values("A", "x") == [1, 2, 3])
    #expect(data.codes().contains("periods-alike"))
    #expect(data.panel.span?.lowerBound.firstDay == CivilDate(year: 2019, month: 4, day: 1))
  }

  /// A spreadsheet that takes the day for the month turns 1 to 12 into dates, and leaves 13 to 31 as they were typed.
  @Test(arguments: [
    ["2019-06-12", "13/06/2019", "14/06/2019"], ["2019-04-01", "02/04/2019", "03/04/2019"],
    ["2019-04-15", "May 2019", "Jun 2019"], ["01/04/2019", "May 2019", "Jun 2019"],
  ]) func whatIsNotIsRefused(periods: [String]) async throws {
    let error = try #require(try await space.tableError(table(periods)))
    #expect(error.message.contains("is written unlike") && error.location?.line == 3)
    #expect(error.remedy == "Write all periods in one form")
  }

  @Test func timesThatAreAllTheSameStay() async throws {
    let data = try await space.table(table(["2019-04-01 00:00", "2019-05-01 00:00"]))
    #expect(!data.codes().contains("periods-alike"))
    #expect(data.panel.span.map { data.panel.style.format($0.lowerBound) } == "2019-04-01 00:00")
  }

  /// Real dates with times of day beside dates that are texts.
  @Test func datesAndTimesOfWorkbooks() async throws {
    var book = ExcelBook([
      TestSheet(
        "Data",
        [
          ["area", "measure", "period", "count"], ["A", "x", .number("43556.5625"), 1], ["A", "x", "2019-05-01", 2],
          ["A", "x", .date("2019-06-01"), 3],
        ])
    ])
    let part = "xl/worksheets/sheet1.xml"
    // A serial number becomes a date by the format of its cell.
    book.parts[part] = book.parts[part]?.replacing("<c r=\"C2\">", with: "<c r=\"C2\" s=\"1\">")
    let data = try await read([try space.pack("book.xlsx", book.parts)])
    #expect(data.values("A", "x") == [1, 2, 3] && data.panel.span?.lowerBound == .month(2019, 4))
    #expect(
      data.notes.contains(.table(.periodsAlike(example: "2019-04-01 13:30", readAs: "2019-04-01"))))
  }
}
