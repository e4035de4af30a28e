import CommunitySafety
import Testing
import TimeSeries

@testable import Ingest

@Suite struct StreetTrustTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  /// A year of files with these rows a month, by type.
  private func year(_ counts: [(type: String, rows: [Int])]) async throws -> IngestedData {
    for month in 0..<12 {
      let name = "2019-\(month < 9 ? "0" : "")\(month + 1)"
      let rows = counts.flatMap { Street.rows($0.rows[month], name, "Oxford 008B", $0.type) }
      try space.write("\(name)/\(name)-thames-valley-street.csv", Street.file(rows))
    }
    return try await read([space.root.path])
  }

  private func series(_ data: IngestedData, _ measure: String) throws -> Series {
    try #require(data.panel[SeriesKey(area: "Oxford", measure: measure)])
  }

  @Test func aTypeAForceForgotIsNotZero() async throws {
    let data = try await year([
      ("Burglary", [40, 41, 39, 42, 38, 0, 40, 44, 37, 41, 40, 39]),
      ("Shoplifting", [60, 61, 59, 62, 58, 60, 60, 64, 57, 61, 60, 0]),
      // Too few for a zero to be strange, ended, and begun.
      ("Robbery", [3, 2, 4, 0, 3, 2, 1, 3, 2, 0, 4, 3]),
      ("Drugs", [50, 51, 49, 52, 48, 50, 50, 54, 0, 0, 0, 0]),
      ("Public order", [0, 0, 45, 46, 44, 45, 45, 47, 45, 44, 45, 45]),
      ("Other theft", [Int](repeating: 200, count: 12)),
    ])
    #expect(try series(data, "Burglary").partial == [5])
    #expect(try series(data, "Burglary").values[5] == 0)
    #expect(try series(data, "Burglary").trusted.values[5].isNaN)
    #expect(try series(data, "Shoplifting").partial == [11])
    for measure in ["Robbery", "Drugs", "Public order", "Other theft"] {
      #expect(try series(data, measure).partial.isEmpty, "\(measure)")
    }
    let notes = data.notes.filter { $0.code == "absent-type" }
    #expect(notes.count == 2)
    #expect(notes.contains { $0.scope.measures == ["Burglary"] && $0.scope.periods == [.month(2019, 6)] })
  }

  @Test func aHalfLoadedMonthIsPartialForEveryType() async throws {
    let data = try await year([
      ("Burglary", [200, 205, 195, 202, 198, 201, 199, 90, 204, 200, 197, 203]),
      ("Robbery", [20, 21, 19, 22, 18, 21, 19, 9, 20, 20, 19, 20]),
    ])
    #expect(try series(data, "Burglary").partial == [7])
    #expect(try series(data, "Robbery").partial == [7])
    #expect(data.completeness.doubtful.map(\.status) == [.partial])
  }

  @Test func typesOfTheOtherTaxonomyAreMissingNotZero() async throws {
    let old = [Int](repeating: 50, count: 6) + [Int](repeating: 0, count: 6)
    let data = try await year([
      ("Violent crime", old), ("Violence and sexual offences", old.reversed()),
      ("Burglary", [Int](repeating: 30, count: 12)),
    ])
    #expect(try series(data, "Violent crime").values.map(\.isNaN) == old.map { $0 == 0 })
    #expect(try series(data, "Violence and sexual offences").values.map(\.isNaN) == old.map { $0 > 0 })
    #expect(try series(data, "Burglary").observedCount == 12)
    #expect(data.codes(.warning).contains("retired-type"))
    #expect(data.accounting.counted == 12 * 80)
  }
}
