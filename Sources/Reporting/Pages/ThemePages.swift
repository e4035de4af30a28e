import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries

/// Subjects across all places: an overview, and a page per group and per measure.
struct ThemePages {
  let context: PackContext
  private let root = "../"

  var makers: [PageShell.Maker] {
    [{ overview() }] + context.themes.map { theme -> PageShell.Maker in { page(theme) } }
  }

  private func overview() -> PageShell.Page {
    let shared = context.assessment.themes
    let items = shared.map { theme -> Markup in
      let event = "a \(theme.direction.rawValue) of \(MeasureText(theme.measure).size(theme.size)) or more"
      return
        "\(link(theme.measure)): \(event) is at least a realistic possibility in \(theme.areas.count) of the \(theme.assessed) places with enough counts to say (\(Wording.list(theme.areas)))."
    }
    return PageShell.Page(
      path: "themes/index.html", title: "Themes",
      content: [
        .paragraph("One subject at a time, across every place.", className: "lead"),
        .section(
          id: "shared", "Problems shared by several places",
          [
            items.isEmpty
              ? .paragraph("No problem is expected to get worse in several places at once.") : .list(items),
            .paragraph(
              "What gets worse in several places is a matter for the county before it is one for each of them."),
          ]),
        .section(id: "groups", "Groups of crime", [list(context.themes.filter(\.isGroup))]),
        .section(id: "measures", "Single measures", [list(context.themes.filter { !$0.isGroup })]),
      ])
  }

  private func list(_ themes: [PackContext.Theme]) -> Markup {
    themes.isEmpty
      ? .paragraph("There are none in this run.")
      : .list(
        themes.map { theme in
          let note = definition(theme).first.map { ": \($0)" } ?? ""
          return
            "\(Markup.link(to: root + context.path(of: theme), Markup(text: theme.title)))\(theme.isGroup ? note : "")"
        })
  }

  private func link(_ measure: Measure) -> Markup {
    context.themes.first { $0.measure.id == measure.id }.map {
      Markup.link(to: root + context.path(of: $0), Markup(text: Wording.name(measure.label)))
    } ?? Markup(text: Wording.name(measure.label))
  }

  private func definition(_ theme: PackContext.Theme) -> [String] {
    let registry = context.assessment.reference.measures
    var lines: [String] = []
    let measure = theme.measure
    if let members = measure.members {
      lines.append("made of \(Wording.list(members.compactMap { registry[$0]?.name.lowercased() })).")
    }
    if let reason = measure.proxyReason {
      lines.append("This is a proxy: \(Wording.stopped(reason)) Read it as a stand-in, never as the official figure.")
    }
    if let caveat = measure.caveat { lines.append(Wording.stopped(caveat)) }
    if !measure.isKnown { lines.append(Doubt.unknownMeasure.sentence(context.periods.frequency)) }
    if !theme.isGroup, measure.isKnown, measure.kind == .count, !measure.isCrime {
      lines.append("It is not a crime and is never part of \u{201C}all crime\u{201D}.")
    }
    return lines
  }

  private func page(_ theme: PackContext.Theme) -> PageShell.Page {
    let risks = places.compactMap { context.ownRisk(in: $0, measure: theme.measure.id) }
    let widest = widestSeries(theme)
    var content: [Markup] = definition(theme).map { .paragraph(Markup(text: Wording.sentence($0))) }
    content.append(.section(id: "chart", "The record and the forecast", [chart(theme, widest)]))
    content.append(
      .section(
        id: "places", "In each place",
        [
          context.placesLeftOut("listed are the widest"),
          RiskTables(context: context, root: root).comparison(
            risks, id: "places-table",
            caption:
              "\(theme.title), from the widest area to the smallest.\(theme.measure.kind == .count ? RiskTables.partsNote : "")",
            heading: "Place", name: place),
        ] + change(theme, by: .places)))
    content.append(
      .section(
        id: "scorecard", "By quarter and year to date",
        [
          ScorecardTable(context: context, series: risks.compactMap { context.series(of: $0) }).markup(
            id: "scorecard-table", caption: "\(theme.label), as recorded, from the widest area to the smallest.",
            heading: "Place", name: { Markup(text: context.displayName($0.area.name)) })
        ]))
    if theme.isGroup {
      content.append(.section(id: "members", "What it is made of", [members(theme)] + change(theme, by: .measures)))
    }
    content.append(.section(id: "exceptions", "Exceptions", [exceptions(theme)]))
    return PageShell.Page(
      path: context.path(of: theme), title: theme.title, trail: [("themes/index.html", "Themes")], content: content)
  }

