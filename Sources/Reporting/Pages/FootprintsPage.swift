import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Maps the pack's footprint to another: what makes each area, the main figures on both, and how ranks carry over.
struct FootprintsPage {
  static let path = "footprints.html"
  static let dataPath = "footprints.csv"

  let context: PackContext
  let comparison: FootprintComparison

  private var own: FootprintComparison.Label { comparison.footprint }
  private var beside: FootprintComparison.Label { comparison.beside }
  private var year: String { context.periods.year }

  func page() -> PageShell.Page {
    PageShell.Page(
      path: FootprintsPage.path, title: "\(own.name), beside \(beside.name)", crumb: "Footprints",
      content: [
        .paragraph(Markup(text: lead), className: "lead"), .list(status),
        .section(id: "parts", "What each area is made of", parts()),
        .section(id: "figures", "The main figures on both", [figures()]),
        .section(id: "ranks", "How ranks carry over", ranks()),
        .section(id: "priorities", "How local priorities carry over", [priorities()]),
      ])
  }

  private var lead: String {
    "Every page of this pack tells its figures by the footprint \u{201C}\(own.name)\u{201D}, as if it had been so all along. "
      + "This page sets \u{201C}\(beside.name)\u{201D} beside it, over the same data: \(context.periodCovered)."
  }

  private var status: [Markup] {
    [own, beside].map { label in
      let proposed = label.isProposed ? "a proposal" : "as it is on record"
      let from = label.from.map { ", from \(PeriodText.date($0))" } ?? ""
      let note = label.note.map { ": \(Wording.unstopped($0))" } ?? ""
      return "\(Markup.strong(Markup(text: label.name))): \(proposed)\(from)\(note)."
    }
  }

  // MARK: parts

  private func parts() -> [Markup] {
    let measure = comparison.measure?.label
    let hasResidents = comparison.pieces.contains { $0.residents != nil }
    var columns: [DataTable.Column] = [.init("Area"), .init("Made of"), .init("Districts")]
    if let measure {
      columns += [.init("\(measure), \(window)", isNumeric: true), .init("Share of it", isNumeric: true)]
    }
    if hasResidents {
      columns += [.init("Residents", isNumeric: true), .init("Share of residents", isNumeric: true)]
    }
    var rows: [DataTable.Row] = []
    for figure in comparison.figures {
      let area = figure.profile.area
      let pieces = comparison.pieces.filter { $0.area == area.name }
      rows += pieces.map { row($0, measure != nil, hasResidents) }
      guard pieces.count > 1 else { continue }
      var cells: [Markup] = [name(area.name), "all of it", Markup(text: "\u{2013}")]
      if measure != nil {
        cells += [count(comparison.totals[area.name]), share(comparison.totals[area.name].map { _ in 1 })]
      }
      if hasResidents { cells += [number(area.population), share(area.population.map { _ in 1 })] }
      rows.append(DataTable.Row(className: "subject", cells))
    }
    rows += comparison.pieces.filter { $0.area == nil }.map { row($0, measure != nil, hasResidents) }
    return [
      .paragraph(
        "Counts are of \(comparison.periods.count < context.periods.frequency.periodsPerYear ? "those \(context.periods.frequency.noun)s of the last \(year) that are wholly known in every area" : "the last \(year) of the data"). The parts of an area add up to it; what is not known is never taken for nothing."
      ),
      DataTable(
        id: "parts-table", caption: "Each area of \(own.name), by the areas of \(beside.name) that make it",
        columns: columns, rows: rows,
        emptyText: "The two footprints have no place in common."
      ).markup(), .dataFile(FootprintsPage.dataPath, root: ""),
    ]
  }

  /// "last 12 months", "11 of the last 12 months".
  private var window: String {
    let all = context.periods.frequency.periodsPerYear
    return (comparison.periods.count < all ? "\(comparison.periods.count) of the " : "") + "last \(year)"
  }

  private func row(_ piece: FootprintComparison.Piece, _ hasCounts: Bool, _ hasResidents: Bool) -> DataTable.Row {
    let told = FootprintRow(piece: piece, comparison: comparison)
    var cells: [Markup] = [
      piece.area.map(name) ?? "in none of its areas",
      Markup(text: piece.beside ?? "what lies in no area of \(beside.name)"),
      Markup(text: Wording.list(piece.districts)),
    ]
    if hasCounts { cells += [count(piece.count), share(told.shareOfCount, isPart: piece.area != nil)] }
    if hasResidents { cells += [number(piece.residents), share(told.shareOfResidents, isPart: piece.area != nil)] }
    return DataTable.Row(cells)
  }

  // MARK: figures

