import CommunitySafety
import Testing

@testable import Ingest

@Suite struct StreetSelectionTests {
  let space: Workspace
  let name = "2019-06-thames-valley-street.csv"

  init() throws { space = try Workspace() }

  @Test func sameFileInTwoArchivesCountsOnce() async throws {
    let text = Street.file(Street.rows(5, "2019-06", "Oxford 008B"))
    let a = try space.zip("a.zip", [(name, text)])
    let b = try space.zip("b.zip", [("x/\(name)", text)])
    let c = try space.write("c/\(name)", text)
    let data = try await read([a, b, c])
    // A file is told from another of its length whether or not digests are taken.
    #expect(try await read([a, b, c]) { $0.digests = false }.accounting == data.accounting)
    #expect(data.values("Oxford", "Burglary") == [5])
    #expect(data.accounting.read == 15)
    #expect(data.accounting.setAside == ["repeated file": 10])
    #expect(data.accounting.balances)
    // Notes do not tell where the inputs lay.
    #expect(
      data.note("duplicate-file")
        == .street(
          .repeatedFiles([
            .init(file: "b.zip!x/\(name)", first: "a.zip!\(name)"), .init(file: name, first: "a.zip!\(name)"),
          ])))
  }

  @Test func laterOfTwoVersionsWins() async throws {
    let a = try space.write("a/\(name)", Street.file(Street.rows(5, "2019-06", "Oxford 008B")))
    let b = try space.write("b/\(name)", Street.file(Street.rows(7, "2019-06", "Oxford 008B")))
    let data = try await read([a, b])
    #expect(data.values("Oxford", "Burglary") == [7])
    #expect(data.accounting.setAside == ["superseded file": 5])
    #expect(data.accounting.balances)
    #expect(data.codes(.warning).contains("superseded-file"))
    #expect(try await read([b, a]).values("Oxford", "Burglary") == [5])
  }

  @Test func sameContentUnderAnotherForceIsCountedAndNoted() async throws {
    let text = Street.file(Street.rows(5, "2019-06", "Oxford 008B"))
    let a = try space.write(name, text)
    let b = try space.write("2019-06-merseyside-street.csv", text)
    let data = try await read([a, b])
    #expect(data.codes(.warning).contains("same-content-other-force"))
    #expect(data.accounting.counted == 5)
    #expect(data.accounting.residual == ["outside the force": 5])
  }

  @Test func rowsOfAnotherMonthCountThereIfThatMonthIsThere() async throws {
    let may = try space.write(
      "2019-05-thames-valley-street.csv", Street.file(Street.rows(20, "2019-05", "Oxford 008B")))
    let june = try space.write(
      name,
      Street.file(
        Street.rows(30, "2019-06", "Oxford 008B") + Street.rows(2, "2019-05", "Oxford 008B")
          + Street.rows(1, "2019-04", "Oxford 008B")))
    let data = try await read([may, june])
    #expect(data.values("Oxford", "Burglary") == [22, 30])
    #expect(data.note("other-month") == .street(.otherMonth(rows: 2)))
    #expect(data.accounting.setAside == ["month without a file of its own": 1])
    #expect(data.accounting.balances)
  }

  @Test func oneFileOfSeveralMonthsAndForces() async throws {
    let rows =
      Street.rows(5, "2019-05", "Oxford 008B") + Street.rows(6, "2019-06", "Oxford 008B")
      + Street.rows(7, "2019-06", "Liverpool 001A", force: "Merseyside Police")
    let data = try await read([try space.write("all.csv", Street.file(rows))])
    #expect(data.values("Oxford", "Burglary") == [5, 6])
    let liverpool = try #require(data.values("Liverpool", "Burglary"))
    #expect(liverpool[0].isNaN && liverpool[1] == 7)
  }

  @Test func headerOnlyFileAmongOthersIsAbsent() async throws {
    let june = try space.write(name, Street.file(Street.rows(5, "2019-06", "Oxford 008B")))
    let july = try space.write("2019-07-thames-valley-street.csv", Street.file([]))
    let august = try space.write("2019-08-thames-valley-street.csv", "")
    let data = try await read([june, july, august])
    #expect(data.completeness.cells.count == 1)
    #expect(data.note("empty-file")?.scope.sources.count == 2)
  }

  @Test func everyForceMonthHasItsAccount() async throws {
    let may = Street.file(Street.rows(30, "2019-05", "Oxford 008B"))
    let first = try space.write("a/2019-05-thames-valley-street.csv", may)
    let again = try space.write("b/2019-05-thames-valley-street.csv", may)
    let unlocated = Street.rows(2, "2019-06", "")
    let june = try space.write(
      "2019-06-thames-valley-street.csv",
      Street.file(Street.rows(25, "2019-06", "Oxford 008B") + unlocated + Street.rows(1, "2019-03", "Oxford 008B")))
    let data = try await read([first, again, june])
    let accounts = try data.completeness.cells.map { try #require($0.account) }
    #expect(accounts.allSatisfy { $0.balances })
    #expect(
      accounts == [
        RowAccounting(read: 60, counted: 30, setAside: ["repeated file": 30]),
        RowAccounting(read: 27, counted: 25, residual: ["no location": 2]),
      ])
    // A row of March, of which no file vouches, is in no month of the calendar, only in the whole.
    #expect(data.accounting.setAside == ["repeated file": 30, "month without a file of its own": 1])
    #expect(data.accounting.read == 88 && data.accounting.balances)
  }
}
