import CommunitySafety
import Diagnostics
import Testing

@testable import Ingest

@Suite struct PersonalDataGuardTests {
  let space: Workspace
  private static let header = "source,incident_ref,date_occurred,category,area_code,person_pseudonym,extra"

  init() throws { space = try Workspace() }

  /// The error of an extract of 300 incidents whose further column and area hold what `cells` gives for a row, if any.
  private func failure(
    header: String = header, area: (Int) -> String = { _ in "E07000178" }, ref: (Int) -> String = { "R\($0)" },
    _ cell: (Int) -> String
  ) async throws -> HorizonError? {
    let rows = (0..<300).map {
      "council,\(ref($0)),2024-0\(1 + $0 / 60)-1\($0 % 10),ASB,\(area($0)),Pa\($0 % 40),\(cell($0))"
    }
    let path = try space.write("extract.csv", ([header] + rows).joined(separator: "\n"))
    return try await IngestTests.failure([path])
  }

  @Test func oneCertainFieldAnywhereStopsTheRunWithoutRepeatingIt() async throws {
    for (value, kind) in [
      ("j.smith@example.org", "e-mail"), ("07700 900123", "telephone"), ("OX4 1AB", "postcodes"),
      ("12 High Street", "addresses"), ("Mrs Jones called", "names"),
    ] {
      let error = try #require(try await failure { $0 == 277 ? value : "note \($0)" })
      #expect(error.kind == .data && error.location?.line == 279 && error.location?.column == 7)
      #expect(error.message.contains(kind) && error.message.contains("\"extra\""))
      #expect(!"\(error)".contains(value))
    }
    let area = try #require(try await failure(area: { $0 == 200 ? "14 Marsh Lane" : "E07000178" }) { _ in "" })
    #expect(area.location?.column == 5 && area.location?.line == 202)
  }

  @Test func namesAndBirthsNeedAGoodPartOfTheColumn() async throws {
    #expect(try await failure { $0 == 5 ? "John Smith" : "youths" } == nil)
    let names = try #require(try await failure { $0 % 4 == 0 ? "John Smith" : "youths" })
    #expect(names.message.contains("names of people") && names.location?.line == 2 && !"\(names)".contains("Smith"))
    #expect(try await failure { _ in "2024-01-05" } == nil)
    let births = try #require(try await failure { "19\(60 + $0 % 30)-03-0\(1 + $0 % 9)" })
    #expect(births.message.contains("dates of birth"))
  }

  @Test func namesOfColumnsAreEnough() async throws {
    let error = try #require(
      try await failure(header: PersonalDataGuardTests.header.replacing("extra", with: "Victim DOB")) { _ in "" })
    #expect(error.location == .init(file: error.location?.file ?? "", line: 1, column: 7))
  }

  @Test func referencesMayLookLikeAnything() async throws {
    #expect(try await failure(ref: { "0186549\(1000 + $0)" }) { _ in "" } == nil)
    #expect(try await failure(ref: { $0 % 5 == 0 ? "OX41AB" + "\($0)" : "B\($0)" }) { _ in "OX4 1" } == nil)
    // A column of mobile numbers is no column of references.
    let phones = try #require(try await failure(ref: { "07700\(900_000 + $0)" }) { _ in "" })
    #expect(phones.location?.column == 2)
  }
}
