import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// Periods as other tools write them, of own making.
@Suite struct DateFormsTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func table(_ periods: [String]) -> [String] {
    ["area,measure,period,count"] + periods.enumerated().map { "A,x,\($0.element),\($0.offset + 1)" }
  }

  @Test(arguments: [
    (["2019 Jan", "2019 Feb", "2019 Mar"], Frequency.monthly), (["2019 APR", "2019 MAY", "2019 JUN"], .monthly),
    (["2019-April", "2019-May", "2019-June"], .monthly), (["2019M04", "2019M05", "2019M06"], .monthly),
    (["2018 Q1", "2018 Q2", "2018 Q3"], .quarterly), (["2020-W53", "2021-W01", "2021-W02"], .weekly),
    (["2020 W01", "2020 W02", "2020 W03"], .weekly), (["2020W51", "2020W52", "2020W53"], .weekly),
  ]) func formsOfPeriods(periods: [String], frequency: Frequency) async throws {
    let data = try await space.table(table(periods))
    #expect(data.panel.frequency == frequency && data.values("A", "x") == [1, 2, 3])
    let span = try #require(data.panel.span)
    #expect((0..<3).map { data.panel.style.format(span.lowerBound + $0) } == periods)
    let wide = try await space.table(["Area,Type,\(periods.joined(separator: ","))", "A,x,1,2,3"])
    #expect(wide.values("A", "x") == [1, 2, 3] && wide.panel.frequency == frequency)
  }

  @Test(arguments: [
    ("2020-W53", 2020, 12, 28), ("2021-W01", 2021, 1, 4), ("2019-W01", 2018, 12, 31), ("2016-W01", 2016, 1, 4),
    ("1970-W01", 1969, 12, 29),
  ]) func weeksBeginOnMondays(text: String, year: Int, month: Int, day: Int) throws {
    let (period, style) = try #require(PeriodStyle.parse(text, frequency: .weekly))
    let monday = try #require(CivilDate(year: year, month: month, day: day))
    #expect(period == Period(.weekly, containing: monday) && style.format(period) == text)
  }

  @Test(arguments: ["2021-W53", "2020-W54", "2020-W00", "2020-W1"]) func weeksThatAreNot(text: String) {
    #expect(PeriodStyle.parse(text, frequency: .weekly) == nil)
  }

  @Test(arguments: [
    ["1/1/2019", "2/1/2019", "3/1/2019", "4/1/2019"], ["01/31/2019", "02/28/2019", "03/31/2019"],
    ["1/1/2019", "4/1/2019", "7/1/2019", "10/1/2019"], ["6/15/2019", "7/15/2019", "8/15/2019"],
  ]) func monthsFirst(periods: [String]) async throws {
    let error = try #require(try await space.tableError(table(periods)))
    #expect(error.kind == .data && error.remedy?.contains("--dates month-first") == true)
    let data = try await space.table(table(periods)) { $0.dates = .monthFirst }
    #expect(data.panel.frequency == (periods.contains("10/1/2019") ? .quarterly : .monthly))
    #expect(data.values("A", "x") == periods.indices.map { Double($0 + 1) })
    #expect(data.panel.span.map { data.panel.style.format($0.upperBound) } == periods.last)
  }

  @Test(arguments: [
    ["01/04/2019", "01/05/2019", "01/06/2019"], ["1/4/2019", "1/4/2020", "1/4/2021"],
    ["13/01/2019", "14/01/2019", "15/01/2019"],
    ["30/04/2019", "31/05/2019", "30/06/2019"], ["06/01/2020", "13/01/2020", "20/01/2020"],
  ]) func daysFirst(periods: [String]) async throws {
    let data = try await space.table(table(periods))
    #expect(data.values("A", "x") == [1, 2, 3])
    #expect(try await space.table(table(periods)) { $0.dates = .dayFirst }.panel.span == data.panel.span)
  }

  /// Days of January or first days of months: nothing tells.
  @Test func datesThatMayBeEither() async throws {
    let periods = ["05/01/2019", "06/01/2019", "07/01/2019"]
    #expect(try await space.tableError(table(periods))?.remedy?.contains("--dates") == true)
    #expect(try await space.table(table(periods)) { $0.dates = .dayFirst }.panel.frequency == .daily)
    #expect(try await space.table(table(periods)) { $0.dates = .monthFirst }.panel.frequency == .monthly)
  }

  @Test func serialDatesOfSpreadsheets() async throws {
    let error = try #require(try await space.tableError(table(["43556", "43586", "43617"])))
    #expect(error.location?.line == 2 && error.remedy?.contains("2019-04-01") == true)
  }

  @Test(arguments: [
    ("year,month", ["2019,11", "2019,12", "2020,1"]), ("year,month", ["2019,Nov", "2019,Dec", "2020,Jan"]),
    ("month,year", ["November,2019", "December,2019", "January,2020"]),
    ("year,month", ["2019/20,11", "2019/20,12", "2019/20,1"]),
    ("Year,Month", ["2019,M11", "2019,M12", "2020,M01"]),
  ]) func yearAndMonthInTwoColumns(header: String, rows: [String]) async throws {
    let data = try await space.table(
      ["area,measure,\(header),count"] + rows.enumerated().map { "A,x,\($0.element),\($0.offset + 1)" })
    #expect(data.panel.span == .month(2019, 11)...(.month(2020, 1)) && data.values("A", "x") == [1, 2, 3])
  }

  @Test func quartersAndWeeksInTwoColumns() async throws {
    let quarters = try await space.table(["area,measure,year,quarter,count", "A,x,2019/20,1,5", "A,x,2019/20,Q2,6"])
    #expect(quarters.panel.span?.lowerBound == Period(frequency: .quarterly, ordinal: 2019 * 4 + 1))
    let weeks = try await space.table([
      "area,measure,year,week,count", "A,x,2020,52,5", "A,x,2020,53,6", "A,x,2021,1,7",
    ])
    #expect(weeks.values("A", "x") == [5, 6, 7] && weeks.panel.frequency == .weekly)
    let bad = try #require(try await space.tableError(["area,measure,year,month,count", "A,x,2019,13,1"]))
    #expect(bad.location?.line == 2 && bad.location?.column == 4)
  }

  /// Twelve days on end with the month first would be the seventh of twelve months with the day first.
  @Test func daysThatReadAsMonthsAreAskedAbout() async throws {
    let days = (1...12).map { "07/\($0 < 10 ? "0" : "")\($0)/2019" }
    let error = try await space.tableError(table(days))
    #expect(error?.remedy?.contains("--dates") == true)
    #expect(try await space.table(table(days)) { $0.dates = .monthFirst }.panel.frequency == .daily)
    #expect(try await space.table(table(days)) { $0.dates = .dayFirst }.panel.frequency == .monthly)
  }
}
