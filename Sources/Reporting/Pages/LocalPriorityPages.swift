import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// A page for every priority on record: what recorded figures say about it, what they leave out, and what the partnership is to fill in.
struct LocalPriorityPages {
  let context: PackContext
  private let root = "../"

  var makers: [PageShell.Maker] {
    context.partnerships.flatMap { place in
      (context.assessment.reference.priorities.byPartnership[place.name] ?? []).map { priority -> PageShell.Maker in
        { page(place, priority) }
      }
    }
  }

  func path(_ place: Area, _ priority: LocalPriorities.Priority) -> String {
    let names = (context.assessment.reference.priorities.byPartnership[place.name] ?? []).map(\.name)
    return "local-priorities/\(context.slug(area: place.name))--\(Slugs(names)[priority.name]).html"
  }

  private func page(_ place: Area, _ priority: LocalPriorities.Priority) -> PageShell.Page {
    let evidence = priority.measures.compactMap { context.risk(in: place, measure: $0) }
    let advice = context.assessment.advice(of: place).first { $0.priority.id == priority.id }
    return PageShell.Page(
      path: path(place, priority), title: "\(priority.name): a priority of \(place.name)",
      trail: [("partnerships/index.html", "Partnerships"), (context.path(of: place), place.name)], crumb: priority.name,
      content: [lead(priority, evidence), summary(priority, advice)]
        + [
          .section(id: "evidence", "What recorded figures say", said(priority, evidence)),
          .section(id: "scorecard", "By quarter and year to date", [scorecard(evidence, priority)]),
          .section(id: "business-case", "For a business case", cases(priority, evidence)),
          .section(
            id: "actions", "For the partnership to fill in",
            [ResponseForm(context: context, priority: priority, risks: evidence).markup()]),
        ])
  }

  /// What the figures leave out stands first: it decides how far to read on.
  private func lead(_ priority: LocalPriorities.Priority, _ evidence: [Risk]) -> Markup {
    let note = priority.note.map { " \(Wording.stopped(Wording.sentence($0)))" } ?? ""
    return .paragraph(
      Markup(
        text: evidence.isEmpty
          ? "No series of this pack speaks to this priority.\(note)"
          : "Told by \(Wording.list(evidence.map { $0.label })).\(note)"), className: "lead")
  }

  /// The recommendation with what it rests on, who answers for it, and when it is looked at again.
  private func summary(_ priority: LocalPriorities.Priority, _ advice: PriorityAdvice?) -> Markup {
    var items: [Markup] = []
    if let advice {
      let text = AdviceText(advice: advice, words: context.words)
      items.append(
        "\(Markup.strong("Recommendation:")) \(Markup.element("span", ["class": "recommendation"], Markup(text: advice.recommendation.rawValue))). \(text.reason)"
      )
    } else {
      items.append(
        "\(Markup.strong("Status:")) \(priority.status.rawValue), so that no advice is given on it and none goes by it."
      )
    }
    items.append("\(Markup.strong("Owner:")) \(priority.owner ?? "to be named").")
    if let from = priority.from { items.append("\(Markup.strong("A priority since:")) \(PeriodText.date(from)).") }
    let review = priority.review.map(PeriodText.date) ?? "to be set"
    let overdue =
      priority.overdue(at: context.span?.upperBound) == nil
      ? "" : ", which has passed: look at it before anything rests on it"
    items.append("\(Markup.strong("Review:")) \(review)\(overdue).")
    return .list(items)
  }

  /// Most series of a priority of which the case is told here; each has its page.
  private static let mostCases = 3

  private func cases(_ priority: LocalPriorities.Priority, _ evidence: [Risk]) -> [Markup] {
    guard !evidence.isEmpty else {
      let needs = priority.needs.map { "\($0.source), held by \($0.holder)" }
      return [
        .paragraph(
          "There is no evidence of need in this pack, and none is made up. \(needs.isEmpty ? "Name in the file of priorities what would say something, and who holds it." : "It takes \(Wording.list(needs)).")"
        )
      ]
    }
    let shown = evidence.prefix(LocalPriorityPages.mostCases)
    let rest = evidence.dropFirst(LocalPriorityPages.mostCases)
    let tables = RiskTables(context: context, root: root)
    return shown.enumerated().flatMap { BusinessCase(context: context, risk: $1).markup(id: "case-\($0 + 1)") }
      + (rest.isEmpty
        ? []
        : [
          .paragraph(
            "The same of the others stands on their pages: \(Markup.joined(rest.map { tables.name($0, withPlace: false) }, by: ", "))."
          )
        ])
  }

  private func said(_ priority: LocalPriorities.Priority, _ evidence: [Risk]) -> [Markup] {
    guard !evidence.isEmpty else {
      return [
        .paragraph(
          "\(asked(priority)) By \(context.periods.frequency.noun) and place, without names, such figures can be read with the others in a run."
        )
      ]
    }
    let tables = RiskTables(context: context, root: root)
    let kinds = MeasureKind.allCases.filter { kind in evidence.contains { $0.evidence.kind == kind } }
    return kinds.flatMap { kind in
      tables.priorities(
        evidence.filter { $0.evidence.kind == kind }, id: kind == .count ? "priority" : "priority-\(kind.rawValue)",
        caption: "What gives evidence on it, with its rank in its partnership where it has one.", withPlace: false,
        rank: { _, risk in rank(risk) })
    } + [changes(evidence)]
  }

  private func asked(_ priority: LocalPriorities.Priority) -> String {
    priority.needs.isEmpty
      ? "Ask the partners who hold such figures for them."
      : "Ask for \(Wording.list(priority.needs.map { "\($0.source) (\($0.holder))" }))."
  }

  /// Its rank among the problems of its place, as the partnership's page counts them.
  private func rank(_ risk: Risk) -> String {
    guard risk.rank != nil else { return "\u{2013}" }
    let place = context.partnerships.first { $0.name == risk.area.name }
    let own = place.map { context.risks(of: $0, groups: risk.isGroup) } ?? []
    let at = own.filter { $0.evidence.kind == risk.evidence.kind }.firstIndex { $0.measure.id == risk.measure.id }
    return risk.isGroup ? "\u{2013}" : at.map { String($0 + 1) } ?? "\u{2013}"
  }

  /// Last year against the year before, a sentence each.
  private func changes(_ evidence: [Risk]) -> Markup {
    .list(
      evidence.compactMap { risk -> Markup? in
        guard let series = context.series(of: risk), let before = series.compared(series.lastYear, yearsBack: 1) else {
          return nil
        }
        let words = ComparisonWords(context: context, series: series)
        return
          "\(Markup.strong(Markup(text: "\(risk.label): \(words.verdict(before).lowercased())."))) \(words.sentence(before))\(words.likeForLikeSentence(before))"
      }, className: "sentences")
  }

  private func scorecard(_ evidence: [Risk], _ priority: LocalPriorities.Priority) -> Markup {
    guard !evidence.isEmpty else { return .paragraph("There is no figure to tell by quarter.") }
    return ScorecardTable(context: context, series: evidence.compactMap { context.series(of: $0) }).markup(
      id: "scorecard-table", caption: "What was recorded of \(priority.name)", heading: "Measure",
      name: { Markup(text: $0.label) })
  }
}
