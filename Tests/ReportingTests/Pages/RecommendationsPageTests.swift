import Assessment
import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct RecommendationsPageTests {
  /// The standard run with one of its priorities as the file of priorities may have it.
  private func context(_ change: (inout LocalPriorities.Priority) -> Void) async throws -> PackContext {
    var synthetic = SyntheticAssessment()
    (synthetic.months, synthetic.size) = (48, 2)
    synthetic.configure = { $0.pathCount = 50 }
    var reference = try SyntheticAssessment.reference()
    var cherwell = try #require(reference.priorities.byPartnership["Cherwell"])
    change(&cherwell[1])
    reference.priorities = LocalPriorities(byPartnership: ["Cherwell": cherwell])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 50
    let assessment = try await Assessor(configuration: configuration, reference: reference, threads: 2)
      .assess(synthetic.data())
    return PackContext(assessment, version: "0")
  }

  private func text(_ page: PageShell.Page, _ context: PackContext) throws -> String {
    try #require(PageTree.read(PageShell(context: context).file(page))).text
  }

  private func local(_ context: PackContext, _ slug: String) throws -> String {
    let pages = LocalPriorityPages(context: context).makers.map { $0() }
    return try text(try #require(pages.first { $0.path.contains(slug) }), context)
  }

  /// A priority without a series names the source it takes and who holds it, wherever it stands.
  @Test func whatIsNotAssessableNamesTheSourceAndItsHolder() async throws {
    let context = try await context {
      $0.needs = [.init(source: "first-time entrants by month", holder: "the youth justice service")]
    }
    let advice = try #require(
      context.assessment.advice(of: context.partnerships[0]).first { $0.priority.name == "Young people" })
    #expect(advice.recommendation == .notAssessable && advice.reason == .noSeries)
    let page = try text(RecommendationsPage(context: context).page(), context)
    let named = "first-time entrants by month (held by the youth justice service)"
    #expect(page.contains(named))
    #expect(try local(context, "young-people").contains(named))
  }

  @Test func ownerReviewAndDriversAreOnThePage() async throws {
    let context = try await context {
      $0.owner = "Head of community safety"
      $0.from = CivilDate(year: 2023, month: 4, day: 1)
      $0.review = CivilDate(year: 2024, month: 4, day: 1)
      $0.drivers = [.social, .economic]
    }
    let page = try local(context, "young-people")
    #expect(page.contains("Owner: Head of community safety.") && page.contains("A priority since: 1 Apr 2023."))
    #expect(page.contains("Review: 1 Apr 2024, which has passed") && page.contains("social and economic"))
    let all = try text(RecommendationsPage(context: context).page(), context)
    #expect(all.contains("still counted as priorities until somebody says otherwise: Young people (Cherwell)."))
  }

  @Test func aClosedPriorityGetsNoAdvice() async throws {
    let context = try await context { $0.status = .closed }
    #expect(!context.assessment.advice(of: context.partnerships[0]).contains { $0.priority.name == "Young people" })
    #expect(try local(context, "young-people").contains("Status: closed, so that no advice is given"))
  }

  /// Every line of advice is defended and leads to evidence that a reader can open.
  @Test func everyLineIsDefended() async throws {
    let context = PackContext(try await SyntheticAssessment.standard.value, version: "0")
    var lines = 0
    for place in context.partnerships {
      for line in AdviceTable(context: context, place: place, root: "").lines {
        lines += 1
        #expect(line.reason.split(separator: " ").count > 5 && line.reason.hasSuffix("."), "\(line.reason)")
        #expect(!line.reason.contains("..") && !line.reason.contains(" ."), "\(line.reason)")
      }
    }
    #expect(lines > 5)
  }

  /// The business case stands under each heading, and its counterfactual is the forecast of the table above it.
  @Test func theCaseHasEveryHeading() async throws {
    let context = PackContext(try await SyntheticAssessment.standard.value, version: "0")
    let risk = try #require(context.detailedRisks.first { $0.outlook != nil && !$0.isTooFew })
    let page = try text(PriorityPage(context: context, risk: risk).page(), context)
    for heading in [
      "Need", "Trend", "If nothing changes", "Baseline, and what could be shown", "Why now",
      "What would change our mind", "Doubts about the data", "Outputs and outcomes", "Victim", "Offender", "Location",
    ] { #expect(page.contains(heading), "\(heading)") }
    let outlook = try #require(risk.outlook)
    #expect(
      page.contains(
        "four times in five \(MeasureText(risk.measure).foreseenInterval(outlook.lower80, outlook.upper80))"))
  }
}
