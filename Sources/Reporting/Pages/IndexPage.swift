import Charts
import RiskRanking

/// Page one: what changed, the priorities, what cannot be said. Prints on one A4 side.
struct IndexPage {
  let context: PackContext

  func page() -> PageShell.Page {
    let title = "Priorities for \(context.title)"
    return PageShell.Page(
      path: "index.html", title: title, crumb: "Priorities", className: "first",
      content: [
        .paragraph(
          "\(context.scope), \(context.periodCovered). \(context.extraction). Draft for partners to challenge: recorded figures, not accredited official statistics.\(FootprintWords(notes: context.assessment.data.notes).sentence.map { " " + $0 } ?? "")",
          className: "scope"),
        CountyLine(context: context).section(), PastChanges(context: context).section(),
        .section(id: "what-changed", "What may come, in three sentences", [sentences()]),
        .section(id: "priorities", "Priorities", priorities()),
        .section(
          id: "trends", "The priorities over time",
          [
            SparklineRow(context: context, root: "", risks: context.topRisks, id: "trend", withPlace: true).markup()
          ]),
        .section(id: "limits", "What we cannot say", [limits()]),
        .section(id: "partnerships", "Each partnership", [partnerships()]),
        .paragraph(
          "\(Markup.link(to: ProjectorPage.path, "The findings for a room, one a screen")). \(Markup.link(to: WatchListPage.path, "The watch-list")).",
          className: "screen"),
      ])
  }

  private func sentences() -> Markup { .list([risk(), improvement(), doubt()], className: "sentences") }

  private func risk() -> Markup {
    guard hasOutlook else { return "\(Markup.strong("Emerging risk:")) \(nothingAssessable)" }
    guard let risk = context.emerging else {
      return
        "\(Markup.strong("Emerging risk:")) no problem that could be assessed is expected to get worse. \(Markup.link(to: "forecasts.html", "See every forecast"))."
    }
    return "\(Markup.strong("Emerging risk:")) \(statement(risk, ofWorse: true))"
  }

  private func improvement() -> Markup {
    guard hasOutlook else { return "\(Markup.strong("Improvement:")) \(nothingAssessable)" }
    guard let risk = context.improvement else {
      return
        "\(Markup.strong("Improvement:")) no problem that could be assessed is expected to improve. \(Markup.link(to: "forecasts.html", "See every forecast"))."
    }
    return "\(Markup.strong("Improvement:")) \(statement(risk, ofWorse: false))"
  }

  private var hasOutlook: Bool {
    context.assessment.risks(level: context.rankedLevel, groups: false, kind: context.rankedKind).contains {
      $0.score != nil
    }
  }

  private var nothingAssessable: Markup {
    "none can be named, because nothing here could be ranked; \(Markup.link(to: "#limits", "see why"))."
  }

  /// The chance as a link, then the expected change and last year's total.
  private func statement(_ risk: Risk, ofWorse isWorse: Bool) -> Markup {
    let words = context.words(risk)
    let headline = Markup.link(to: context.path(of: risk), Markup(text: words.statement(ofWorse: isWorse)))
    guard let change = words.expectedChange, let outlook = risk.outlook else { return "\(headline)." }
    let matched =
      outlook.matchedPeriods < outlook.periodsInYear
      ? " over the \(context.periods.count(outlook.matchedPeriods)) that can be compared" : ""
    return
      "\(headline), if past patterns continue: \(change)'s \(words.text.level(outlook.lastYear))\(matched).\(caution(risk, ofWorse: isWorse))"
  }

  /// What weakens a sentence of page one: low confidence, or latest months that point the other way.
  private func caution(_ risk: Risk, ofWorse isWorse: Bool) -> String {
    let against = risk.exceptions.filter {
      context.isShown($0) && $0.kind.isHigher != (isWorse == (risk.score?.event.direction == .rise))
    }
    let low = risk.confidence.rating == .low ? " Confidence is low." : ""
    guard let latest = against.first else { return low }
    return "\(low) Yet \(context.periods.label(latest.period)) was \(context.words(latest).kind)."
  }

  private func doubt() -> Markup {
    guard let first = context.assessment.limitations.first else {
      return
        "\(Markup.strong("Doubt about the data:")) none stands out; \(Markup.link(to: "data-quality.html", "see what was checked"))."
    }
    return
      "\(Markup.strong("Doubt about the data:")) \(Markup.link(to: "data-quality.html#limits", Markup(text: first.sentence)))"
  }

  private func priorities() -> [Markup] {
    let tables = RiskTables(context: context, root: "")
    let weights = context.harmWeights.map { " Harm: \($0.unit) per offence (\($0.name))." } ?? ""
    return tables.priorities(
      context.topRisks, id: "priority",
      caption: "\(caption)\(weights)",
      withPlace: true, rank: { _, risk in risk.rank.map(String.init) ?? "\u{2013}" })
      + [reading(), HarmOrder(context: context).markup()] + oneBet() + [comparisonNote()]
  }

  private var caption: String {
    context.topRisks.contains { $0.rank != nil }
      ? "The \(context.topRisks.count) highest-ranked problems, by expected change over the next \(context.periods.year), if past patterns continue."
      : "None of these problems could be ranked."
  }

  /// What the words of the table mean, for those who hold a printed page.
  private func reading() -> Markup {
    let directions = Direction.allCases.filter { $0 != .notAssessable }.map { "\($0.arrow) \($0.rawValue)" }
    return .paragraph(
      "Ranked by expected change; \u{201C}by harm\u{201D}: by expected change times harm. \(directions.joined(separator: ", ")): what is more likely than not, unclear if nothing is. The words for chances are those of the probability yardstick. New: not a current local priority and likely to get worse; watch: neither; continue, escalate, de-escalate: a current one.",
      className: "note reading")
  }

  /// Which of the problems are one bet, and how far.
  private func oneBet() -> [Markup] {
    let shared = SharedBets(context.topRisks).sentences
    return shared.isEmpty ? [] : [.paragraph(Markup(text: shared.joined(separator: " ")), className: "note")]
  }

  private func comparisonNote() -> Markup {
    return .paragraph(
      "Confidence says how far the evidence carries and is not part of the rank. \(Markup.link(to: "method.html#yardstick", "What the probability words mean")). \(Markup.link(to: "themes/index.html", "Problems shared by several places")). As files: \(Markup.link(to: "priorities.csv", "priorities.csv")), \(Markup.link(to: "risks.csv", "risks.csv")).",
      className: "note")
  }

  private func limits() -> Markup {
    let limitations = context.assessment.limitations
    let shown = limitations.prefix(5).map { Markup(text: $0.sentence) }
    let rest = limitations.count - shown.count
    let more = Markup.link(
      to: "data-quality.html#limits", rest > 0 ? "\(rest) more, and the checks behind them" : "The checks behind this")
    return .list(
      (shown.isEmpty ? ["No limitation was found beyond those of recorded crime itself."] : shown) + [
        .element("span", ["class": "screen"], more + ".")
      ])
  }

  private func partnerships() -> Markup {
    .list(
      context.partnerships.map { .link(to: context.path(of: $0), Markup(text: $0.name)) }, className: "inline")
  }
}
