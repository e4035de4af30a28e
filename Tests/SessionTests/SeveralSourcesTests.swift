import CommunitySafety
import Diagnostics
import Ingest
import Session
import Testing
import TimeSeries

/// Police, council and health figures together, each with its source.
@Suite struct SeveralSourcesTests {
  private let workspace: Workspace
  private let register: String

  init() throws {
    workspace = try Workspace()
    func entry(_ id: String, _ sharing: String) -> String {
      """
        - id: \(id)
          name: Figures of \(id)
          matches: ["\(id)*.csv"]
          owner: The \(id) board
          sharing: \(sharing)
          retention: two years
          cadence: monthly
          supports: [counts]
          cannot_support: [anything by person]
          licence: Sharing agreement

      """
    }
    register = try workspace.write(
      "sources.yaml", "sources:\n" + entry("council", "public") + entry("health", "restricted"))
  }

  /// A table of a measure in these areas from January 2019.
  private func table(
    _ name: String, _ measure: String, areas: [String] = ["North", "South"], months: Int = 36, add: Int = 0
  ) throws -> String {
    let rows = areas.flatMap { area in
      (0..<months).map { "\(area),\(measure),\(Workspace.month($0)),\(20 + ($0 * 7) % 9 + add)" }
    }
    return try workspace.write(name, (["area,measure,period,count"] + rows).joined(separator: "\n") + "\n")
  }

  private func open(
    _ inputs: [String], _ change: (inout SessionOptions) -> Void = { $0.audience = .internal }
  ) async throws -> Session {
    var options = SessionOptions(inputs: inputs)
    options.sources = register
    change(&options)
    return try await Session(options)
  }

  private func clashes(_ session: Session) -> [FileNote.Clash] {
    session.data.notes.compactMap { if case .files(.clash(let clash)) = $0 { clash } else { nil } }
  }

  @Test func eachMeasureKeepsItsSource() async throws {
    let session = try await open([
      try table("council.csv", "Fly-tipping"), try table("health.csv", "Assault attendances", months: 30),
    ])
    #expect(session.data.panel.measures == ["Fly-tipping", "Assault attendances"])
    #expect(session.data.filesOf == ["Fly-tipping": ["council.csv"], "Assault attendances": ["health.csv"]])
    #expect(session.data.sources.map(\.name) == ["council.csv", "health.csv"])
    #expect(session.data.accounting.balances && session.data.accounting.read == 132 && clashes(session).isEmpty)
  }

  /// Of one measure that two report the one given first counts, whole, and the difference is said.
  @Test func whereTwoDisagreeTheFirstCounts() async throws {
    let council = try table("council.csv", "Fly-tipping")
    let health = try table("health.csv", "Fly-tipping", areas: ["North"], months: 40, add: 3)
    for (inputs, value, length) in [([council, health], 20.0, 36), ([health, council], 23, 40)] {
      let session = try await open(inputs)
      let north = try #require(session.data.panel.series.first { $0.key.area == "North" })
      #expect(north.values.first == value && north.count == length, "nothing is spliced")
      let clash = try #require(clashes(session).first)
      #expect(clash.areas == ["North"] && clash.periods == 36 && clash.differing == 36 && clash.largest.magnitude == 3)
      #expect(session.warnings.contains(.files(.clash(clash))))
      #expect(session.data.panel.series.contains { $0.key.area == "South" })
    }
    let same = try await open([council, try table("health.csv", "Fly-tipping", areas: ["North"])])
    #expect(clashes(same).map(\.differing) == [0] && same.warnings.isEmpty)
  }

  /// The sharing flag of each source is held by itself.
  @Test func oneSourceThatMayNotBeSeenRefusesTheRun() async throws {
    let inputs = [try table("council.csv", "Fly-tipping"), try table("health.csv", "Assault attendances")]
    let error = try await failure { try await open(inputs) { $0.audience = .partners } }
    #expect(error?.kind == .data && error?.description.contains("Figures of health") == true)
    #expect(try await failure { try await open([inputs[0]]) { $0.audience = .public } } == nil)
  }

  @Test func anArchiveAndATableStandTogether() async throws {
    let header =
      "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
      + "Last outcome category,Context\n"
    let street = try (1...3).map { month in
      try workspace.write(
        "2019-0\(month)-thames-valley-street.csv",
        header
          + (0..<month).map { _ in
            ",2019-0\(month),Thames Valley Police,Thames Valley Police,,,On or near,E01028520,Oxford 008B,Burglary,,\n"
          }.joined())
    }
    let council = try table("council.csv", "Fly-tipping", areas: ["Oxford", "Cherwell"], months: 3)
    let session = try await open(street + [council])
    #expect(session.data.kind == .policeUK)
    #expect(session.data.panel.series.map(\.key.measure) == ["Burglary", "Fly-tipping", "Fly-tipping"])
    #expect(session.data.areas["Oxford"]?.csp == "Oxford City")
    // Areas that are asked for are those of the first source.
    let only = try await open(street + [council]) {
      $0.audience = .internal
      $0.ingest.areas = ["Oxford"]
    }
    #expect(Set(only.data.panel.areas) == ["Oxford"] && only.data.panel.series.count == 2)
  }

  @Test func frequenciesDoNotMix() async throws {
    let quarters = (0..<12).map { "North,Referrals,\(2019 + $0 / 4)Q\($0 % 4 + 1),\(20 + $0)" }
    let health = try workspace.write(
      "health.csv", (["area,measure,period,count"] + quarters).joined(separator: "\n") + "\n")
    let council = try table("council.csv", "Fly-tipping")
    let error = try await failure { try await open([council, health]) }
    #expect(error?.kind == .usage && error?.description.contains("by month and by quarter") == true)
    #expect(error?.description.contains("health.csv") == true)
  }
}