  /// Places from the widest to the smallest, each under one name: a partnership stands for its only district.
  private var places: [Area] {
    var names = Set<String>()
    return [AreaLevel.whole, .force, .authority, .csp, .district, .unclassified].flatMap { level in
      context.assessment.areas.filter {
        $0.level == level && context.isListed($0) && names.insert(context.displayName($0.name)).inserted
      }
    }
  }

  private func place(_ risk: Risk) -> Markup {
    let words = context.place(risk.area.name)
    let isPlain = [.unclassified, .csp, .authority].contains(risk.area.level)
    let kind =
      words.hasOtherNames ? words.others(than: words.name) : isPlain ? "" : " (\(risk.area.level.words))"
    let name: Markup =
      context.hasPage(risk)
      ? .link(to: root + context.path(of: risk), Markup(text: words.name)) : Markup(text: words.name)
    return "\(name)\(kind)"
  }

  private func widestSeries(_ theme: PackContext.Theme) -> AssessedSeries? {
    places.lazy.compactMap { context.assessment.series(SeriesKey(area: $0.name, measure: theme.measure.label)) }.first
      ?? context.assessment.series.first { $0.measure.id == theme.measure.id }
  }

  private func chart(_ theme: PackContext.Theme, _ series: AssessedSeries?) -> Markup {
    guard let series else { return .paragraph("There is no series to draw.") }
    let risk = context.risk(in: series.area, measure: theme.measure.id)
    let title = risk.map { context.words($0).headline } ?? "\(theme.title) in \(context.displayName(series.area.name))"
    let numbers = risk.map { context.words($0).numbers } ?? title
    return SeriesFigure(
      context: context, series: series, id: "series", title: title, description: "\(Wording.sentence(numbers))."
    ).markup()
  }

  private func members(_ theme: PackContext.Theme) -> Markup {
    guard let members = theme.measure.members, let place = widestSeries(theme)?.area else {
      return .paragraph("Its members are not stated.")
    }
    return RiskTables(context: context, root: root).comparison(
      members.compactMap { context.risk(in: place, measure: $0) }, id: "members-table",
      caption:
        "The members of \(theme.title) in \(context.displayName(place.name)).\(theme.measure.kind == .count ? RiskTables.partsNote : "")",
      heading: "Measure",
      name: { link($0.measure) })
  }

  /// Which parts of the widest area, or of the group in it, make the change that is expected of it.
  private func change(_ theme: PackContext.Theme, by side: ChangeParts.Side) -> [Markup] {
    widestSeries(theme).flatMap { context.risk(in: $0.area, measure: theme.measure.id) }
      .flatMap { ChangeParts(context: context, total: $0).sentence(by: side) }
      .map { [.paragraph(Markup(text: $0))] } ?? []
  }

  private func exceptions(_ theme: PackContext.Theme) -> Markup {
    let tests = context.shownTests.filter { ($0.key.measure ?? $0.key.area) == theme.measure.label }
    return ExceptionTable(context: context, root: root).markup(
      tests, id: "exception", caption: "\(theme.title): periods unlike what was expected, newest first",
      empty: context.nothingExceptional(
        "In none of the latest \(context.periods.count(context.assessment.configuration.judgedPeriods)) was it higher or lower than expected by more than chance explains, in any place.",
        among: context.assessment.tests.filter { ($0.key.measure ?? $0.key.area) == theme.measure.label })
    )
  }
}

extension AreaLevel {
  /// For people: "whole area".
  var words: String {
    switch self {
    case .lsoa: "LSOA"
    case .ward: "ward"
    case .district: "district"
    case .residual: "records without a place"
    case .csp: "partnership"
    case .authority: "authority"
    case .force: "police force"
    case .whole: "whole area"
    case .unclassified: "area"
    }
  }
}
