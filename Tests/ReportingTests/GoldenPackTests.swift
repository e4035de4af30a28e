import Assessment
import CommunitySafety
import Foundation
import Ingest
import ModelFiles
import Reporting
import TestSupport
import Testing

/// What the product makes, from the input to every file of the pack, told in text files that a reviewer reads as a diff.
///
/// They stand in `Golden/`. Where a change of the outputs is meant, `make golden` writes them anew; the diff then belongs
/// in the commit.
@Suite struct GoldenPackTests {
  @Test func theShippedData() async throws {
    let folder = Fixture.packageRoot.appendingPathComponent("Datasets/oxfordshire-simulated")
    let calendar = try String(contentsOf: folder.appendingPathComponent("breaks.yaml"), encoding: .utf8)
    let reference = try ModelFileLoader.load(overrides: [.breaks: ("breaks.yaml", calendar)])
    let data = try await InputReader(options: IngestOptions(), registry: reference.areas)
      .read([folder.appendingPathComponent("counts.csv").path])
    try await check(
      "oxfordshire-simulated", try await GoldenRun.assess(data, reference),
      GoldenSummary(
        rows: ["areas.csv": 10, "priorities.csv": 10, "risks.csv": 10, "episodes.csv": 10],
        whole: [
          "themes/index.html", "themes/serious-acquisitive-crime-proxy.html", "themes/vehicle-crime.html",
          "partnerships/index.html", "partnerships/cherwell.html", "partnerships/south-and-vale.html",
          "priorities/west-oxfordshire--vehicle-crime.html",
        ]))
  }

  @Test func everyKindOfMeasure() async throws {
    try await check(
      "every-kind-of-measure", try await MixedPanel.assessment.value,
      GoldenSummary(
        rows: ["areas.csv": 20, "priorities.csv": 100, "risks.csv": 200, "episodes.csv": 20, "detectability.csv": 20],
        whole: [
          "themes/index.html", "themes/abandoned-trolleys.html", "themes/burglary-detected.html",
          "themes/referrals-to-treatment.html", "themes/satisfaction.html",
          "themes/serious-acquisitive-crime-proxy.html",
          "partnerships/index.html", "partnerships/cherwell.html", "partnerships/oxford-city.html",
          "partnerships/south-and-vale.html", "priorities/cherwell--referrals-to-treatment.html",
          "priorities/oxford-city--burglary-detected.html", "priorities/south-and-vale--satisfaction.html",
        ]))
  }

  /// Two months of street-level files with their outcomes: rows without a place, and nothing that can be judged.
  @Test func twoMonthsOfStreetLevelFiles() async throws {
    let reference = try ModelFileLoader.builtIn()
    var options = IngestOptions()
    options.outcomes = reference.outcomes
    let data = try await InputReader(options: options, registry: reference.areas)
      .read([Fixture.packageRoot.appendingPathComponent("Datasets/oxfordshire-simulated/police-uk").path])
    try await check(
      "two-months", try await GoldenRun.assess(data, reference),
      GoldenSummary(rows: ["areas.csv": 20, "accounting.csv": 20]))
  }

  private func check(_ name: String, _ assessment: StrategicAssessment, _ summary: GoldenSummary) async throws {
    let files = try await Pack(assessment, version: "0").files(threads: 2)
    #expect(try PackSchemas.disagreements(files) == [])
    let text = summary.text(files)
    let url = Fixture.packageRoot.appendingPathComponent("Tests/ReportingTests/Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["HORIZON_RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: url)
      return
    }
    let golden = try String(contentsOf: url, encoding: .utf8)
    if golden != text {
      Issue.record("\(name) has changed; `make golden` records what is meant.\n\(LineDifference.text(golden, text))")
    }
  }
}

/// An assessment as a user's, but for what is said of its date.
enum GoldenRun {
  static func assess(_ data: IngestedData, _ reference: ReferenceData) async throws -> StrategicAssessment {
    var configuration = AssessmentConfiguration()
    configuration.title = "Golden"
    configuration.extractionDate = "1 January 2026"
    return try await Assessor(configuration: configuration, reference: reference, threads: 2).assess(data)
  }
}
