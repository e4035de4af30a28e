import CommunitySafety
import Diagnostics
import Ingest
import Session
import Testing
import TimeSeries

@Suite struct SessionTests {
  private let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private func open(_ input: String, _ change: (inout SessionOptions) -> Void = { _ in }) async throws -> Session {
    var options = SessionOptions(inputs: [input])
    change(&options)
    return try await Session(options)
  }

  @Test func withoutOptionsEverythingIsUsed() async throws {
    let session = try await open(try workspace.table())
    #expect(session.panel.series.map(\.key) == session.data.panel.series.map(\.key))
    #expect(session.panel.series.map(\.count) == [48, 48] && session.style == .yearMonth)
    #expect(session.asOf == nil && session.lateReports == nil && session.completeness.isWhole)
    let configuration = session.configuration
    #expect(configuration.horizon == 12 && configuration.asOf == nil && configuration.withoutBreaks == [])
    #expect(configuration.audience == .partners)
  }

  @Test func asOfLeavesOutWhatCameLater() async throws {
    let session = try await open(try workspace.table()) { $0.asOf = "2021-06" }
    #expect(session.asOf == .month(2021, 6))
    #expect(session.panel.span == .month(2019, 1)...(.month(2021, 6)))
    #expect(session.data.panel.span == session.panel.span)
    #expect(session.configuration.asOf == session.asOf)
  }

  @Test(arguments: [
    ("summer", HorizonError.Kind.usage, "--as-of summer is no month"),
    ("2018-12", .data, "--as-of 2018-12 is before the data begins in 2019-01"),
  ])
  func anAsOfThatCannotBeIsAnError(_ asOf: String, _ kind: HorizonError.Kind, _ words: String) async throws {
    let input = try workspace.table()
    let error = try await failure { try await open(input) { $0.asOf = asOf } }
    #expect(error?.kind == kind && error?.description.contains(words) == true)
  }

  @Test func aYearIsThatOfTheData() async throws {
    let rows = (0..<12).map { "North|Burglary,\(2019 + $0 / 4)Q\($0 % 4 + 1),\(20 + $0)" }
    let input = try workspace.write("q.csv", (["unique_id,ds,y"] + rows).joined(separator: "\n"))
    #expect(try await open(input).configuration.horizon == 4)
  }

  @Test func rowsWithoutAPlaceAreDataButNoSeriesOfAnArea() async throws {
    let header =
      "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
      + "Last outcome category,Context\n"
    func row(_ place: String) -> String {
      ",2024-01,Thames Valley Police,Thames Valley Police,,,No Location,\(place),Burglary,,\n"
    }
    let input = try workspace.write(
      "2024-01-thames-valley-street.csv", header + row("E01028520,Oxford 008B") + row(","))
    let session = try await open(input)
    #expect(session.data.areas.values.contains { $0.level == .residual })
    #expect(Set(session.panel.areas) == ["Oxford"])
    #expect(session.data.panel.areas.count == 2)
  }

  @Test func anAudienceThatMayNotSeeASourceGetsNoSession() async throws {
    let input = try workspace.table()
    let error = try await failure { try await open(input) { $0.audience = .public } }
    #expect(error?.kind == .data)
    let session = try await open(input) { $0.audience = .internal }
    #expect(session.configuration.audience == .internal)
    #expect(session.data.notes.contains { $0.code == "unregistered-source" } && session.warnings.isEmpty)
  }

  @Test func aKeyThatIsTooShortIsRefused() async throws {
    let (input, key) = (try workspace.table(), try workspace.write("key", "fifteen letters\r\n"))
    let error = try await failure { try await open(input) { $0.pseudonymKey = key } }
    #expect(error?.kind == .data && error?.description.contains("16 to 4096") == true)
    let longer = try workspace.write("key", "sixteen letters!\r\n")
    _ = try await open(input) { $0.pseudonymKey = longer }
  }
}
