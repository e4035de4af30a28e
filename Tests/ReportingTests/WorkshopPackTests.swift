import Assessment
import Foundation
import ModelFiles
import Tables
import Testing
import TimeSeries

@testable import Reporting
@testable import Workshop

/// A real pack scored: what is written beside it, and what stays.
@Suite struct WorkshopPackTests {
  private static let pack = Task {
    try await Pack(try await SyntheticAssessment.standard.value, version: "0.1.0").files(threads: 2)
  }

  private func withPack<T>(_ body: (URL, PackEvidence) throws -> T) async throws -> T {
    let files = try await Self.pack.value
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("pack")
    try OutputFolder.write(files, to: path.path, replacing: nil)
    return try body(path, try PackEvidence.read(pack: path.path))
  }

  private func opinion(_ name: String, _ code: String, _ score: Int, reason: String? = nil) -> Opinion {
    Opinion(
      scorer: Scorer(name: name, organisation: "<Council>"), code: code,
      scores: Dictionary(uniqueKeysWithValues: HarmScale.Dimension.allCases.map { ($0.rawValue, score) }), capacity: 2,
      reason: reason, place: FormPlace(file: "f.xlsx", sheet: "s", row: 5))
  }

  private func record(_ opinions: [Opinion], _ decisions: [Decision] = []) throws -> WorkshopRecord {
    struct Document: Encodable {
      let schema = 1
      let opinions: [Opinion]
      let brought: [BroughtRisk] = []
      let decisions: [Decision]
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      WorkshopRecord.self, from: Data(CanonicalJSON.document(Document(opinions: opinions, decisions: decisions))))
  }

