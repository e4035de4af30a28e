import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// What one place is advised to do: about each of its priorities, then about what is none yet.
struct AdviceTable {
  let context: PackContext
  let place: Area
  let root: String

  /// One line of advice.
  struct Line {
    let subject: Markup
    let recommendation: Recommendation
    let reason: String
    let evidence: Markup
    let owner: String
    let review: String
  }

  private var advice: [PriorityAdvice] { context.assessment.advice(of: place) }

  /// Its priorities, then problems that are none and are likely to get worse, then returns to usual, each in the order of the ranking.
  var lines: [Line] {
    advice.map(line)
      + others(.new).map { other($0) } + others(.returnToUsual).filter { $0.priority == nil }.map { other($0) }
  }

  /// How many of its lines give each recommendation; what is watched is counted and not listed.
  var counts: [Recommendation: Int] {
    var found = Dictionary(lines.map { ($0.recommendation, 1) }, uniquingKeysWith: +)
    found[.watch] = others(.watch).count
    return found
  }

  private func others(_ recommendation: Recommendation) -> [Risk] {
    context.risks(of: place, groups: false).filter { $0.recommendation == recommendation }
  }

  private func line(_ advice: PriorityAdvice) -> Line {
    let text = AdviceText(advice: advice, words: context.words)
    let overdue = advice.priority.overdue(at: context.span?.upperBound)
    let tables = RiskTables(context: context, root: root)
    return Line(
      subject: Markup.link(
        to: root + LocalPriorityPages(context: context).path(place, advice.priority), Markup(text: advice.priority.name)
      ), recommendation: advice.recommendation, reason: text.reason,
      evidence: advice.evidence.isEmpty
        ? "no series"
        : .joined(
          advice.evidence.map { risk in
            "\(tables.name(risk, withPlace: false))\(advice.priority.note == nil ? "" : " (proxy for it)")"
          }, by: ", "),
      owner: advice.priority.owner ?? "to be named",
      review: overdue.map { Wording.sentence($0) } ?? advice.priority.review.map(PeriodText.date) ?? "to be set")
  }

  private func other(_ risk: Risk) -> Line {
    let words = context.words(risk)
    let finding = risk.recommendation == .new ? Wording.stopped(words.statement(ofWorse: true)) + " " : ""
    return Line(
      subject: Markup(text: risk.title), recommendation: risk.recommendation,
      reason: finding + words.recommendation,
      evidence: RiskTables(context: context, root: root).name(risk, withPlace: false), owner: "to be named",
      review: "to be set")
  }

  func markup(id: String) -> Markup {
    let watched = others(.watch).count
    let noun = watched == 1 ? "problem is" : "problems are"
    let rest: Markup =
      watched == 0
      ? .empty
      : .paragraph(
        "\(NumberText.grouped(watched)) other \(noun) to be watched and \(watched == 1 ? "asks" : "ask") for no decision: \(Markup.link(to: root + WatchListPage.path, "the watch-list")) says what would show first that one gets worse.",
        className: "note")
    return .joined([
      DataTable(
        id: id,
        caption:
          "Current priorities, then what is none yet. Advice for partners to argue with, never a decision; nothing is stood down on missing data",
        columns: AdviceTable.columns(first: "Priority or problem"), rows: lines.map { AdviceTable.row($0, place: nil) },
        className: "advice",
        emptyText: "No priorities are on record for this place, and no problem asks for a decision."
      ).markup(), rest,
    ])
  }

  static func columns(first: String) -> [DataTable.Column] {
    [
      .init(first), .init("Recommendation"), .init("Why"), .init("Evidence"), .init("Owner"), .init("Review"),
    ]
  }

  static func row(_ line: Line, place: Area?) -> DataTable.Row {
    let subject = place.map { line.subject + Markup.element("span", ["class": "place"], " \($0.name)") } ?? line.subject
    return DataTable.Row([
      subject,
      .element("span", ["class": "recommendation"], Markup(text: line.recommendation.rawValue)),
      Markup(text: line.reason),
      line.evidence, Markup(text: line.owner), Markup(text: line.review),
    ])
  }
}
