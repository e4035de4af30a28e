import Assessment
import Charts
import CommunitySafety
import NumericCore
import TimeSeries
import Wording

/// A page for each district that was counted by ward or neighbourhood: where its problems lie, on how few places, and how that
/// follows deprivation.
struct PlacesPages {
  static let dataPath = "places.csv"
  /// Places of a problem that are named; the rest are one row.
  static let mostPlaces = 10

  let context: PackContext
  let places: PlacesWithin
  private let root = "../"

  /// Of the pack, where places were looked into.
  init?(_ context: PackContext) {
    guard let places = context.assessment.places, !places.problems.isEmpty else { return nil }
    (self.context, self.places) = (context, places)
  }

  private var districts: [String] {
    context.assessment.areas.filter {
      $0.level == .district && places.periods[$0.name] != nil && context.isListed($0)
    }.map(\.name)
  }

  var makers: [PageShell.Maker] { districts.map { name -> PageShell.Maker in { page(name) } } }

  private func path(_ district: String) -> String { "places/\(context.slug(area: district)).html" }

  /// The pages of the districts of a place, as its own page links them; nothing of a place without any.
  func links(of place: Area) -> Markup {
    let names = context.districts(of: place).map(\.name)
    let own = districts.filter { names.contains($0) || $0 == place.name }
    guard !own.isEmpty else { return .empty }
    let links = own.map { Markup.link(to: root + path($0), Markup(text: $0)) }
    return .paragraph("Where within the district: \(Markup.joined(links, by: ", ")).")
  }

  private var noun: String { places.level == .ward ? "ward" : "neighbourhood" }

  private func page(_ district: String) -> PageShell.Page {
    let problems = places.problems.filter { $0.district == district }
    let known = places.periods[district]?.count ?? 0
    let year = context.periods.frequency.periodsPerYear
    let window =
      known < year
      ? "\(known) of the last \(context.periods.year), those that are known" : "the last \(context.periods.year)"
    let home = context.partnerships.first { place in
      place.name == district || context.districts(of: place).contains { $0.name == district }
    }
    return PageShell.Page(
      path: path(district), title: "Where in \(district)",
      trail: [("partnerships/index.html", "Partnerships")] + (home.map { [(context.path(of: $0), $0.name)] } ?? []),
      content: [
        .paragraph(Markup(text: lead(problems, window)), className: "lead"),
        .paragraph(
          "Counts of \(noun)s, not rates: few live in town centres, where many people are by day. Police.uk moves each record to one of a set of points near where it was, so that a record near a boundary may count next door. A neighbourhood is a Lower-layer Super Output Area (LSOA), of about 1,500 people.",
          className: "note"),
      ]
        + problems.enumerated().map { i, problem in
          .section(id: "problem-\(i + 1)", Markup(text: problem.measure.label), section(problem, i, window))
        } + [.dataFile(PlacesPages.dataPath, root: root)])
  }

  private func lead(_ problems: [PlacesWithin.Problem], _ window: String) -> String {
    guard let first = problems.first, let top = first.places.first, top.count > 0 else {
      return "Nothing was recorded in \(window)."
    }
    return
      "\(top.name) has the most: \(Wording.count(top.count)) of the \(Wording.count(first.total)) (\(Wording.percent(top.count / first.total))) of \(first.measure.label) recorded in \(first.district) in \(window)."
  }

  private func section(_ problem: PlacesWithin.Problem, _ index: Int, _ window: String) -> [Markup] {
    guard problem.total > 0 else { return [.paragraph(Markup(text: "Nothing was recorded in \(window)."))] }
    return [
      .paragraph(Markup(text: concentration(problem))), .paragraph(Markup(text: gradient(problem))),
      map(problem, index), table(problem, index, window), unlike(problem),
    ]
  }

  // MARK: sentences

  /// How few neighbourhoods hold half, beside what chance would make of it.
  private func concentration(_ problem: PlacesWithin.Problem) -> String {
    guard let spread = problem.concentration, spread.events >= Wording.smallestBase else {
      return "Too few were recorded to say whether they lie together."
    }
    let half =
      "Half of what has a place lies in \(NumberText.grouped(spread.placesOfHalf)) of \(NumberText.grouped(spread.places)) neighbourhoods with any record"
    guard spread.chance < 0.01 else {
      return
        "\(half), about as chance alone would spread so few (\(NumberText.grouped(spread.placesOfHalfByChance.rounded())))."
    }
    return
      "\(half); chance alone would spread it over \(NumberText.grouped(spread.placesOfHalfByChance.rounded())) (chance of so uneven a spread: \(Wording.percent(spread.chance)))."
  }

  /// "2.5 times as many in the most deprived fifth", of the district or, where it has too few such neighbourhoods, of all.
  private func gradient(_ problem: PlacesWithin.Problem) -> String {
    if let ratio = problem.gradient { return said(ratio, in: "a neighbourhood of the district") }
    if let all = places.gradients.first(where: { $0.measure.id == problem.measure.id }) {
      return
        "Too few of its neighbourhoods lie in the most or the least deprived fifth of the country to compare them. \(said(all.ratio, in: "a neighbourhood of all districts here"))"
    }
    return context.assessment.areas.contains { $0.deprivation != nil }
      ? "Too few neighbourhoods lie in the most or the least deprived fifth of the country to compare them."
      : "How deprived its neighbourhoods are is not known to this pack."
  }

