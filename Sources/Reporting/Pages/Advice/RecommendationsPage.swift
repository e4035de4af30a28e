import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// What is to be decided: for all places together, then for each.
struct RecommendationsPage {
  let context: PackContext
  static let path = "recommendations.html"
  /// Most places whose advice stands here in full; of more, their own pages have it.
  private static let mostPlaces = 8

  func page() -> PageShell.Page {
    let places = context.partnerships
    let tables = places.map { AdviceTable(context: context, place: $0, root: "") }
    return PageShell.Page(
      path: RecommendationsPage.path, title: "Recommendations",
      content: [
        .paragraph(
          "What the evidence of this pack asks partners to decide: what to continue, to escalate, to stand down, to take up. Each line is defended in a sentence or two, and its page has the rest.",
          className: "lead"), overdue(),
        .section(id: "together", "All places together", [together()]),
        .section(
          id: "counts", "How many of each",
          [context.placesLeftOut("here are all of them together"), tables.isEmpty ? .empty : counts(tables)]),
      ]
        + (tables.count <= RecommendationsPage.mostPlaces
          ? tables.map { table in
            Markup.section(
              id: "place-\(context.slug(area: table.place.name))", Markup(text: table.place.name),
              [table.markup(id: "advice-\(context.slug(area: table.place.name))")])
          }
          : [.paragraph("What each place is advised to do stands on its page, which the table above leads to.")])
        + [
          .paragraph(
            "\(Markup.link(to: "method.html#recommendations", "When each recommendation is given")).", className: "note"
          )
        ])
  }

  private func overdue() -> Markup {
    let overdue = context.assessment.overduePriorities
    guard !overdue.isEmpty else { return .empty }
    let names = overdue.prefix(5).map { "\($0.priority.name) (\($0.place))" }
    let more = overdue.count > names.count ? ["\(overdue.count - names.count) more"] : []
    return .paragraph(
      "Past their day of review at the end of the data, and still counted as priorities until somebody says otherwise: \(Wording.list(names + more)).",
      className: "note")
  }

  private func counts(_ tables: [AdviceTable]) -> Markup {
    let kinds: [Recommendation] = [
      .escalate, .new, .continue, .deEscalate, .returnToUsual, .notAssessable, .watch,
    ]
    return DataTable(
      id: "counts-table",
      caption: "Priorities and problems by what is advised. What is watched asks for no decision and is counted only",
      columns: [.init("Place")] + kinds.map { .init(Wording.sentence($0.rawValue), className: "number") },
      rows: tables.map { table in
        let counts = table.counts
        return DataTable.Row(
          [.link(to: context.path(of: table.place) + "#current", Markup(text: table.place.name))]
            + kinds.map { Markup(text: String(counts[$0] ?? 0)) })
      }, className: "compact"
    ).markup()
  }

  // MARK: All places together

  /// What is likely of each measure in all places together, where it asks for a decision.
  private func together() -> Markup {
    let risks = context.assessment.risks(level: .whole, groups: false)
    guard !risks.isEmpty else { return .paragraph("There is one place: what is advised there stands below.") }
    // What asks for most comes first, then as it is ranked.
    let asked: [Recommendation] = [.escalate, .new, .deEscalate, .returnToUsual, .notAssessable, .continue]
    let decided = asked.flatMap { one in risks.filter { $0.recommendation == one } }
    return DataTable(
      id: "together-table",
      caption:
        "Measures over \(context.wholeName) that ask for a decision, and in how many places they do. A measure counts as a priority where any partnership has it as one",
      columns: [
        .init("Problem"), .init("Recommendation"), .init("Why"), .init("Spread"),
      ],
      rows: decided.map { risk in
        let words = context.words(risk)
        let theme = context.themes.first { $0.measure.id == risk.measure.id }
        return DataTable.Row([
          theme.map { .link(to: context.path(of: $0), Markup(text: risk.title)) } ?? Markup(text: risk.title),
          .element("span", ["class": "recommendation"], Markup(text: risk.recommendation.rawValue)),
          Markup(text: "\(Wording.stopped(words.headline)) \(words.recommendation)"), Markup(text: spread(risk)),
        ])
      }, className: "advice",
      emptyText: "No measure over all places together asks for a decision: none is a priority or likely to get worse."
    ).markup()
  }

  /// "Likely to get worse in 2 of 4 places: Cherwell and Oxford City."
  private func spread(_ risk: Risk) -> String {
    let judged = context.places.compactMap { context.risk(in: $0, measure: risk.measure.id) }.filter {
      $0.chances != nil
    }
    guard judged.count > 1 else { return "no other places that can be judged" }
    let worse = judged.filter { $0.isLikelyToGetWorse(context.assessment.configuration.profile) }
    let names = worse.map(\.area.name)
    let who =
      names.isEmpty
      ? "" : ": \(Wording.list(names.count <= 5 ? names : Array(names.prefix(4)) + ["\(names.count - 4) more"]))"
    return "Likely to get worse in \(worse.count) of \(judged.count) places\(who)."
  }
}
