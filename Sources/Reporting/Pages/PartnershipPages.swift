import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// A page per partnership (or place that belongs to none), and the list of them.
struct PartnershipPages {
  let context: PackContext
  private let root = "../"

  var makers: [PageShell.Maker] {
    [{ overview() }] + context.partnerships.map { place -> PageShell.Maker in { page(place) } }
  }

  private func overview() -> PageShell.Page {
    let rows = context.partnerships.map { place -> DataTable.Row in
      let top = context.risks(of: place, groups: false).first { $0.rank != nil }
      return DataTable.Row([
        .link(to: root + context.path(of: place), Markup(text: place.name)),
        Markup(text: districtNames(place)),
        top.map { RiskTables(context: context, root: root).name($0, withPlace: false) } ?? "none assessed",
        top.map { .direction(Direction($0)) } ?? "\u{2013}",
      ])
    }
    return PageShell.Page(
      path: "partnerships/index.html", title: "Partnerships",
      content: [
        DataTable(
          id: "list", caption: "Every place with a page of its own, and its highest-ranked problem",
          columns: [
            .init(context.rankedLevel == .authority ? "Place" : "Partnership"), .init("Districts"),
            .init("Highest-ranked problem"), .init("Direction"),
          ],
          rows: rows
        ).markup()
      ])
  }

  private func districtNames(_ place: Area) -> String {
    if !place.districts.isEmpty {
      return Wording.list(place.districts.map { $0.isWhole ? $0.name : "\($0.name) in part" })
    }
    let districts = context.districts(of: place).map(\.name)
    return districts.isEmpty || districts == [place.name] ? "itself" : Wording.list(districts)
  }

  private func page(_ place: Area) -> PageShell.Page {
    let risks = context.risks(of: place, groups: false)
    let groups = context.risks(of: place, groups: true)
    let tables = RiskTables(context: context, root: root)
    return PageShell.Page(
      path: context.path(of: place), title: place.name, trail: [("partnerships/index.html", "Partnerships")],
      content: [
        .paragraph(Markup(text: intro(place)), className: "lead"),
        GeocodingSection(context: context).note(on: place, root: root),
        PlacesPages(context)?.links(of: place) ?? .empty,
        .section(id: "priorities", "Problems in rank order", problems(place, risks)),
        .section(id: "current", "Current local priorities", [current(place)]),
        .section(
          id: "trends", "The first ten over time",
          [
            SparklineRow(
              context: context, root: root, risks: Array(risks.prefix(10)), id: "trend", withPlace: false
            ).markup()
          ]),
        .section(id: "exceptions", "Exceptions", [exceptions(place)]),
        .section(
          id: "scorecard", "By quarter and year to date",
          [
            ScorecardTable(context: context, series: (groups + risks).compactMap { context.series(of: $0) }).markup(
              id: "scorecard-table", caption: "Groups, then single measures, as recorded in \(place.name).",
              heading: "Measure", name: { name(of: $0, in: place) })
          ]),
        .section(
          id: "comparison", "Compared with earlier years",
          [
            tables.comparison(
              groups + risks, id: "comparison-table",
              caption:
                "Groups, then single measures. Two years before is there to skip a year of restrictions.",
              heading: "Measure", name: { tables.name($0, withPlace: false) }),
            .paragraph(
              "No percentage is given on a base under 30. A change from one year to the next has told little about the year after: the ranking does not use it. \(Markup.link(to: root + "method.html#ranking", "Why")).",
              className: "note"),
          ]),
      ])
  }

  private func name(of series: AssessedSeries, in place: Area) -> Markup {
    context.risk(in: place, measure: series.measure.id).map {
      RiskTables(context: context, root: root).name($0, withPlace: false)
    } ?? Markup(text: series.label)
  }

