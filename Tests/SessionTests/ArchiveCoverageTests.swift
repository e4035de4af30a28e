import CommunitySafety
import Diagnostics
import Ingest
import Session
import Testing
import TimeSeries
import VintageStore

/// What is known of the archive beside a run's own files: in the model file, in a store, in the Home Office's tables.
@Suite struct ArchiveCoverageTests {
  private let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private func street(_ force: String, _ month: String, _ rows: Int, lsoa: String = "Oxford 008B") throws -> String {
    let header =
      "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"
    let row = ",\(month),\(force),\(force),,,,,\(lsoa),Burglary,,"
    return try workspace.write(
      "\(month)-\(ForceName.slug(ofName: force))-street.csv",
      ([header] + [String](repeating: row, count: rows)).joined(separator: "\n") + "\n")
  }

  private func open(_ inputs: [String], _ change: (inout SessionOptions) -> Void = { _ in }) async throws -> Session {
    var options = SessionOptions(inputs: inputs)
    change(&options)
    return try await Session(options)
  }

  private func remarks(_ session: Session, _ source: String, _ month: Period) -> [ArchiveRemark] {
    session.data.completeness.remarks[.init(source: source, period: month)] ?? []
  }

  @Test func monthsThatTheArchiveIsKnownToLackAreSaidToBeKnown() async throws {
    let inputs = try ["2025-08", "2025-11"].map { try street("Gwent Police", $0, 40, lsoa: "Newport 001A") }
    let session = try await open(inputs)
    #expect(remarks(session, "gwent", .month(2025, 8)).isEmpty)
    guard case .known(let entry) = remarks(session, "gwent", .month(2025, 10)).first else {
      Issue.record("October 2025 is listed as absent")
      return
    }
    #expect(entry.state == .absent && entry.isToBeChecked)
    // It is there after all: filled since the list was made.
    guard case .filled = remarks(session, "gwent", .month(2025, 11)).first else {
      Issue.record("November 2025 is listed as absent, and is there")
      return
    }
  }

  @Test func aMonthThatIsHeldInPartIsKnownToBeSo() async throws {
    let inputs = [try street("Greater Manchester Police", "2019-03", 40, lsoa: "Bolton 001A")]
    guard case .known(let entry) = remarks(try await open(inputs), "greater-manchester", .month(2019, 3)).first else {
      Issue.record("March 2019 is listed as partial")
      return
    }
    #expect(entry.state == .partial)
  }

  @Test func aCalendarOfOnesOwnIsUsed() async throws {
    _ = try workspace.write(
      "coverage.yaml", "coverage:\n  - {force: gwent, from: 2025-08, state: partial, note: n, source: s}\n")
    let inputs = try ["2025-08", "2025-11"].map { try street("Gwent Police", $0, 40, lsoa: "Newport 001A") }
    let session = try await open(inputs) { $0.models = workspace.root.path }
    #expect(session.data.completeness.remarks.count == 1 && !remarks(session, "gwent", .month(2025, 8)).isEmpty)
  }

  /// The first vintage reaches to June without May; the second has it.
  @Test func whatALaterVintageAddsIsBackFilled() async throws {
    let registry = try ReferenceFiles.load().areas
    func ingest(_ months: [String], _ vintage: String) async throws {
      let files = try months.map { try street("Thames Valley Police", $0, 40) }
      _ = try await Store.ingest(
        files, into: workspace.path("s.sqlite"), settings: .init(vintage: vintage, horizonVersion: "test", wait: 1),
        options: IngestOptions(), registry: registry)
    }
    try await ingest(["2020-04", "2020-06"], "2020-07")
    try await ingest(["2020-04", "2020-05", "2020-06", "2020-07"], "2020-08")
    let session = try await open([workspace.path("s.sqlite")])
    #expect(remarks(session, "thames-valley", .month(2020, 5)) == [.backFilled(since: "2020-08")])
    // July came in its own time, and April was always there.
    for month in [4, 6, 7] { #expect(remarks(session, "thames-valley", .month(2020, month)).isEmpty) }
  }

  private func table(_ rows: [(year: String, quarter: Int, count: Int)], csp: String = "Oxford City") throws -> String {
    let header =
      "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Description,Offence Group,Offence Subgroup,Offence Code,Offence Count"
    let lines = rows.map {
      "\($0.year),\($0.quarter),Thames Valley,\(csp),Burglary,Theft offences,Burglary,28,\($0.count)"
    }
    let fraud = "2020/21,1,Thames Valley,\(csp),Fraud,Fraud offences,Fraud offences,53,9999"
    return try workspace.write("prc.csv", ([header] + lines + [fraud]).joined(separator: "\n") + "\n")
  }

  @Test(arguments: [(40, RecordedShare.State.present, 1.0), (20, .partial, 0.5), (38, .present, 0.95)])
  func recordedCrimeSaysHowMuchTheArchiveHolds(rows: Int, state: RecordedShare.State, share: Double) async throws {
    let inputs = try (4...9).map { try street("Thames Valley Police", "2020-0\($0)", rows) }
    let path = try table([("2020/21", 1, 120), ("2020/21", 2, 120), ("2020/21", 3, 120), ("2019/20", 4, 120)])
    let recorded = try await open(inputs) { $0.recordedCrime = path }.data.completeness.recorded
    // Two quarters lie within the archive's span; fraud is in no force's files.
    let year = Period(.financialYearly, containing: Period.month(2020, 4).firstDay)
    #expect(
      recorded == [
        .init(force: "thames-valley", year: year, recorded: 240, archived: 6 * rows, quarters: 2, months: 6)
      ])
    #expect(recorded.first?.state == state && recorded.first?.share == share)
  }

