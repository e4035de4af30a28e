import Diagnostics
import Foundation
import ModelFiles
import Session
import Testing
import TimeSeries

@Suite struct SessionBreaksTests {
  private let workspace: Workspace
  init() throws { workspace = try Workspace() }

  /// A calendar of one step in 2020-03, in North alone.
  private static let calendar = """
    breaks:
      - id: new-system
        from: 2020-03-15
        areas: [North]
        measures: [Burglary]
        kind: recording change
        note: new system
        source: made up
    """

  private func open(_ input: String, _ change: (inout SessionOptions) -> Void = { _ in }) async throws -> Session {
    var options = SessionOptions(inputs: [input])
    change(&options)
    return try await Session(options)
  }

  @Test func theBuiltInCalendarSaysNothingOfAreasItDoesNotKnow() async throws {
    let unknown = try await open(try workspace.table(areas: ["Narnia"]))
    #expect(unknown.reference.breaks.entries.isEmpty && unknown.interventions == Interventions())
    let known = try await open(try workspace.table(areas: ["Oxford"]))
    #expect(!known.reference.breaks.entries.isEmpty)
    #expect(!known.breaks(SeriesKey(area: "Oxford", measure: "Burglary")).isEmpty)
    // A total of the areas is as broken as one of them.
    let oxford = known.interventions[SeriesKey(area: "Oxford", measure: "Burglary")]
    #expect(!oxford.isEmpty && known.interventions[SeriesKey(area: "All areas", measure: "Burglary")] == oxford)
  }

  @Test func aCalendarOfOnesOwnHoldsForAnyArea() async throws {
    let file = try workspace.write("b.yaml", Self.calendar)
    let session = try await open(try workspace.table()) { $0.breaks = file }
    let (north, south) = (SeriesKey(area: "North", measure: "Burglary"), SeriesKey(area: "South", measure: "Burglary"))
    #expect(session.breaks(north).map(\.start) == [.month(2020, 3)] && session.breaks(south).isEmpty)
    #expect(session.interventions[north].map(\.label) == ["recording change: new system"])
    #expect(session.interventions[south].isEmpty)

    let without = try await open(try workspace.table()) {
      $0.breaks = file
      $0.withoutBreaks = ["new-system"]
    }
    #expect(without.interventions[north].isEmpty && without.configuration.withoutBreaks == ["new-system"])
  }

  /// The whole is as broken as the one area of it that the entry names, whether or not any file knows the area.
  @Test func aBreakInAnAreaThatNoFileKnowsReachesTheWhole() async throws {
    let file = try workspace.write("b.yaml", Self.calendar)
    let session = try await open(try workspace.table()) { $0.breaks = file }
    let whole = session.interventions[SeriesKey(area: "All areas", measure: "Burglary")]
    #expect(whole.map(\.start) == [.month(2020, 3)])
    let elsewhere = try workspace.write("c.yaml", Self.calendar.replacing("[North]", with: "[Nowhere]"))
    let other = try await open(try workspace.table()) { $0.breaks = elsewhere }
    #expect(other.interventions == Interventions())
  }

  @Test(arguments: [
    ("[North]", nil), ("[Nort]", ["Nort"]), ("[North, Atlantis]", ["Atlantis"]), ("[Oxford, thames-valley]", nil),
    ("[South and Vale, E07000178]", nil), ("[All areas]", nil),
  ]) func namesThatNothingKnowsAreSaid(areas: String, unknown: [String]?) async throws {
    let file = try workspace.write("b.yaml", Self.calendar.replacing("[North]", with: areas))
    let session = try await open(try workspace.table()) { $0.breaks = file }
    let said = session.warnings.compactMap { note in
      if case .areas(.unknownBreakNames(let entries)) = note { entries } else { nil }
    }
    #expect(said.count == (unknown == nil ? 0 : 1))
    #expect(
      said.first?.map(\.names) == unknown.map { [$0] }
        && said.first?.map(\.entry) == unknown.map { _ in ["new-system"] })
    if unknown == ["Nort"] { #expect(said.first?.first?.nearest == "North") }
  }

  @Test func offencesThatTheDataDoesNotHaveAreSaid() async throws {
    let text = Self.calendar.replacing("measures: [Burglary]", with: "offences: [Burglary, Bigamy]")
    let file = try workspace.write("b.yaml", text)
    let session = try await open(try workspace.table()) { $0.breaks = file }
    let names = session.warnings.compactMap { note in
      if case .areas(.unknownBreakNames(let entries)) = note { entries.flatMap(\.names) } else { nil }
    }
    #expect(names == [["Bigamy"]])
    #expect(session.breaks(SeriesKey(area: "North", measure: "Burglary")).count == 1)
  }