  private func said(_ ratio: RatioOfMeans, in where: String) -> String {
    let times = { NumberText.grouped($0, decimals: 1) }
    let clear = ratio.lower > 1 || ratio.upper < 1
    return
      "\(times(ratio.ratio)) times as many were recorded in \(`where`) among the most deprived fifth of the country as among the least deprived (95 % interval \(times(ratio.lower)) to \(times(ratio.upper)))\(clear ? "" : ": no clear difference")."
  }

  /// What keeps the year before from being compared with the last: recording that changed between.
  private func unlike(_ problem: PlacesWithin.Problem) -> Markup {
    let key = SeriesKey(area: problem.district, measure: problem.measure.label)
    guard problem.totalBefore != nil, let end = context.span?.upperBound, let series = context.assessment.series(key)
    else { return .empty }
    let first = end - (2 * context.periods.frequency.periodsPerYear - 1)
    let steps = series.interventions.filter { $0.effect == .step && $0.start > first && $0.start <= end }
    guard !steps.isEmpty else { return .empty }
    return .paragraph(
      "The two years are not like for like: \(Wording.list(steps.map { "\($0.label) (from \(context.periods.label($0.start)))" })).",
      className: "note")
  }

  // MARK: the table and the map

  private func map(_ problem: PlacesWithin.Problem, _ index: Int) -> Markup {
    let drawn = problem.places.enumerated().compactMap { i, place in
      place.tile.map { tile in
        TileMap.Tile(
          column: tile.column, row: tile.row, label: String(i + 1),
          name: "\(i + 1), \(place.name): \(Wording.count(place.count))", value: place.count)
      }
    }
    guard drawn.count > 1 else { return .empty }
    let top = problem.places.prefix(3).map(\.name)
    let title = "\(problem.measure.label): most in \(Wording.list(Array(top)))"
    let missing = problem.places.count - drawn.count
    return .element(
      "figure", [:],
      TileMap(
        id: "tiles-\(index + 1)", title: title,
        description:
          "A tile for each \(noun), numbered as in the table by what was recorded, shaded in four equal steps up to \(Wording.count(problem.places.first?.count ?? 0)).",
        tiles: drawn
      ).svg(),
      .element(
        "figcaption", [:],
        Markup(
          text:
            "A tile for each \(noun), about where they lie to each other, numbered by rank."
            + (missing > 0 ? " \(NumberText.grouped(missing)) without a place on the grid are left out." : ""))))
  }

  private func table(_ problem: PlacesWithin.Problem, _ index: Int, _ window: String) -> Markup {
    let named = problem.places.prefix(PlacesPages.mostPlaces)
    let rest = problem.places.dropFirst(PlacesPages.mostPlaces)
    let knowsBefore = problem.totalBefore != nil
    func row(
      _ rank: String, _ name: String, _ count: Double, _ before: Double?, _ isTotal: Bool = false
    ) -> DataTable.Row {
      DataTable.Row(
        className: isTotal ? "subject" : nil,
        [
          Markup(text: rank), Markup(text: name), total(problem, count, isTotal),
          Markup(text: Wording.percent(count / problem.total)),
        ] + (knowsBefore ? [Markup(text: before.map(Wording.count) ?? "not known")] : []))
    }
    var rows = named.enumerated().map { row(String($0 + 1), $1.name, $1.count, $1.before) }
    if !rest.isEmpty {
      rows.append(
        row(
          "\u{2013}", "the other \(NumberText.grouped(rest.count)) \(noun)s", rest.reduce(0) { $0 + $1.count },
          rest.reduce(0 as Double?) { sum, place in sum.flatMap { sum in place.before.map { sum + $0 } } }))
    }
    if problem.unplaced > 0 || (problem.unplacedBefore ?? 0) > 0 {
      rows.append(row("\u{2013}", "no \(noun) is named", problem.unplaced, problem.unplacedBefore))
    }
    rows.append(row("\u{2013}", "\(problem.district), all of it", problem.total, problem.totalBefore, true))
    return DataTable(
      id: "places-\(index + 1)",
      caption: Markup(
        text:
          "\(problem.measure.label) in \(window), by \(noun). One year's order of places changes with the next.\(knowsBefore ? "" : " Of the year before too little is known to set it beside.")"
      ),
      columns: [
        .init("Rank", isNumeric: true, className: "rank"), .init(noun == "ward" ? "Ward" : "Neighbourhood"),
        .init("Recorded", isNumeric: true), .init("Share", isNumeric: true),
      ] + (knowsBefore ? [.init("Year before", isNumeric: true)] : []),
      rows: rows, heading: 1
    ).markup()
  }

  /// The district's total is what every other page says it recorded.
  private func total(_ problem: PlacesWithin.Problem, _ count: Double, _ isTotal: Bool) -> Markup {
    let text = Wording.count(count)
    guard isTotal else { return Markup(text: text) }
    return Figures(context, area: problem.district, measure: problem.measure)
      .tagged(text, .recorded, .year(back: 0, periods: places.periods[problem.district]?.count ?? 0))
  }
}
