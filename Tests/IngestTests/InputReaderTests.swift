import CommunitySafety
import Diagnostics
import Foundation
import Synchronization
import Testing

@testable import Ingest

@Suite struct InputReaderTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func missingFileAndNoInput() async throws {
    let missing = try #require(try await failure(["/no/such/file.csv"]))
    #expect(missing.kind == .noInput && missing.location?.file == "/no/such/file.csv")
    #expect(try await failure([])?.kind == .usage)
    let empty = try space.write("empty/readme.txt", "x")
    #expect(try await failure([String(empty.dropLast("/readme.txt".count))])?.kind == .data)
  }

  @Test func emptyHeaderOnlyAndWrongHeader() async throws {
    let empty = try #require(try await failure([try space.write("e.csv", "")]))
    #expect(empty.kind == .data && empty.message == "the file is empty" && empty.remedy != nil)
    for header in [Street.header, "unique_id,ds,y", "area,measure,period,count"] {
      let error = try #require(try await failure([try space.write("h.csv", header + "\n")]))
      #expect(error.kind == .data && error.message.contains("header and no rows") && error.remedy != nil)
    }
    let street = try #require(
      try await failure([try space.write("w.csv", "Crime ID,Reported by,LSOA name\n1,2,3\n")]))
    #expect(street.message.contains("Month, Crime type") && street.message.contains("found: Crime ID, Reported by"))
    let long = try #require(try await failure([try space.write("l.csv", "area,measure,when,count\n1,2,3,4\n")]))
    #expect(long.message.hasPrefix("the column period of a long table"))
    let other = try #require(try await failure([try space.write("o.csv", "foo;bar\n1;2\n")]))
    #expect(other.kind == .data && other.message.contains("found: foo, bar"))
    let outcomes = try #require(
      try await failure([try space.write("x.csv", "Crime ID,Month,LSOA name,Outcome type\n,,,\n")]))
    #expect(outcomes.message.contains("outcomes file"))
  }

  @Test func badMonthIsLocated() async throws {
    for month in ["2019-13", "06/2019", "Jun-19", "", "2019-6", "0001-01", "2019-061"] {
      let rows = [Street.row("2019-06", "Oxford 008B", "Drugs"), Street.row(month, "Oxford 008B", "Drugs")]
      let path = try space.write("2019-06-thames-valley-street.csv", Street.file(rows))
      let error = try #require(try await failure([path]))
      #expect(error.kind == .data && error.remedy != nil)
      #expect(error.location == .init(file: path, line: 3, column: 2))
    }
  }

  @Test func raggedRowsAndBadText() async throws {
    let short = try space.write("a.csv", Street.file(["x,2019-06"]))
    #expect(try await failure([short])?.message == "the row has 2 fields where the header has 12")
    let latin =
      Array(Street.header.utf8) + [10]
      + Array(Street.row("2019-06", "Ox#ord 001A", "Drugs").utf8).map {
        $0 == 35 ? 0xE9 : $0
      }
    let error = try #require(try await failure([try space.write("b.csv", latin)]))
    #expect(error.message.contains("UTF-8") && error.location?.line == 2 && error.location?.column == 9)
    let binary = try space.write("c.csv", [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 1])
    #expect(try await failure([binary])?.message.contains("NUL") == true)
    let nul = try #require(
      try await failure([try space.write("n.csv", "unique_id,ds,y\nA,2019-01,1\nA\0,2019-02,1\n")]))
    #expect(nul.message.contains("NUL") && nul.location?.line == 3)
  }

  @Test func kindsDoNotMix() async throws {
    let street = try space.write("2019-06-x-street.csv", Street.file(Street.rows(1, "2019-06", "Oxford 001A")))
    let long = try space.write("long.csv", "unique_id,ds,y\nA,2019-06,1\n")
    let error = try #require(try await failure([street, long]))
    #expect(error.kind == .usage && error.message.contains("several kinds"))
  }

  @Test func threadsDoNotMatter() async throws {
    for month in 1...9 {
      let rows = Street.rows(month, "2019-0\(month)", "Oxford 008B") + Street.rows(2, "2019-0\(month)", "Swindon 001A")
      try space.write("2019-0\(month)-thames-valley-street.csv", Street.file(rows))
    }
    let one = try await read([space.root.path])
    for threads in [2, 3, 16] {
      let many = try await read([space.root.path]) { $0.threads = threads }
      #expect(many.panel.series == one.panel.series)
      #expect(many.notes == one.notes && many.sources == one.sources && many.accounting == one.accounting)
      #expect(many.completeness.cells == one.completeness.cells)
    }
  }

  @Test func firstErrorWinsWhateverTheThreads() async throws {
    for month in 1...9 {
      let bad = month == 4 || month == 5 || month == 8
      let rows = Street.rows(20, bad ? "oops" : "2019-0\(month)", "Oxford 008B")
      try space.write("2019-0\(month)-thames-valley-street.csv", Street.file(rows))
    }
    for threads in [1, 2, 4, 8] {
      let error = try #require(try await failure([space.root.path]) { $0.threads = threads })
      #expect(error.location?.file.hasSuffix("2019-04-thames-valley-street.csv") == true)
    }
  }

  @Test func progressRisesToItsTotal() async throws {
    let path = try space.zip(
      "a.zip",
      (1...3).map {
        ("2019-0\($0)-thames-valley-street.csv", Street.file(Street.rows(50, "2019-0\($0)", "Oxford 008B")))
      })
    let seen = Mutex<[(Int, Int)]>([])
    _ = try await read([path]) { $0.progress = { done, total in seen.withLock { $0.append((done, total)) } } }
    let calls = seen.withLock { $0 }
    #expect(zip(calls, calls.dropFirst()).allSatisfy { $0.0 < $1.0 })
    #expect(calls.last.map { $0.0 == $0.1 } == true)
  }
}