  /// An exported calendar in which nothing was changed is nobody's slip; what is written into it is.
  @Test func ofCopiesOfBuiltInEntriesNothingIsSaid() async throws {
    func unknown(_ text: String) async throws -> [[String]] {
      let file = try workspace.write("b.yaml", text)
      let session = try await open(try workspace.table(areas: ["Oxford"])) { $0.breaks = file }
      return session.warnings.compactMap { note in
        if case .areas(.unknownBreakNames(let entries)) = note { entries.flatMap(\.names) } else { nil }
      }
    }
    let copy = ModelFile.breaks.builtInText
    #expect(try await unknown(copy) == [])
    let own = "\n" + Self.calendar.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    #expect(try await unknown(copy + own.replacing("[North]", with: "[Banburry]")) == [["Banburry"]])
  }

  /// Priorities that somebody wrote for a partnership that is not there are said; an export as it stands says nothing.
  @Test func prioritiesOfNoPlaceAreSaid() async throws {
    func idle(_ text: String, of chosen: [String]? = nil) async throws -> [[String]] {
      let folder = workspace.root.appendingPathComponent("models")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: folder.appendingPathComponent("priorities.yaml"))
      let session = try await open(try workspace.table(areas: ["Banbury", "Bicester"])) {
        $0.models = folder.path
        $0.ingest.areas = chosen
      }
      return session.warnings.compactMap { note in
        if case .areas(.prioritiesOfNoPlace(let names)) = note { names } else { nil }
      }
    }
    let copy = ModelFile.priorities.builtInText
    #expect(try await idle(copy) == [])
    let name = try #require(copy.split(separator: "\n").first { $0.hasPrefix("      - name: ") })
    #expect(try await idle(copy.replacing(name, with: name + " and more", maxReplacements: 1)) == [["Cherwell"]])
    // Whoever asks for one place has no need of the others'.
    #expect(try await idle(copy.replacing(name, with: name + " and more", maxReplacements: 1), of: ["Banbury"]) == [])
  }

  @Test func theBuiltInEntriesThatACalendarIncludesSayNothingOfUnknownAreasEither() async throws {
    let file = try workspace.write("b.yaml", "include: built-in\n" + Self.calendar)
    let unknown = try await open(try workspace.table()) { $0.breaks = file }
    #expect(unknown.reference.breaks.entries.map(\.id) == ["new-system"])
    let known = try await open(try workspace.table(areas: ["Oxford"])) { $0.breaks = file }
    #expect(known.reference.breaks.entries.count > 3)
  }

  @Test func aBreakThatTheCalendarDoesNotHaveIsAnError() async throws {
    let (input, file) = (try workspace.table(), try workspace.write("b.yaml", Self.calendar))
    let error = try await failure {
      try await open(input) {
        $0.breaks = file
        $0.withoutBreaks = ["old-system"]
      }
    }
    #expect(error?.kind == .usage && error?.description.contains("new-system") == true)
  }

  @Test func aFileThatIsNotThereIsNoInput() async throws {
    let input = try workspace.table()
    let changes: [(inout SessionOptions) -> Void] = [
      { $0.breaks = workspace.path("none.yaml") }, { $0.sources = workspace.path("none.yaml") },
      { $0.models = workspace.path("none") }, { $0.pseudonymKey = workspace.path("none.key") },
      { $0.inputs = [workspace.path("none.csv")] },
    ]
    for change in changes { #expect(try await failure { try await open(input, change) }?.kind == .noInput) }
  }

  @Test func aFolderOfModelFilesIsUsedBeforeTheBuiltInOnesAndSingleFilesBeforeIt() async throws {
    _ = try workspace.write("breaks.yaml", Self.calendar)
    let input = try workspace.table()
    let folder = try await open(input) { $0.models = workspace.root.path }
    #expect(folder.reference.breaks.entries.map(\.id) == ["new-system"] && !folder.reference.measures.groups.isEmpty)
    let single = try workspace.write("b.yaml", Self.calendar.replacing("new-system", with: "newer-system"))
    let both = try await open(input) {
      $0.models = workspace.root.path
      $0.breaks = single
    }
    #expect(both.reference.breaks.entries.map(\.id) == ["newer-system"])
  }
}
