import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Page one: what changed, the priorities, what cannot be said. Prints on one A4 side.
struct IndexPage {
  let context: PackContext

  func page() -> PageShell.Page {
    let title = "\(context.title): what changed and what may come"
    return PageShell.Page(
      path: "index.html", title: title, crumb: "Priorities", className: "first",
      content: [
        .paragraph(
          "\(context.scope), \(context.periodCovered). \(context.extraction). Draft for partners to challenge: recorded figures, not accredited official statistics.\(FootprintWords(notes: context.assessment.data.notes).sentence.map { " " + $0 } ?? "")",
          className: "scope"),
        CountyLine(context: context).section(), PastChanges(context: context).section(),
        .section(id: "what-changed", "What may come, in three sentences", [sentences()]),
        .section(id: "priorities", Markup(text: heading), priorities()),
        .section(
          id: "trends", "The problems over time",
          [
            SparklineRow(context: context, root: "", risks: context.topRisks, id: "trend", withPlace: true).markup()
          ]),
        .section(id: "limits", "What we cannot say", [limits()]),
        .section(id: "partnerships", "Each partnership", [partnerships()]),
        .paragraph(
          "\(Markup.link(to: ProjectorPage.path, "The findings for a room, one a screen")). \(Markup.link(to: WatchListPage.path, "The watch-list")). \(Markup.link(to: ScoringPage.path, "Scores of impact and likelihood, and how stable the ranks are")).",
          className: "screen"),
      ])
  }

  /// What may come, and the largest doubt about it.
  private func sentences() -> Markup {
    let thin: Markup =
      "There is not enough data to say: confidence is low for every problem here. The ranges in the table are what can be expected."
    return .list((isThin ? [thin] : [risk(), improvement()]) + [doubt()], className: "sentences")
  }

  /// Whether nothing that is ranked rests on more than little.
  private var isThin: Bool {
    let ranked = context.topRisks.filter { $0.rank != nil }
    return !ranked.isEmpty && ranked.allSatisfy { $0.confidence.rating == .low }
  }

  private func risk() -> Markup {
    guard hasOutlook else { return "\(Markup.strong("Emerging risk:")) \(nothingAssessable)" }
    guard let risk = context.emerging else {
      return
        "\(Markup.strong("Emerging risk:")) no problem that could be assessed is expected to get worse. \(Markup.link(to: "forecasts.html", "See every forecast"))."
    }
    // The first of the table that is more likely than not, which need not be the first.
    let rank =
      (risk.rank ?? 1) > 1 ? " It is number \(risk.rank ?? 0) below: what stands above it is less likely to." : ""
    return "\(Markup.strong("Emerging risk:")) \(statement(risk, ofWorse: true))\(rank)"
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
    let like = words.text.level(outlook.lastYear) != words.text.level(risk.past.lastYear) && matched.isEmpty
    return
      "\(headline), if past patterns continue: \(change)'s \(words.text.level(outlook.lastYear))\(like ? " like for like" : "")\(matched).\(caution(risk, ofWorse: isWorse))"
  }

  /// What weakens a sentence of page one: low confidence, an event that it rests on, or latest months that point the other way.
  private func caution(_ risk: Risk, ofWorse isWorse: Bool) -> String {
    let against = risk.exceptions.filter {
      context.isShown($0) && $0.kind.isHigher != (isWorse == (risk.score?.event.direction == .rise))
    }
    let low = risk.confidence.rating == .low ? " Confidence is low." : ""
    let rests = risk.evidence.doubts.first { if case .restsOnUnusual = $0 { true } else { false } }
    let event = rests.map { " \($0.sentence(context.periods.frequency))" } ?? ""
    guard let latest = against.first else { return low + event }
    return "\(low)\(event) Yet \(context.periods.label(latest.period)) was \(context.words(latest).kind)."
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

  private var heading: String {
    let ranked = context.topRisks.filter { $0.rank != nil }
    guard !ranked.isEmpty else { return "Problems, without a rank" }
    guard !isThin else { return "Problems: not enough data to rank" }
    let worse = ranked.count { $0.isLikelyToGetWorse(context.assessment.configuration.profile) }
    let rest = context.topRisks.count - worse
    return
      "Problems in rank order: \(worse == 0 ? "none" : String(worse)) likely to get worse\(rest > 0 && worse > 0 ? ", \(rest) not" : "")"
  }

  private var caption: String {
    if isThin {
      return
        "The \(context.topRisks.count) problems that come first by expected change over the next \(context.periods.year), if past patterns continue and recording stays as it is. Confidence is low for each of them: read the ranges, and take the order for no ranking."
    }
    return context.topRisks.contains { $0.rank != nil }
      ? "The \(context.topRisks.count) highest-ranked problems, by expected change over the next \(context.periods.year), if past patterns continue and recording stays as it is."
      : "None of these problems could be ranked."
  }

  /// What the words of the table mean, for those who hold a printed page.
  private func reading() -> Markup {
    let directions = Direction.allCases.filter { $0 != .notAssessable }.map { "\($0.arrow) \($0.rawValue)" }
    return .paragraph(
      "Ranked by expected change; \u{201C}by harm\u{201D}: by expected change times harm. \(directions.joined(separator: ", ")): what is more likely than not, unclear if nothing is. New: not a current local priority and likely to get worse; watch: neither; continue, escalate, de-escalate: a current one.",
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
    let places = context.partnerships
    guard !context.leavesPlacesOut else {
      return .paragraph(
        "Of the \(NumberText.grouped(context.places.count)) places of this pack \(places.isEmpty ? "none has" : "those asked for have") \(places.count == 1 ? "a page" : "pages") of \(places.count == 1 ? "its" : "their") own: \(Markup.link(to: "partnerships/index.html", "which, and where the figures of all are"))."
      )
    }
    guard places.count <= IndexPage.mostPlaces else {
      return .paragraph(
        "\(Markup.link(to: "partnerships/index.html", "All \(places.count) places with a page of their own")), each with its highest-ranked problem."
      )
    }
    return .list(places.map { .link(to: context.path(of: $0), Markup(text: $0.name)) }, className: "inline")
  }

  /// Most places that page one links to one by one.
  static let mostPlaces = 20
}
