import Charts
import CommunitySafety
import TimeSeries
import Wording
import Workshop

/// The workshop's page: before it how to score, after it what moved and why.
struct WorkshopPage {
  let evidence: PackEvidence
  /// What people wrote; nil before the workshop.
  var record: WorkshopRecord?
  var ranking: WorkshopRanking?
  /// The way to the pack's own pages.
  var root = ""

  static let path = "workshop.html"

  func page() -> PageShell.Page {
    guard let record, let ranking, !record.isEmpty else { return invitation() }
    return PageShell.Page(
      path: WorkshopPage.path, title: "What moved and why", crumb: "Workshop",
      content: [
        .paragraph(lead(record, ranking), className: "lead"),
        .section(id: "moved", "What moved", moved(ranking)),
        .section(id: "disagreement", "Where people disagree", disagreements(ranking)),
        .section(id: "order", "The order with the scores", [order(ranking)]),
        .section(id: "places", "The first of each place", [places(ranking)]),
        .section(id: "brought", "Risks that people brought", [brought(record)]),
        .section(id: "decisions", "What was decided", [decisions(record)]),
        .section(id: "scorers", "Who scored", [scorers(record)]),
        .section(id: "how", "How the order is made", how(ranking)),
        .dataFile("workshop/ranking.csv", root: ""), .dataFile("workshop/scores.csv", root: ""),
      ])
  }

  // MARK: Before

  private func invitation() -> PageShell.Page {
    PageShell.Page(
      path: WorkshopPage.path, title: "The workshop: score the problems", crumb: "Workshop",
      content: [
        .paragraph(
          "Nobody has scored these problems yet: the order of page one rests on recorded figures alone. People know what figures do not, and their scores go beside them, each with a name and a reason.",
          className: "lead"),
        .list([
          "Make the forms, one file for everybody: \(code("horizon workshop export PACK --out scoring.xlsx")).",
          "Each person fills in a copy: six kinds of harm by 0, 1, 2, 4 or 8, a reason, and the risks that no figure shows.",
          "Read them back: \(code("horizon workshop import scoring-*.xlsx --pack PACK --out PACK-SCORED")). This page then says what moved, and whose score did it.",
          "Or score live, in the browser: \(code("horizon workshop serve PACK --state scores.sqlite")) serves the same form to everybody in the room, and a page for the projector that is ranked again as they score.",
        ]),
        .section(id: "scale", "The scale of harm", [scale()]), .section(id: "how", "How the order is made", how(nil)),
      ])
  }

  private func code(_ text: String) -> Markup { .element("code", [:], Markup(text: text)) }

  private func scale() -> Markup {
    DataTable(
      caption: "What each step means, by kind of harm (Horizon's own words)",
      columns: [.init("Kind of harm")] + HarmScale.ladder.map { .init(String($0)) },
      rows: HarmScale.Dimension.allCases.map { dimension in
        DataTable.Row([Markup(text: dimension.heading)] + dimension.words.map { Markup(text: $0) })
      }, className: "comparison"
    ).markup()
  }

  // MARK: What moved

  func lead(_ record: WorkshopRecord, _ ranking: WorkshopRanking) -> Markup {
    let scored = ranking.items.count { $0.merged != nil }
    let scorers = record.scorers.count
    let people =
      "\(scorers) \(scorers == 1 ? "person" : "people") scored \(scored) of \(evidence.problems.count) problems"
    let brought = Set(record.brought.map { "\($0.area)|\($0.title.lowercased())" }).count
    let own = brought > 0 ? " and brought \(brought) risk\(brought == 1 ? "" : "s") that no series shows" : ""
    let moved = ranking.moved.count { $0.rankBefore != nil }
    let move =
      moved == 0
      ? "No problem changed its place."
      : "\(moved) \(moved == 1 ? "row" : "rows") changed place."
    return "\(people)\(own). \(move) Forecasts were not made again: what is new is judgement."
  }

  func moved(_ ranking: WorkshopRanking, most: Int = 40) -> [Markup] {
    let rows = ranking.moved
    let shown = rows.prefix(most)
    let table = DataTable(
      id: "moves",
      caption: "Rows whose place changed, the furthest first, then those that had no rank before; ranks among all rows",
      columns: [
        .init("Problem and place"), .init("Before", isNumeric: true), .init("Now", isNumeric: true),
        .init("Impact before", isNumeric: true), .init("Impact now", isNumeric: true), .init("Why"),
      ],
      rows: shown.map { item in
        DataTable.Row([
          name(item), rank(item.rankBefore), rank(item.rank),
          impact(item.impactBefore, isProvisional: item.wasProvisional),
          impact(item.impact, isProvisional: item.isProvisional), why(item, ranking),
        ])
      }, className: "comparison",
      emptyText: "Nothing moved: the scores leave every problem in its place.")
    let rest = rows.count - shown.count
    // Only a pack has the file.
    return [table.markup()]
      + (rest > 0 && root.isEmpty
        ? [
          .paragraph(
            "\(NumberText.grouped(rest)) more moved: see \(Markup.link(to: "workshop/ranking.csv", "workshop/ranking.csv"))."
          )
        ]
        : [])
  }

