import CommunitySafety
import ExceptionDetection
import Foundation
import Ingest
import ModelFiles
import RiskRanking
import TestSupport
import Testing
import TimeSeries

@testable import Assessment

/// The shipped dataset through the main job: what was planted is found, and what was only recorded differently is not
/// sold as crime.
@Suite struct PlantedTruthTests {
  private static let folder = Fixture.packageRoot.appendingPathComponent("Datasets/oxfordshire-simulated")

  private static func assessment(withBreaks: Bool) async throws -> StrategicAssessment {
    let calendar = try String(contentsOf: folder.appendingPathComponent("breaks.yaml"), encoding: .utf8)
    let reference = try ModelFileLoader.load(overrides: [.breaks: ("breaks.yaml", calendar)])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 500
    if !withBreaks { configuration.withoutBreaks = reference.breaks.entries.filter { $0.through == nil }.map(\.id) }
    let data = try await InputReader(options: IngestOptions(), registry: reference.areas)
      .read([folder.appendingPathComponent("counts.csv").path])
    return try await Assessor(configuration: configuration, reference: reference, threads: 2).assess(data)
  }

  /// One run with the calendar and one without its lasting steps.
  private static let runs = Task {
    (named: try await assessment(withBreaks: true), unnamed: try await assessment(withBreaks: false))
  }

  private let violence = CrimeType.violenceAndSexualOffences.rawValue

  private func districtViolence(_ assessment: StrategicAssessment) -> [Risk] {
    assessment.risks.filter { $0.label == violence && $0.area.level == .district }
  }

  @Test func thePlantedRiseLeadsTheRanking() async throws {
    let risks = try await Self.runs.value.named.risks(level: .csp, groups: false)
    let rise = try #require(risks.first { $0.area.name == "West Oxfordshire" && $0.label == "Vehicle crime" })
    let rank = try #require(rise.rank)
    #expect(rank <= 3)
    let outlook = try #require(rise.outlook)
    #expect(outlook.probabilityOfRise >= 0.5)
    #expect(rise.recommendation == .new || rise.recommendation == .escalate)
  }

  @Test func thePlantedSpikeIsAnException() async throws {
    let assessment = try await Self.runs.value.named
    let spike = try #require(
      assessment.tests.first {
        $0.key == SeriesKey(area: "Oxford", measure: "Shoplifting") && $0.period == .month(2025, 11)
      })
    #expect(spike.kind == .spike && spike.flagged)
    #expect(spike.qValue <= assessment.configuration.falseDiscoveryRate)
  }

  @Test func aNamedRecordingStepIsNotSoldAsCrime() async throws {
    let (named, unnamed) = try await Self.runs.value
    let risks = districtViolence(named)
    #expect(risks.count == 5)
    for risk in risks {
      #expect(risk.recommendation != .new && risk.recommendation != .escalate, "\(risk.area.name)")
      #expect(risk.exceptions.allSatisfy { $0.kind != .spike }, "\(risk.area.name)")
      let factors = risk.evidence.doubts.compactMap { doubt -> Double? in
        guard case .step(_, .recordingChange, _, let factor) = doubt else { return nil }
        return factor
      }
      #expect(factors.count == 1, "\(risk.area.name)")
      #expect(risk.confidence.rating == .low, "\(risk.area.name)")
    }
    // Unnamed, the same step looks like a rise: the calendar is what makes the difference.
    let expectedNamed = risks.compactMap { $0.score?.expectedChange }.reduce(0, +)
    let expectedUnnamed = districtViolence(unnamed).compactMap { $0.score?.expectedChange }.reduce(0, +)
    #expect(expectedUnnamed > expectedNamed + 200)
  }

  @Test func theSizeOfTheStepIsRecovered() async throws {
    let assessment = try await Self.runs.value.named
    let whole = try #require(
      assessment.series(SeriesKey(area: AggregatedPanels.wholeAreaName, measure: violence))?.forecast)
    let factor = try #require(whole.adjustments.compactMap(\.factor).first)
    #expect(abs(factor - 1.25) < 0.08)
  }
}