  @Test func theEvidenceComesBackWhole() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let own = PackContext(assessment, version: "0.1.0").evidence
    try await withPack { _, read in
      #expect(read == own)
      #expect(read.problems.count == assessment.risks(level: .csp, groups: false).count)
      // Likelihood and impact are those of the page on scoring.
      let profile = try #require(read.profile)
      let scheme = try #require(
        assessment.reference.scoringSchemes.first { "\($0.name), version \($0.version)" == profile })
      for (problem, risk) in zip(read.problems, assessment.risks(level: .csp, groups: false)) {
        let score = risk.scores.first { $0.scheme == scheme.id }
        #expect(problem.rank == risk.rank && problem.scoring.likelihood == score?.likelihood)
        #expect(problem.scoring.impact == score?.impact)
      }
      #expect(read.problems.contains { $0.scoring.likelihood != nil && $0.scoring.impact != nil })
      #expect(Set(read.problems.map(\.code)).count == read.problems.count)
    }
  }

  @Test func scoresMoveProblemsAndStandBesideThePack() async throws {
    try await withPack { folder, evidence in
      let last = try #require(WorkshopRanking(evidence, WorkshopRecord()).items.last { $0.rank != nil })
      let record = try record([
        opinion("A", last.code, 8, reason: "<script>alert(1)</script>"), opinion("B", last.code, 2),
      ])
      let pack = try WorkshopPack(folder: folder.path)
      let files = try pack.files(evidence, record)
      #expect(try pack.files(evidence, record) == files)
      let page = try #require(files.first { $0.path == "workshop.html" }.map(ParsedPage.init))
      #expect(page.error == nil && page.all("script").isEmpty)
      #expect(page.text.contains("<script>alert(1)</script>") && page.text.contains("A (<Council>)"))
      let moved = try #require(WorkshopRanking(evidence, record).items.first { $0.code == last.code })
      #expect((moved.rank ?? 99) < (moved.rankBefore ?? 0))
      // Every other page is the byte it was.
      for file in try OutputFiles(folder).all where !["workshop.html", "manifest.json"].contains(file.path) {
        #expect(files.first { $0.path == file.path } == file, "\(file.path)")
      }
      let paths = Set(files.map(\.path))
      #expect(paths.isSuperset(of: ["workshop/record.json", "workshop/scores.csv", "workshop/ranking.csv"]))
      let scores = String(
        decoding: try #require(files.first { $0.path == "workshop/scores.csv" }).contents, as: UTF8.self)
      #expect(scores.split(separator: "\n").count == 3)
      // Imported into what was written: nothing changes.
      let out = folder.deletingLastPathComponent().appendingPathComponent("scored").path
      try OutputFolder.write(files, to: out, replacing: .horizon)
      var again = try WorkshopRecord.read(pack: out)
      #expect(again == record)
      #expect(
        try WorkshopPack(folder: out).files(evidence, again).sorted { $0.path < $1.path }
          == files.sorted { $0.path < $1.path })
      again = WorkshopRecord()
      #expect(again.isEmpty)
    }
  }

  @Test func whatPeopleFilledInIsKept() async throws {
    try await withPack { folder, evidence in
      let sheet = folder.appendingPathComponent("priorities.csv")
      let edited = try String(contentsOf: sheet, encoding: .utf8) + "typed by a person\n"
      try edited.write(to: sheet, atomically: true, encoding: .utf8)
      let files = try WorkshopPack(folder: folder.path).files(evidence, WorkshopRecord())
      #expect(
        files.first { $0.path == "priorities.csv" }.map { String(decoding: $0.contents, as: UTF8.self) } == edited)
      let out = folder.deletingLastPathComponent().appendingPathComponent("scored").path
      try OutputFolder.write(files, to: out, replacing: .horizon)
      // It is still known as edited, and not replaced.
      #expect(throws: (any Error).self) { try OutputFolder.write(files, to: out, replacing: .horizon) }
    }
  }

  @Test func decisionsBecomeAFileOfPriorities() async throws {
    try await withPack { folder, evidence in
      let place = FormPlace(file: "f.xlsx", sheet: "Decisions", row: 5)
      let record = try record(
        [],
        [
          Decision(
            area: "", name: "Shops: \"#1\" \\ theft", measure: "shoplifting", owner: "K. Okafor\n- x", response: nil,
            review: "2027-06-30", dissent: nil, place: place),
          Decision(
            area: "Cherwell", name: "Exploitation", measure: nil, owner: nil, response: nil, review: nil, dissent: "B",
            place: place),
          Decision(
            area: "Cherwell", name: "Exploitation", measure: "A council's own table", owner: "J", response: "More",
            review: nil, dissent: nil, place: FormPlace(file: "f.xlsx", sheet: "Decisions", row: 6)),
        ])
      let files = try WorkshopPack(folder: folder.path).files(evidence, record)
      let file = try #require(files.first { $0.path == "workshop/priorities.yaml" })
      let text = String(decoding: file.contents, as: UTF8.self)
      let priorities = try ModelFileLoader.load(overrides: [.priorities: ("priorities.yaml", text)]).priorities
      #expect(priorities.byPartnership.count == evidence.places.count)
      #expect(priorities.byPartnership["Cherwell"]?.map(\.name) == ["Shops: \"#1\" \\ theft", "Exploitation"])
      #expect(priorities.byPartnership["Cherwell"]?.first?.measures.map(\.rawValue) == ["shoplifting"])
      let first = try #require(priorities.byPartnership["Cherwell"]?.first)
      #expect(first.owner == "K. Okafor - x")
      #expect(first.review == CivilDate(year: 2027, month: 6, day: 30))
      // What the file cannot hold is kept as words: dissent, and the second decision of one name.
      #expect(text.contains("# dissent: B") && text.contains("# Decided again under this name:"))
      #expect(text.contains("# measure: A council's own table") && text.contains("# response: More"))
    }
  }
}

/// The files of a folder.
private struct OutputFiles {
  let all: [OutputFile]

  init(_ folder: URL) throws {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    all = try names.sorted().compactMap { name in
      var isFolder: ObjCBool = false
      let url = folder.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue else {
        return nil
      }
      return OutputFile(path: name, contents: Array(try Data(contentsOf: url)))
    }
  }
}