  private func figures() -> Markup {
    let sides = [(own, comparison.figures, true), (beside, comparison.figuresBeside, false)]
    let tables = RiskTables(context: context, root: "")
    return DataTable(
      id: "figures-table",
      caption:
        "Recorded in the last \(year), area by area. Crimes per 1,000 residents leave anti-social behaviour out.\(ResidentsWords(context: context).sentence.map { " " + $0 } ?? "")",
      columns: [.init("Area"), .init("Footprint"), .init("Residents", isNumeric: true)]
        + comparison.measures.map { .init($0.label, isNumeric: true) }
        + [.init("Crimes per 1,000 residents", isNumeric: true)],
      rows: sides.flatMap { label, figures, isOwn in
        figures.map { figure in
          let profile = figure.profile
          return DataTable.Row(
            [
              isOwn ? name(profile.area.name) : Markup(text: profile.area.name), Markup(text: label.name),
              number(profile.area.population),
            ] + figure.risks.map { risk in risk.map { tables.lastYear($0) } ?? "no figures" }
              + [
                Markup(
                  text: profile.crimesPerThousand.map { NumberText.grouped($0, decimals: 1) } ?? FootprintsPage.unknown)
              ])
        }
      }
    ).markup()
  }

  // MARK: ranks

  private func ranks() -> [Markup] {
    [
      .paragraph(
        "Ranks are among the problems of one footprint, \(comparison.ranked.own) on \(own.name) and \(comparison.ranked.beside) on \(beside.name): larger areas expect larger changes, so that a rank says nothing about the other list."
      ),
      carried(
        comparison.carried, id: "ranks-table", caption: "The highest ranks on \(own.name)", from: own, to: beside,
        isOwn: true),
      carried(
        comparison.carriedBeside, id: "ranks-beside-table", caption: "The highest ranks on \(beside.name)",
        from: beside,
        to: own, isOwn: false),
    ]
  }

  private func carried(
    _ carried: [FootprintComparison.Carried], id: String, caption: String, from: FootprintComparison.Label,
    to: FootprintComparison.Label, isOwn: Bool
  ) -> Markup {
    let tables = RiskTables(context: context, root: "")
    return DataTable(
      id: id, caption: Markup(text: caption),
      columns: [
        .init("Rank", isNumeric: true, className: "rank"), .init("Problem and place"), .init("Direction"),
        .init("Recommendation"), .init("On \(to.name)"),
      ],
      rows: carried.map { item in
        let risk = item.risk
        let others = item.counterparts.map { other -> Markup in
          let rank = other.rank.map { "rank \($0)" } ?? "not ranked"
          return
            "\(problem(other, tables, isOwn: !isOwn, withMeasure: false)): \(rank), \(other.recommendation.rawValue)"
        }
        return DataTable.Row([
          Markup(text: risk.rank.map(String.init) ?? "\u{2013}"),
          problem(risk, tables, isOwn: isOwn, withMeasure: true), .direction(Direction(risk)),
          Markup(text: risk.recommendation.rawValue),
          others.isEmpty ? "no area shares anything with it" : .joined(others, by: .element("br")),
        ])
      }, heading: 1,
      emptyText: "Nothing could be ranked on \(from.name)."
    ).markup()
  }

  /// A problem by its place; only those of the pack's own footprint have pages here.
  private func problem(_ risk: Risk, _ tables: RiskTables, isOwn: Bool, withMeasure: Bool) -> Markup {
    guard withMeasure else {
      let place = Markup(text: risk.area.name)
      return isOwn && context.hasPage(risk) ? .link(to: context.path(of: risk), place) : place
    }
    if isOwn { return tables.name(risk, withPlace: true) }
    return Markup(text: risk.label) + .element("span", ["class": "place"], " \(risk.area.name)")
  }

  // MARK: priorities

  private func priorities() -> Markup {
    let known = context.assessment.reference.priorities.byPartnership
    let rows = comparison.figures.map { figure -> DataTable.Row in
      let area = figure.profile.area
      let own = known[area.csp ?? area.name] ?? []
      let items = own.map { Markup(text: $0.name) }
      return DataTable.Row([
        name(area.name), items.isEmpty ? "none on record" : .joined(items, by: .element("br")),
      ])
    }
    return DataTable(
      id: "priorities-table",
      caption:
        "Current priorities on record of the partnerships that each area of \(own.name) holds, with the partnerships whose they are",
      columns: [.init("Area"), .init("Priorities")], rows: rows,
      emptyText: "The footprint has no areas here."
    ).markup()
  }

  // MARK: cells

  private static let unknown = "not known"

  /// An area of the pack's footprint, linked to its page where it has one.
  private func name(_ area: String) -> Markup {
    guard let place = context.partnerships.first(where: { $0.name == context.displayName(area) }) else {
      return Markup(text: area)
    }
    return .link(to: context.path(of: place), Markup(text: area))
  }

  private func count(_ value: Double?) -> Markup {
    Markup(text: value.map { NumberText.grouped($0) } ?? FootprintsPage.unknown)
  }

  private func number(_ value: Int?) -> Markup {
    Markup(text: value.map { NumberText.grouped($0) } ?? FootprintsPage.unknown)
  }

  private func share(_ value: Double?, isPart: Bool = true) -> Markup {
    Markup(text: value.map { Wording.percent($0) } ?? (isPart ? FootprintsPage.unknown : "\u{2013}"))
  }
}
