import Diagnostics
import ModelFiles
import Session
import Testing

/// What `profile check` reads of what people wrote.
@Suite struct ProfileSummaryTests {
  private let workspace: Workspace
  init() throws { workspace = try Workspace() }

  @Test func countsWhatWasWritten() throws {
    _ = try workspace.write(
      "priorities.yaml",
      """
      partnerships:
        - csp: Cherwell
          priorities:
            - {name: Streets, measures: [Robbery], owner: A. Name, review: 2027-04-01}
            - {name: Young people, measures: [], needs: [{source: s, holder: h}]}
            - {name: Old, measures: [Burglary], status: closed}

      """)
    let folder = workspace.root.path
    let reference = try ReferenceFiles.load(folder: folder)
    #expect(try ReferenceFiles.edited(in: folder) == [.priorities])
    #expect(
      reference.summary(of: .priorities)
        == "priorities.yaml: 1 partnership, 3 priorities: 1 with an owner, 1 with a day of review, 1 that no measure speaks to, 1 not current."
    )
    let first = try #require(reference.priorities.byPartnership["Cherwell"]?.first)
    #expect(first.owner == "A. Name" && first.id == "streets" && first.review?.year == 2027)
  }

  /// A file whose name is misspelt would be passed over: that is an error.
  @Test func aFileThatNothingReadsIsAnError() async throws {
    _ = try workspace.write("prioritys.yaml", "partnerships: []\n")
    let error = try await failure { try ReferenceFiles.edited(in: workspace.root.path) }
    #expect(error?.kind == .data && error?.description.contains("prioritys.yaml") == true)
    #expect(error?.remedy == "Perhaps priorities.yaml was meant")
  }

  @Test(arguments: ModelFile.allCases) func everyFileHasALine(file: ModelFile) throws {
    let line = try ReferenceFiles.load().summary(of: file)
    #expect(line.hasPrefix(file.fileName + ": ") && line.hasSuffix(".") && line.count > file.fileName.count + 5)
  }
}