  private func why(_ item: WorkshopRanking.Item, _ ranking: WorkshopRanking) -> Markup {
    switch item.basis {
    case .people: return "Brought by people: no series shows it."
    case .signal: return "On the signals register; others moved around it."
    case .series: break
    }
    let own = (ranking.opinions[item.code] ?? []).filter(\.hasScore)
    guard !own.isEmpty else { return "Nobody scored it: others moved around it." }
    if let decisive = item.decisive {
      let without = decisive.rankWithout.map { "it would be number \($0)" } ?? "it would have no rank"
      let opinion = own.first { $0.scorer == decisive.scorer }
      let reason = opinion?.reason.map { ": \u{201C}\($0)\u{201D}" } ?? ", who gave no reason"
      return "\(Markup.strong(Markup(text: decisive.scorer.text)))\(reason). Without this score \(without)."
    }
    let names = ListText.joined(own.map(\.scorer.text))
    let reasons = own.compactMap { opinion in opinion.reason.map { "\u{201C}\($0)\u{201D}" } }
    return own.count == 1
      ? "\(Markup.strong(Markup(text: names)))\(reasons.first.map { ": \($0)" } ?? ", who gave no reason")."
      : "No one score alone: \(names) together.\(reasons.isEmpty ? "" : " " + reasons.joined(separator: " "))"
  }

  // MARK: Disagreement

  func disagreements(_ ranking: WorkshopRanking, most: Int = .max) -> [Markup] {
    let items = ranking.items.filter { !($0.merged?.disagreements.isEmpty ?? true) }.prefix(most)
    let rows = items.flatMap { item in
      (item.merged?.disagreements ?? []).map { part in
        DataTable.Row([
          name(item), Markup(text: part.dimension.heading), "\(part.lowest) to \(part.highest)",
          Markup(text: number(part.median)), said(item, part.dimension, ranking),
        ])
      }
    }
    return [
      .paragraph(
        "Scores two steps of the ladder apart or more. They are a finding, not noise: talk about these first."),
      DataTable(
        id: "spread", caption: "Kinds of harm that people see differently",
        columns: [
          .init("Problem and place"), .init("Kind of harm"), .init("Scores", isNumeric: true),
          .init("Median", isNumeric: true), .init("Who said what"),
        ], rows: rows, className: "comparison",
        emptyText: "No two people are two steps apart on anything that both scored."
      ).markup(),
    ]
  }

  private func said(_ item: WorkshopRanking.Item, _ dimension: HarmScale.Dimension, _ ranking: WorkshopRanking)
    -> Markup
  {
    let own = (ranking.opinions[item.code] ?? []).compactMap { opinion in
      opinion.score(dimension).map { (score: $0, opinion: opinion) }
    }
    .sorted { $0.score != $1.score ? $0.score > $1.score : $0.opinion.scorer < $1.opinion.scorer }
    return .list(
      own.map { entry in
        let reason = entry.opinion.reason.map { ": \u{201C}\($0)\u{201D}" } ?? ""
        return "\(entry.score): \(entry.opinion.scorer.text)\(reason)"
      })
  }

  // MARK: The order

  func order(_ ranking: WorkshopRanking, most: Int = 60) -> Markup {
    let ranked = ranking.items.filter { $0.rank != nil }
    let isSpread = ranked.contains { $0.stability != nil }
    return DataTable(
      id: "ranking",
      caption:
        "By impact times likelihood. \(isSpread ? "Ranks: where the row stands for eight panels in ten that are drawn from those who scored." : "How firm the order is cannot be said before two people or more have scored.")",
      columns: [
        .init("Rank", isNumeric: true), .init("Problem and place"), .init("Rests on"), .init("Impact", isNumeric: true),
        .init("Likelihood", isNumeric: true), .init("Score", isNumeric: true), .init("Ranks", isNumeric: true),
        .init("Capacity", isNumeric: true),
      ],
      rows: ranked.prefix(most).map { item in
        DataTable.Row([
          rank(item.rank), name(item), Markup(text: item.basis.rawValue),
          impact(item.impact, isProvisional: item.isProvisional),
          Markup(text: item.likelihood.map(number) ?? "\u{2013}"),
          Markup(text: item.score.map(number) ?? "\u{2013}"),
          item.stability.map { $0.best == $0.worst ? "\($0.best)" : "\($0.best) to \($0.worst)" } ?? "\u{2013}",
          Markup(text: item.capacity.map(number) ?? "\u{2013}"),
        ])
      }, heading: 1, className: "comparison", emptyText: "No problem can be ranked."
    ).markup()
  }

  private func places(_ ranking: WorkshopRanking) -> Markup {
    DataTable(
      id: "by-place", caption: "The first five of each place, with the scores",
      columns: [.init("Place"), .init("In order")],
      rows: evidence.places.compactMap { place in
        let first = ranking.items.filter { $0.place == place.name && $0.rank != nil }.prefix(5)
        guard !first.isEmpty else { return nil }
        return DataTable.Row([
          place.page.map { .link(to: $0, Markup(text: place.name)) } ?? Markup(text: place.name),
          .element(
            "ol", [:],
            first.map {
              .element("li", [:], Markup(text: $0.title + ($0.basis == .series ? "" : " (\($0.basis.rawValue))")))
            }
          ),
        ])
      }
    ).markup()
  }

