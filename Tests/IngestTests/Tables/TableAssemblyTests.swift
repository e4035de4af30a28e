import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

@Suite struct TableAssemblyTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func table(_ lines: [String], _ change: (inout IngestOptions) -> Void = { _ in }) async throws -> IngestedData
  {
    try await read([try space.write("t.csv", lines.joined(separator: "\n"))], change)
  }

  private func error(_ lines: [String], _ change: (inout IngestOptions) -> Void = { _ in }) async throws
    -> HorizonError?
  {
    try await failure([try space.write("t.csv", lines.joined(separator: "\n"))], change)
  }

  @Test func identifiersInInputOrder() async throws {
    let data = try await table([
      "y,unique_id,ds", "1,Hackney|Theft|Bicycle,2019-01-01", "5,B,2019-02-01", "2,Hackney|Theft|Bicycle,2019-02-01",
    ])
    #expect(data.kind == .table && data.panel.frequency == .monthly)
    #expect(data.panel.series.map(\.key.uniqueID) == ["Hackney|Theft|Bicycle", "B"])
    #expect(data.panel.series[0].key == SeriesKey(area: "Hackney", measure: "Theft|Bicycle"))
    #expect(data.panel.series[1].key.measure == nil)
    #expect(data.panel.series[1].start == .month(2019, 2))
    #expect(data.panel.style.format(.month(2019, 3)) == "2019-03-01")
    #expect(data.accounting == RowAccounting(read: 3, counted: 3))
  }

  @Test func areasPopulationsAndMissing() async throws {
    let data = try await table([
      "area,measure,period,count,population", "Oxford,ASB,2019-02,\"1,204\",160000", "Oxford,ASB,2019-01,3,150000",
      "Oxford,ASB,2019-05,[c],", "Oxford,ASB,2019-04,,155000", "Nowhere,ASB,2019-01,<5,", "Nowhere,ASB,2019-02,NA,",
    ])
    let oxford = try #require(data.values("Oxford", "ASB"))
    #expect(oxford[0] == 3 && oxford[1] == 1204 && oxford[2...].allSatisfy(\.isNaN) && oxford.count == 5)
    #expect(data.areas["Oxford"]?.population == 155_000)
    #expect(data.areas["Oxford"]?.level == .district && data.areas["Oxford"]?.code == "E07000178")
    #expect(data.areas["Nowhere"]?.level == .unclassified)
    #expect(data.accounting.setAside == ["missing value": 2, "suppressed value": 2])
    #expect(data.accounting.counted == 2 && data.accounting.balances)
    #expect(data.note("suppressed-values") == .table(.suppressed(values: 2, marks: ["<5", "[c]"])))
    #expect(data.note("gaps") == .table(.gaps(periods: 1, series: 1, areZero: false)))
  }

  /// A table may be as large as it is full: a few slips in dates may not ask for more memory than all of it.
  @Test func slipsInDatesAreRefusedAndSizeIsNot() async throws {
    // Four hundred series of three rows, days from 1650 to 2050: 58 million periods for 1,200 values.
    let slips = try await error(
      ["unique_id,ds,y"]
        + (0..<400).flatMap { ["s\($0),1650-01-01,1", "s\($0),1650-01-02,1", "s\($0),2050-01-01,2"] })
    #expect(slips?.kind == .data)
    #expect(
      slips?.message == "the series span more than 50000000 periods together, and nearly all of these are empty")
    // All of England and Wales by LSOA and type over ten years, full or in three cells of four empty.
    #expect(TableSpans.mostPeriods(values: 60_000_000) >= 60_000_000)
    #expect(TableSpans.mostPeriods(values: 15_000_000) >= 60_000_000)
    #expect(TableSpans.mostPeriods(values: 1_000_000) == 50_000_000)
  }

  @Test func absentMeansZero() async throws {
    let lines = ["unique_id,ds,y", "A,2019-01,1", "A,2019-04,", "A,2019-05,*", "B,2019-03,2"]
    let data = try await table(lines) { $0.absentMeansZero = true }
    let a = try #require(data.values("A", nil))
    #expect(Array(a[0..<4]) == [1, 0, 0, 0] && a[4].isNaN)
    #expect(data.values("B", nil) == [0, 0, 2, 0, 0])
    #expect(data.accounting.balances)
  }

  @Test func kindOfNumberIsToldPerSeries() async throws {
    let data = try await table(["unique_id,ds,y", "A,2019-01,1", "B,2019-01,-1", "C,2019-01,0.5", "D,2019-01,1e2"])
    #expect(data.panel.series.map(\.kind) == [.count, .value, .value, .count])
    #expect(data.panel.series.map { $0.values[0] } == [1, -1, 0.5, 100])
  }

  @Test func badRowsAreLocated() async throws {
    let word = try #require(try await error(["unique_id,ds,y", "A,2019-01,twelve"]))
    #expect(word.message == "\"twelve\" is not a number" && word.location?.column == 3)
    let twice = try #require(try await error(["unique_id,ds,y", "A,2019-01,1", "B,2019-01,1", "A,2019-01,2"]))
    #expect(twice.location?.line == 4 && twice.message.contains("the first is line 2"))
    let period = try #require(try await error(["unique_id,ds,y", "A,2019-01,1", "A,yesterday,1"]))
    #expect(period.location?.line == 3 && period.location?.column == 2)
    let blank = try #require(try await error(["unique_id,ds,y", ",2019-01,1"]))
    #expect(blank.location?.column == 1)
    let styles = try #require(try await error(["unique_id,ds,y", "A,2019-01,1", "A,201902,1"]))
    #expect(styles.message.contains("written unlike"))
  }

  @Test func duplicateAcrossFiles() async throws {
    let a = try space.write("a.csv", "unique_id,ds,y\nA,2019-01,1\nA,2019-02,1\n")
    let b = try space.write("b.csv", "unique_id,ds,y\nB,2019-01,1\nA,2019-02,2\n")
    let error = try #require(try await failure([a, b]))
    #expect(error.location == .init(file: b, line: 3) && error.message.contains("\(a):3"))
    let data = try await read([a, a])
    #expect(data.values("A", nil) == [1, 1] && data.accounting.setAside == ["repeated file": 2])
  }

  @Test func absurdSpanIsRefused() async throws {
    let error = try #require(
      try await error(["unique_id,ds,y", "A,0001-01-01,1", "A,9999-12-31,1"]) { $0.frequency = .daily })
    #expect(error.kind == .data && error.message.contains("spans 3652059 periods"))
    let many = (0..<300).flatMap { ["S\($0),1500-01-01,1", "S\($0),2040-01-01,1"] }
    let total = try #require(try await self.error(["unique_id,ds,y"] + many) { $0.frequency = .daily })
    #expect(total.message.contains("together"))
  }

  @Test func areasAreFiltered() async throws {
    let lines = ["unique_id,ds,y", "Oxford|x,2019-01,1", "Cherwell|x,2019-01,1", "Mars|x,2019-01,1"]
    #expect(try await table(lines) { $0.areas = ["mars", "E07000178"] }.panel.areas == ["Oxford", "Mars"])
    #expect(try await table(lines) { $0.areas = ["Thames Valley"] }.panel.areas == ["Oxford", "Cherwell"])
    #expect(try await error(lines) { $0.areas = ["Venus"] }?.kind == .data)
  }

  @Test func weekdaysAreKept() async throws {
    let data = try await table(["unique_id,ds,y", "A,2024-01-01,1", "A,2024-01-08,2", "A,2024-01-29,3"])
    #expect(data.panel.frequency == .weekly)
    #expect(data.panel.series[0].count == 5)
    #expect(data.panel.style.format(data.panel.series[0].end) == "2024-01-29")
    let mixed = try #require(
      try await error(["unique_id,ds,y", "A,2024-01-01,1", "A,2024-01-09,2"]) { $0.frequency = .weekly })
    #expect(mixed.kind == .data && mixed.location?.line == 3)
  }
}
