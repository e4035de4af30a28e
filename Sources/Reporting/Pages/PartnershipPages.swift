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
        context.leavesPlacesOut
          ? .paragraph(
            "Of \(NumberText.grouped(context.places.count)) places only those that were asked for (\(NumberText.grouped(context.partnerships.count))) have a page of their own here: above \(PlacePages.most), pages for all would be no help to anyone. The figures of all are in \(Markup.link(to: root + "risks.csv", "risks.csv")), \(Markup.link(to: root + "forecasts.csv", "forecasts.csv")) and \(Markup.link(to: root + "exceptions.csv", "exceptions.csv")). Whoever made the pack can ask for more with --pages."
          ) : .empty,
        DataTable(
          id: "list", caption: "Every place with a page of its own, and its highest-ranked problem",
          columns: [
            .init(context.rankedLevel == .authority ? "Place" : "Partnership"), .init("Districts"),
            .init("Highest-ranked problem"), .init("Direction"),
          ],
          rows: rows, emptyText: "No page was asked for."
        ).markup(),
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
        .section(
          id: "current", "Recommendations",
          [AdviceTable(context: context, place: place, root: root).markup(id: "current-table")]),
      ] + scores(risks) + [
        .section(
          id: "trends", "The first ten over time",
          [
            SparklineRow(
              context: context, root: root, risks: Array(risks.prefix(10)), id: "trend", withPlace: false
            ).markup()
          ]),
        .section(
          id: "peers", "Among its peers", PeersSection(context: context, place: place, root: root).markup()),
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

  /// The problems as a workshop scores them: the matrix where a scheme has one, else the first scheme.
  private func scores(_ risks: [Risk]) -> [Markup] {
    let schemes = context.assessment.reference.scoringSchemes
    guard let scheme = schemes.first(where: \.isMatrix) ?? schemes.first else { return [] }
    return [
      .section(
        id: "scores", "Scored by impact and likelihood",
        SchemeTable(
          context: context, scheme: scheme, risks: risks.filter { $0.evidence.kind == .count }, root: root,
          withPlace: false
        ).markup(id: "scores-table")
          + [
            .paragraph(
              "The ranking above does not go by these scores. \(Markup.link(to: root + ScoringPage.path, "What they mean, and other ways of scoring")).",
              className: "note")
          ])
    ]
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