  @Test func monthsWithoutAFileLowerTheShareAndAreCounted() async throws {
    let inputs = try [4, 5, 6, 9].map { try street("Thames Valley Police", "2020-0\($0)", 40) }
    let path = try table([("2020/21", 1, 120), ("2020/21", 2, 120)])
    let session = try await open(inputs) { $0.recordedCrime = path }
    let recorded = try #require(session.data.completeness.recorded.first)
    #expect(recorded.months == 4 && recorded.archived == 160 && recorded.state == .partial)
    #expect(session.data.sources.map(\.name).contains("prc.csv"))
  }

  @Test func aTableOfOtherYearsIsSaidToSayNothing() async throws {
    let inputs = try (4...9).map { try street("Thames Valley Police", "2021-0\($0)", 40) }
    let years = try table([("2015/16", 1, 120)])
    let session = try await open(inputs) { $0.recordedCrime = years }
    let note = try #require(session.data.notes.first { $0.code == "recorded-crime-elsewhere" })
    #expect(session.data.completeness.recorded.isEmpty && note.severity == .warning)
    func quarter(_ year: Int) -> Period { Period(.quarterly, containing: Period.month(year, 4).firstDay) }
    #expect(
      note
        == .street(
          .recordedCrimeElsewhere(first: quarter(2015), last: quarter(2020), forces: ["Thames Valley"])))
  }

  @Test(
    arguments: [
      (nil, ["gwent", "thames-valley"]), (["Oxford"], ["thames-valley"]), (["Gwent"], ["gwent"]),
    ] as [([String]?, [String])])
  func onlyForcesAskedForAreCompared(areas: [String]?, forces: [String]) async throws {
    let inputs =
      try (4...6).map { try street("Thames Valley Police", "2020-0\($0)", 40) }
      + (4...6).map { try street("Gwent Police", "2020-0\($0)", 40, lsoa: "Newport 001A") }
    let path = try workspace.write(
      "both.csv",
      "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Group,Offence Subgroup,Offence Count\n"
        + "2020/21,1,Thames Valley,Oxford City,Theft offences,Burglary,120\n"
        + "2020/21,1,Gwent,Newport,Theft offences,Burglary,130\n")
    let session = try await open(inputs) {
      $0.recordedCrime = path
      $0.ingest.areas = areas
    }
    #expect(session.data.completeness.recorded.map(\.force) == forces)
  }

  @Test func anythingElseIsRefused() async throws {
    let prc = try table([("2020/21", 1, 120)])
    let error = try await failure {
      let inputs = [try workspace.table()]
      return try await open(inputs) { $0.recordedCrime = prc }
    }
    #expect(error?.kind == .usage)
    let street = try street("Thames Valley Police", "2020-04", 40)
    let other = try workspace.table("other.csv")
    #expect(try await failure { try await open([street]) { $0.recordedCrime = other } }?.kind == .usage)
    #expect(
      try await failure { try await open([street]) { $0.recordedCrime = workspace.path("none.csv") } }?.kind == .noInput
    )
  }
}
