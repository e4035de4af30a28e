import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// Marks of provisional and revised figures behind periods.
@Suite struct PeriodMarkTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private static func isPeriod(_ text: String) -> Bool { WideColumns.isPeriod(text) }

  @Test(arguments: [
    ("Mar 2024 (p)", "Mar 2024", "(p)"), ("2024 (r)", "2024", "(r)"), ("2024p", "2024", "p"), ("2024 r", "2024", "r"),
    ("2023/24 [note 2]", "2023/24", "[note 2]"), ("Mar 2024 provisional", "Mar 2024", "provisional"),
    ("2024-03 (Prov.)", "2024-03", "(Prov.)"), ("Mar 2024*", "Mar 2024", "*"), ("2024\u{B9}", "2024", "\u{B9}"),
    ("2018 Q1 (revised)", "2018 Q1", "(revised)"), ("Mar 2024 [3]", "Mar 2024", "[3]"),
  ]) func marksAreTold(text: String, period: String, mark: String) {
    let split = PeriodMark.split(text) { !$0.hasSuffix(mark) && Self.isPeriod($0) }
    #expect(split?.period == period && split?.mark == mark)
    #expect(WideColumns.isPeriod(text))
  }

  /// Forecasts and targets are no figures, and what is left must be a period.
  @Test(arguments: [
    "2024 (forecast)", "2024 (f)", "Mar 2024 (target)", "2024 t", "Area (p)", "(p)", "p", "Mar 2024 total",
    "2024 (2019)",
  ]) func otherEndsAreNone(text: String) { #expect(!WideColumns.isPeriod(text)) }

  @Test func wideTablesAreReadWithoutTheMarks() async throws {
    let data = try await space.table([
      "Area,Offence,Jan 2024,Feb 2024 (r),Mar 2024 (p),2025 (forecast)", "Oxford,Burglary,1,2,3,9",
      "Cherwell,Burglary,4,5,6,9",
    ])
    #expect(data.values("Oxford", "Burglary") == [1, 2, 3] && data.panel.span?.upperBound == .month(2024, 3))
    #expect(data.notes.contains(.table(.periodMarks(["(r)", "(p)"], periods: 2))))
    #expect(data.notes.contains(.table(.columnsLeftOut(["\"2025 (forecast)\""], file: "t.csv"))))
  }

  @Test func longTablesToo() async throws {
    let data = try await space.table([
      "area,measure,period,count", "A,x,2022,1", "A,x,2023 r,2", "B,x,2023,5", "A,x,2024 [p],3",
    ])
    #expect(data.values("A", "x") == [1, 2, 3] && data.values("B", "x") == [5])
  }

  @Test func marksInTwoHeaderRows() async throws {
    let data = try await space.table([
      ",,2023,,2024 (p),", "Area,Offence,Nov,Dec,Jan,Feb", "Oxford,Burglary,1,2,3,4", "Cherwell,Burglary,5,6,7,8",
    ])
    #expect(data.values("Oxford", "Burglary") == [1, 2, 3, 4])
    #expect(data.notes.contains(.table(.periodMarks(["(p)"], periods: 2))))
  }

  @Test func aPeriodWithAndWithoutAMarkIsThereTwice() async throws {
    let error = try #require(
      try await space.tableError(["Area,Offence,2023,2024,2024 (r)", "Oxford,Burglary,1,2,3"]))
    #expect(error.message == "the columns \"2024\" and \"2024 (r)\" are one period" && error.remedy != nil)
  }
}