  /// A table for each kind of measure: kinds are never ranked against each other.
  private func problems(_ place: Area, _ risks: [Risk]) -> [Markup] {
    let kinds = MeasureKind.allCases.filter { kind in risks.contains { $0.evidence.kind == kind } }
    return (kinds.isEmpty ? [.count] : kinds).flatMap { kind -> [Markup] in
      let what =
        switch kind {
        case .count: "Every problem in \(place.name)"
        case .proportion: "Every share in \(place.name)"
        case .value: "Every measured value in \(place.name)"
        }
      return RiskTables(context: context, root: root).priorities(
        risks.filter { $0.evidence.kind == kind }, id: kind == .count ? "priority" : "priority-\(kind.rawValue)",
        caption:
          "\(what), by expected change over the next \(context.periods.year), if past patterns continue and recording stays as it is.",
        withPlace: false, rank: { i, risk in risk.rank == nil ? "\u{2013}" : String(i + 1) })
    }
  }

  private func intro(_ place: Area) -> String {
    if !place.districts.isEmpty {
      let together = place.districts.count > 1 || place.districts[0].name != place.name
      return (together ? "Made of \(districtNames(place)). " : "")
        + (place.population.map { "Population \(NumberText.grouped($0)). " } ?? "") + "\(context.periodCovered)."
    }
    let districts = context.districts(of: place)
    // A district of no partnership has a page too.
    let isOneDistrict = districts.count == 1 || (place.level == .district && place.csp != nil)
    var text =
      districts.count > 1
      ? "\(Wording.list(districts.map(\.name))) together. " : isOneDistrict ? "A partnership of one district. " : ""
    let population = place.population ?? sum(districts.map(\.population))
    if let population { text += "Population \(NumberText.grouped(population)). " }
    return text + "\(context.periodCovered)."
  }

  private func sum(_ populations: [Int?]) -> Int? {
    guard !populations.isEmpty else { return nil }
    var total = 0
    for population in populations {
      guard let population else { return nil }
      let (next, overflow) = total.addingReportingOverflow(population)
      if overflow { return nil }
      total = next
    }
    return total
  }

  private func current(_ place: Area) -> Markup {
    let priorities = context.assessment.reference.priorities.byPartnership[place.name] ?? []
    let rows = priorities.map { priority -> DataTable.Row in
      let evidence = priority.measures.compactMap { context.risk(in: place, measure: $0) }
      let lines = evidence.map { risk -> Markup in
        "\(RiskTables(context: context, root: root).name(risk, withPlace: false))\(priority.note == nil ? "" : " (proxy for it)"): \(Markup.direction(Direction(risk))), \(Markup.strong(Markup(text: risk.recommendation.rawValue)))"
      }
      return DataTable.Row([
        Markup.link(
          to: root + LocalPriorityPages(context: context).path(place, priority), Markup(text: priority.name)),
        lines.isEmpty ? "this source says nothing about it" : .joined(lines, by: .element("br")),
        Markup(text: priority.note.map { Wording.stopped(Wording.sentence($0)) } ?? "\u{2013}"),
      ])
    }
    return DataTable(
      id: "current-table", caption: "Priorities on record, and what recorded figures say about each",
      columns: [.init("Priority"), .init("Evidence and recommendation"), .init("What these figures leave out")],
      rows: rows,
      emptyText: "No current priorities are on record for this place."
    ).markup()
  }

  private func exceptions(_ place: Area) -> Markup {
    let names = Set([place.name] + context.districts(of: place).map(\.name))
    let tests = context.shownTests.filter { names.contains($0.key.area) }
    return ExceptionTable(context: context, root: root).markup(
      tests, id: "exception", caption: "Periods unlike what was expected, newest first",
      empty: context.nothingExceptional(
        "Nothing exceptional: none of the latest \(context.periods.count(context.assessment.configuration.judgedPeriods)) was higher or lower than expected by more than chance explains.",
        among: context.assessment.tests.filter { names.contains($0.key.area) })
    )
  }
}
