import CommunitySafety
import Diagnostics
import Ingest
import ModelFiles
import Testing
import TimeSeries

@testable import Assessment

/// What the configuration of a run asks for.
@Suite struct AssessorTests {
  private func assess(_ change: (inout AssessmentConfiguration) -> Void) async throws -> StrategicAssessment {
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 50
    change(&configuration)
    let data = fixtureData(months: 48) { _, type, month in
      guard type == "Burglary" || type == "Robbery" else { return 0 }
      return Double(20 + month % 12 + (month >= 36 ? 100 : 0))
    }
    return try await Assessor(configuration: configuration, reference: try ModelFileLoader.builtIn(), threads: 2)
      .assess(data)
  }

  /// What came later is not known: neither as history nor in last year's total.
  @Test func nothingIsUsedFromAfterTheDateAskedFor() async throws {
    let then = Period.month(2022, 12)
    let assessment = try await assess { $0.asOf = then }
    let panel = assessment.series.filter { $0.area.level == .district }
    #expect(!panel.isEmpty && panel.allSatisfy { $0.observed.end == then })
    let risk = try #require(assessment.risks.first { $0.label == "Burglary" && $0.area.name == "Oxford" })
    // Twelve months of 20 and the season, without the hundred more of the year after.
    #expect(risk.evidence.past.lastYear == 12 * 20 + 66)
  }

  @Test func beforeTheDataBeginsThereIsNothingToAssess() async throws {
    let error = await #expect(throws: HorizonError.self) { try await assess { $0.asOf = .month(2010, 1) } }
    #expect(error?.kind == .data && error?.message.contains("no series") == true)
  }

  @Test func theWeightsAskedForAreUsed() async throws {
    let sets = try ModelFileLoader.builtIn().harmWeights
    #expect(sets.count > 1)
    for set in sets {
      let assessment = try await assess { $0.harmWeights = set.name }
      let robbery = try #require(assessment.risks.first { $0.label == "Robbery" && $0.area.name == "Oxford" })
      #expect(robbery.harmPerOffence == set["Robbery"], "\(set.name)")
    }
    #expect(Set(sets.map { $0["Robbery"] }).count > 1)
    let error = await #expect(throws: HorizonError.self) { try await assess { $0.harmWeights = "none-such" } }
    #expect(error?.remedy?.contains(sets[0].name) == true)
  }
}
