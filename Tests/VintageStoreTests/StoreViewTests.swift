import CommunitySafety
import Foundation
import Ingest
import Testing
import TimeSeries

@testable import VintageStore

@Suite struct StoreViewTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  /// Two districts, a blank place, a repeated file, an empty one, rows of another month and a file that names no force.
  private func archive() throws -> [String] {
    for month in 1...8 {
      try space.street(
        "a", "2019-0\(month)",
        (0..<(20 + month)).map {
          (
            lsoa: $0 % 7 == 0 ? "" : $0 % 2 == 0 ? "E01028520" : "E01028400",
            name: $0 % 7 == 0 ? "" : $0 % 2 == 0 ? "Oxford 008B" : "Cherwell 001A",
            type: $0 % 3 == 0 ? "Drugs" : "Burglary",
            outcome: $0 % 5 == 0 ? "Suspect charged" : $0 % 5 == 1 ? "" : "Under investigation"
          )
        })
    }
    try FileManager.default.copyItem(
      atPath: space.folder("a/2019-03"), toPath: space.folder("a/copy"))
    try space.street("a", "2019-09", [])
    let loose = try String(contentsOfFile: space.folder("a/2019-08/2019-08-thames-valley-street.csv"), encoding: .utf8)
    let other = try space.write("loose.csv", loose.replacingOccurrences(of: "2019-08", with: "2019-09"))
    try space.write("a/2019-01/2019-01-thames-valley-outcomes.csv", "x\n")
    return [space.folder("a"), other]
  }

  @Test func aStoreReadsAsItsInputsDo() async throws {
    let inputs = try archive()
    try await space.ingest(inputs)
    let lookup = try space.write("lookup.csv", "LSOA11CD,LAD22NM,LAD22CD\nE01028520,Cherwell,E07000177\n")
    let classes = OutcomeClasses(
      detected: ["Suspect charged"], undecided: ["Under investigation"], notDetected: [])
    let changes: [@Sendable (inout IngestOptions) -> Void] = [
      { _ in }, { $0.lookups = [lookup] }, { $0.outcomes = classes }, { $0.areas = ["Oxford"] },
    ]
    for change in changes {
      let original = try await space.read(inputs, change)
      let stored = try await space.read(nil, change)
      #expect(original.described() == stored.described())
      #expect(stored.accounting.balances)
    }
    let notes = try await space.read().notes.map(\.code)
    #expect(notes.contains("duplicate-file") && notes.contains("skipped-files") && notes.contains("empty-file"))
  }

  @Test func aTableReadsAsItsFileDoes() async throws {
    let table = try space.write(
      "t.csv",
      """
      area,measure,period,count,population
      Zebra,Theft,2019-01-31,3,1000
      Zebra,Theft,2019-02-28,*,1001
      Zebra,Theft,2019-03-31,,1002
      Aardvark,Theft,2019-01-31,NA,
      Aardvark,Theft,2019-03-31,12,52

      """)
    let single = try space.write("u.csv", "unique_id,ds,y\nB,2020,1.5\nA|x,2020,-2\nB,2021,0.1\n")
    for path in [table, single] {
      try? FileManager.default.removeItem(atPath: space.store)
      try await space.ingest([path])
      #expect(try await space.read([path]).described() == space.read().described())
      let zero = try await space.read([path]) { $0.absentMeansZero = true }
      #expect(try await zero.described() == space.read { $0.absentMeansZero = true }.described())
      #expect(try space.complaints().isEmpty)
    }
  }

  /// What options made of a table is what a later reading without them finds.
  @Test func whatTakesOptionsToUnderstandIsStoredAsUnderstood() async throws {
    let table = try space.write(
      "us.csv",
      "area,measure,period,count\n" + (0..<14).map { "A,x,\($0 % 12 + 1)/1/\(2019 + $0 / 12),\($0)\n" }.joined())
    try await space.ingest([table]) { $0.dates = .monthFirst }
    let read = try await space.read()
    #expect(read.panel.frequency == .monthly && read.panel.span == .month(2019, 1)...(.month(2020, 2)))
    #expect(read.panel.series.map(\.values) == [(0..<14).map(Double.init)])
    #expect(try Store(reading: space.store).revisions().map(\.period) == (0..<14).map { Period.month(2019, 1) + $0 })
  }

  @Test func theNewestEditionOfAFileIsUsed() async throws {
    for (folder, count) in [("v1", 10), ("v2", 12), ("v3", 10)] {
      for month in ["2019-01", "2019-02"] { try space.burglaries(folder, month, month == "2019-01" ? count : 20) }
    }
    func oxford(_ asOf: String? = nil) async throws -> [Double]? {
      try await space.read(asOf: asOf).values("Oxford", "Burglary")
    }
    try await space.ingest([space.folder("v1")], vintage: "2019-02")
    #expect(try await oxford() == [10, 20])
    let second = try await space.ingest([space.folder("v2")], vintage: "2019-03")
    #expect(second.files.map(\.status) == [.revised, .unchanged])
    #expect(second.files.map(\.previous) == ["2019-02", "2019-02"])
    #expect(try await oxford() == [12, 20])
    // Back to the first counts: the latest vintage decides.
    try await space.ingest([space.folder("v3")], vintage: "2019-04")
    #expect(try await oxford() == [10, 20])
    #expect(try await oxford("2019-03") == [12, 20])
    #expect(try await oxford("2019-02") == [10, 20])
    // Counts that are known already take no room.
    #expect(try space.dump().count { $0.hasPrefix("content ") } == 3)
    #expect(try await space.read().accounting.read == 30)
    #expect(try await space.read().notes.contains { $0.code == "other-vintages" })
  }

  @Test func anOlderVintageMayComeLater() async throws {
    for (folder, count) in [("new", 12), ("old", 9)] { try space.burglaries(folder, "2019-01", count) }
    try await space.ingest([space.folder("new")], vintage: "2019-06")
    #expect(try await space.ingest([space.folder("old")], vintage: "2019-02").files.map(\.status) == [.new])
    #expect(try await space.read().values("Oxford", "Burglary") == [12])
    #expect(try await space.read(asOf: "2019-03").values("Oxford", "Burglary") == [9])
    // Of one vintage the later ingest is the newer.
    try space.burglaries("again", "2019-01", 11)
    #expect(try await space.ingest([space.folder("again")], vintage: "2019-06").files.map(\.status) == [.revised])
    #expect(try await space.read().values("Oxford", "Burglary") == [11])
  }

  @Test func asOfFallsBackOnTheEarliestVintageAndSaysSo() async throws {
    try space.burglaries("a", "2019-01", 5)
    try space.burglaries("a", "2019-02", 6)
    try await space.ingest([space.folder("a")], vintage: "2020-01")
    let then = try await space.read(asOf: "2019-01")
    #expect(then.values("Oxford", "Burglary") == [5, 6])
    #expect(then.notes.contains(.vintages(.laterVintage(1, of: .file))))
    #expect(try await space.read(asOf: "2020-01").notes.contains { $0.code == "later-vintage" } == false)
  }

  @Test func valuesOfTablesAreSupersededOneByOne() async throws {
    let first = try space.write("a.csv", "unique_id,ds,y\nA|x,2019-01,1\nA|x,2019-02,2\nB|x,2019-01,3\n")
    let second = try space.write("b.csv", "unique_id,ds,y\nA|x,2019-02,5\nA|x,2019-03,*\n")
    try await space.ingest([first])
    try await space.ingest([second])
    var data = try await space.read()
    #expect(data.values("A", "x")?[..<2] == [1, 5] && data.values("A", "x")?[2].isNaN == true)
    #expect(data.values("B", "x") == [3])
    #expect(data.accounting.read == 4 && data.accounting.balances)
    data = try await space.read(asOf: "2019-02")
    #expect(data.values("A", "x")?[..<2] == [1, 2])
    #expect(data.notes.contains { $0.code == "later-vintage" } == false)
  }

  @Test func storesMixWithOtherInputs() async throws {
    try space.burglaries("a", "2019-01", 5)
    try space.burglaries("b", "2019-02", 7)
    try await space.ingest([space.folder("a")])
    let both = try await space.read([space.folder("b"), space.store])
    let plain = try await space.read([space.folder("a"), space.folder("b")])
    #expect(both.described() == plain.described())
  }

  @Test func totalsByVintageShowRevisions() async throws {
    try space.burglaries("v1", "2019-01", 10)
    try space.burglaries("v2", "2019-01", 13)
    try space.burglaries("v2", "2019-02", 8)
    try await space.ingest([space.folder("v1")])
    try await space.ingest([space.folder("v2")])
    let totals = try Store(reading: space.store).revisions()
    #expect(totals.map(\.total) == [10, 13, 8] && totals.map(\.vintage.label) == ["2019-01", "2019-02", "2019-02"])
    #expect(Set(totals.map(\.source)) == ["thames-valley"] && totals[0].period == .month(2019, 1))
  }

  @Test func totalsOfTablesAddUpAreas() async throws {
    let first = try space.write("a.csv", "unique_id,ds,y\nA|x,2019-01,1\nB|x,2019-01,3\nC,2019-01,4\nA|x,2019-02,9\n")
    let second = try space.write("b.csv", "unique_id,ds,y\nA|x,2019-01,2\nB|x,2019-01,NA\nB|x,2019-03,NA\n")
    try await space.ingest([first])
    try await space.ingest([second])
    let totals = try Store(reading: space.store).revisions()
    #expect(totals.map(\.measure) == ["C", "x", "x", "x"])
    #expect(totals.map(\.total) == [4, 4, 2, 9] && totals.map(\.values) == [1, 2, 1, 1])
  }
}
