import Assessment
import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct ScoringPageTests {
  private func page() async throws -> (context: PackContext, page: PageTree) {
    let context = PackContext(try await SyntheticAssessment.standard.value, version: "0")
    let file = PageShell(context: context).file(ScoringPage(context: context).page())
    return (context, try #require(PageTree.read(file)))
  }

  private func table(_ page: PageTree, _ id: String) throws -> [[String]] {
    try #require(page.all("table").first { $0.attributes["id"] == id }).all("tbody").flatMap { $0.all("tr") }
      .map { $0.elements.map(\.text) }
  }

  /// Every impact without a person's score says that it is provisional, and the product is that of its row.
  @Test func scoresAreProvisionalAndMultiplyUp() async throws {
    let (context, page) = try await page()
    for scheme in context.assessment.reference.scoringSchemes {
      let rows = try table(page, "scheme-\(scheme.id)-table")
      #expect(rows.count > 10)
      for row in rows where row[4] != "\u{2013}" {
        #expect(row[2].contains("provisional") && row[4].contains("provisional"), "\(row)")
      }
    }
    for risk in context.assessment.risks {
      for score in risk.scores {
        if let impact = score.impact, let likelihood = score.likelihood { #expect(score.score == impact * likelihood) }
        if risk.isTooFew || risk.outlook == nil { #expect(score.likelihood == nil) }
      }
    }
  }

  /// The matrix holds every scored problem of its table once.
  @Test func theMatrixHoldsEachProblemOnce() async throws {
    let (_, page) = try await page()
    let rows = try table(page, "scheme-four-by-four-table").filter { $0[4] != "\u{2013}" }
    let drawing = try #require(page.all("svg").first { $0.attributes["class"] == "matrix" })
    let words = drawing.all("text").filter { $0.attributes["font-weight"] == "bold" }.map(\.text)
    let numbers = words.flatMap { $0.split(whereSeparator: { $0 == "," || $0 == " " }) }.compactMap { Int($0) }
    #expect(numbers.sorted() == Array(1...rows.count))
  }

  /// What a person scored replaces what harm weights gave, with their name and reason; capacity stands beside it.
  @Test func aPersonsScoreIsNamed() async throws {
    var reference = try SyntheticAssessment.reference()
    reference.impactScores = ImpactScores(entries: [
      .init(
        place: "Cherwell", measure: MeasureID(slugOf: "Robbery"), scheme: "four-by-four", scorer: "A. Name",
        date: try #require(CivilDate(year: 2026, month: 7, day: 14)), reason: "two in hospital",
        impact: ["overall": 4], capacity: "one officer")
    ])
    var synthetic = SyntheticAssessment()
    (synthetic.months, synthetic.size) = (48, 1)
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 50
    configuration.scoringProfile = "four-by-four"
    let assessment = try await Assessor(configuration: configuration, reference: reference, threads: 2)
      .assess(synthetic.data())
    let robbery = try #require(assessment.risks.first { $0.label == "Robbery" })
    #expect(robbery.scores.first?.scheme == "four-by-four" && robbery.scores.first?.impact == 4)
    let context = PackContext(assessment, version: "0")
    let page = try #require(PageTree.read(PageShell(context: context).file(ScoringPage(context: context).page())))
    let row = try #require(try table(page, "scheme-four-by-four-table").first { $0[1].contains("Robbery") })
    #expect(row[2].contains("4 (A. Name, 14 Jul 2026: two in hospital)") && row[6] == "one officer")
  }

  /// The page and the sheet say the same of stability, and the shares of a list of ten make ten.
  @Test func stabilityIsTold() async throws {
    let (context, page) = try await page()
    let rows = try table(page, "stability-table")
    let ranked = context.assessment.risks(level: context.rankedLevel, groups: false, kind: .count).filter {
      $0.stability != nil
    }
    #expect(rows.count == min(20, ranked.count))
    #expect((ranked.compactMap { $0.stability?.share(.expectedChange)?.top10 }.reduce(0, +) - 10).magnitude < 1e-9)
    for (row, risk) in zip(rows, ranked) {
      let share = try #require(risk.stability?.share(.expectedChange))
      let shown = [share.top5, share.top10].map { Wording.probability($0).replacing("\u{A0}", with: " ") }
      #expect(row[2...3].map { $0.replacing("\u{A0}", with: " ") } == shown)
    }
  }

  /// One thread and several find the same.
  @Test func threadsChangeNothing() async throws {
    var synthetic = SyntheticAssessment()
    (synthetic.months, synthetic.size) = (48, 3)
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 50
    let reference = try SyntheticAssessment.reference()
    let runs = try await [1, 4].asyncMap { threads in
      try await Assessor(configuration: configuration, reference: reference, threads: threads).assess(synthetic.data())
        .risks
    }
    #expect(runs[0].map(\.stability) == runs[1].map(\.stability) && runs[0].contains { $0.stability != nil })
  }
}

extension Array {
  fileprivate func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
    var out: [T] = []
    for element in self { out.append(try await body(element)) }
    return out
  }
}