  private func brought(_ record: WorkshopRecord) -> Markup {
    DataTable(
      id: "risks", caption: "What no series shows, as it was written",
      columns: [
        .init("Risk"), .init("Place"), .init("Cause"), .init("Horizon"), .init("Likelihood"),
        .init("Impact", isNumeric: true), .init("What it rests on"), .init("Who"),
      ],
      rows: record.brought.map { risk in
        DataTable.Row([
          Markup(text: risk.title), Markup(text: risk.area.isEmpty ? "all places" : risk.area),
          Markup(text: risk.tag?.rawValue ?? "\u{2013}"), Markup(text: risk.horizon?.rawValue ?? "\u{2013}"),
          Markup(text: risk.likelihood?.rawValue ?? "not said, so not ranked"),
          Markup(text: risk.impact.map(String.init) ?? "not said, so not ranked"),
          Markup(text: risk.basis ?? "not said"), Markup(text: risk.scorer.text),
        ])
      }, className: "comparison", emptyText: "Nobody brought one."
    ).markup()
  }

  private func decisions(_ record: WorkshopRecord) -> Markup {
    DataTable(
      id: "decided", caption: "Priorities for the coming year, as they were written down",
      columns: [
        .init("Priority"), .init("Place"), .init("Owner"), .init("Response"), .init("Review"), .init("Dissent"),
      ],
      rows: record.decisions.map { decision in
        DataTable.Row([
          Markup(text: decision.name), Markup(text: decision.area.isEmpty ? "all places" : decision.area),
          Markup(text: decision.owner ?? "nobody yet"), Markup(text: decision.response ?? "\u{2013}"),
          Markup(text: decision.review ?? "no date yet"), Markup(text: decision.dissent ?? "none noted"),
        ])
      }, className: "comparison", emptyText: "Nothing was written down on the sheet of decisions."
    ).markup()
  }

  private func scorers(_ record: WorkshopRecord) -> Markup {
    DataTable(
      id: "people", caption: "Everybody whose form was read",
      columns: [
        .init("Name"), .init("Organisation"), .init("Problems scored", isNumeric: true),
        .init("With a reason", isNumeric: true), .init("Risks brought", isNumeric: true),
      ],
      rows: record.scorers.map { scorer in
        let own = record.opinions.filter { $0.scorer == scorer && $0.hasScore }
        return DataTable.Row([
          Markup(text: scorer.name), Markup(text: scorer.organisation), "\(own.count)",
          "\(own.count { $0.reason != nil })", "\(record.brought.count { $0.scorer == scorer })",
        ])
      }, emptyText: "Nobody gave a score."
    ).markup()
  }

  private func how(_ ranking: WorkshopRanking?) -> [Markup] {
    var parts: [Markup] = [
      "Score: impact times likelihood. Impact is for people to judge, likelihood is filled from data; capacity and confidence stand beside the score and are never multiplied in.",
      "Impact, 0 to 8: for each kind of harm the median of those who scored it, then the mean over the kinds that anybody scored. Blank is not nought.",
      "Until a named person has scored it, impact is provisional, from harm per offence. Without a weight there is no provisional impact, and no rank until it is scored.",
      "Likelihood and provisional impact are those of the scoring profile\(evidence.profile.map { " \u{201C}\($0)\u{201D}" } ?? ""): \(Markup.link(to: ScoringPage.path, "how each is found"))\(evidence.profile == nil ? "; none here scores these kinds of harm" : "").",
      "A problem that cannot be assessed, or of too small a base, has no likelihood and no rank; what was scored of it is kept.",
    ]
    if let expired = ranking?.expired, !expired.isEmpty {
      parts.append(
        "Signals that are not ranked, because their review was due by \(evidence.facts.lastDay): \(Wording.list(expired.map(\.name)))."
      )
    }
    if ranking != nil {
      parts.append(
        "How firm a rank is: \(WorkshopRanking.panels) panels of as many people are drawn, with replacement, from those who scored."
      )
    }
    return [.list(parts, className: "note")]
  }

  // MARK: Cells

  private func name(_ item: WorkshopRanking.Item) -> Markup {
    let place = item.place.isEmpty ? "all places" : item.place
    let label = Markup(text: item.title) + .element("span", ["class": "place"], " \(place)")
    let page = evidence.problems.first { $0.code == item.code }?.page
    return page.map { .link(to: root + $0, label) } ?? label
  }

  private func rank(_ rank: Int?) -> Markup { rank.map { "\($0)" } ?? "none" }

  private func impact(_ impact: Double?, isProvisional: Bool) -> Markup {
    guard let impact else { return "none" }
    return isProvisional
      ? "\(number(impact)) \(Markup.element("span", ["class": "aside"], "provisional"))" : Markup(text: number(impact))
  }

  private func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return NumberText.grouped(tenths, decimals: tenths == tenths.rounded() ? 0 : 1)
  }
}
