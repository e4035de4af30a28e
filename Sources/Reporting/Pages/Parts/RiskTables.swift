import Charts
import CommunitySafety
import RiskRanking

/// Tables whose rows are risks.
struct RiskTables {
  let context: PackContext
  /// The way from the page up to the pack's root.
  let root: String

  /// A problem's name, linked to its page where it has one.
  func name(_ risk: Risk, withPlace: Bool) -> Markup {
    name(risk, place: withPlace ? context.displayName(risk.area) : nil)
  }

  /// The place is part of the link, so that links to different pages have different names.
  func name(_ risk: Risk, place: String?) -> Markup {
    var label = Markup(text: risk.title)
    if let place { label = label + .element("span", ["class": "place"], " \(place)") }
    return context.hasPage(risk) ? .link(to: root + context.path(of: risk), label) : label
  }

  /// Page one's table. Reasons for a missing weight or outlook are numbered notes below it; so that they are not
  /// repeated in every row, periods missing in all of them are stated once, in the caption.
  func priorities(
    _ risks: [Risk], id: String, caption: Markup, withPlace: Bool, rank: (Int, Risk) -> String
  ) -> [Markup] {
    let text = MeasureText(kind: risks.first?.evidence.kind ?? .count)
    var notes: [String] = []
    func note(_ text: String) -> Markup {
      let number = (notes.firstIndex(of: text) ?? notes.count) + 1
      if number > notes.count { notes.append(text) }
      return Markup.link(to: "#\(id)-note-\(number)", "[\(number)]")
    }
    let shared = sharedPeriods(risks)
    let hasHarmOrder = risks.contains { $0.harmRank != nil }
    let rows = risks.enumerated().map { i, risk -> DataTable.Row in
      let harm: Markup =
        risk.harmPerOffence.map { Figures(context, risk).tagged(Wording.count($0), .harm, .whole) }
        ?? (risk.evidence.kind == .count
          ? "no weight \(note("No harm weight: " + context.reasonUnweighted(risk)))" : "not of this kind")
      let reasons = context.words(risk).reasonsNotAssessable.map { Wording.stopped(Wording.sentence($0)) }.joined(
        separator: " ")
      let chance: Markup =
        risk.outlook == nil
        ? "not assessable \(note(reasons))"
        : risk.isTooFew ? chance(risk) : risk.score == nil ? "\(chance(risk)) \(note(notRanked))" : chance(risk)
      return DataTable.Row(
        id: "\(id)-\(context.slug(risk.area.name, risk.measure.label))",
        [
          Figures(context, risk).tagged(rank(i, risk), withPlace ? .rank : .placeRank, .whole)
        ] + (hasHarmOrder ? [harmRank(risk)] : []) + [
          name(risk, withPlace: withPlace), .direction(Direction(risk)),
          lastYear(risk, shared: shared), forecast(risk, shared: shared), chance, harm,
          Markup(text: risk.confidence.rating.rawValue),
          recommendation(risk, note: note),
        ])
    }
    let table = DataTable(
      id: id, caption: "\(caption)\(sharedNote(shared))",
      columns: [
        .init("Rank", isNumeric: true, className: "rank")
      ] + (hasHarmOrder ? [.init("By harm", isNumeric: true, className: "rank")] : []) + [
        .init(withPlace ? "Problem and place" : "Problem"),
        .init("Direction", className: "way"), .init(lastYearTitle(shared), isNumeric: true, className: "now"),
        .init(forecastTitle(shared), isNumeric: true, className: "next"),
        .init(
          "Chance of a rise of \(text.materialChange(context.assessment.configuration.profile)) or more",
          className: "chance"),
        .init("Harm per offence", isNumeric: true, className: "harm"),
        .init("Confidence"), .init("Recommendation"),
      ], rows: rows, heading: 1 + (hasHarmOrder ? 1 : 0), className: "priorities",
      emptyText: "There is nothing to rank: the inputs hold no series that could be assessed.")
    return [table.markup(), list(notes, id: id)]
  }

  /// Its place in the order by expected change times harm, among all of its level.
  private func harmRank(_ risk: Risk) -> Markup {
    risk.harmRank.map { Figures(context, risk).tagged(String($0), .harmRank, .whole) } ?? "\u{2013}"
  }

  /// The advice with what must be known beside it, as notes below the table.
  private func recommendation(_ risk: Risk, note: (String) -> Markup) -> Markup {
    let word = Markup.element("span", ["class": "recommendation"], Markup(text: risk.recommendation.rawValue))
    let provisos = context.words(risk).provisos
    return provisos.isEmpty ? word : word + " " + note(provisos.joined(separator: " "))
  }

  /// "Last 12 months", or how many of them every total covers.
  func lastYearTitle(_ shared: Int?) -> String {
    shared.map { "\($0) of the last \(context.periods.year)" } ?? "Last \(context.periods.year)"
  }

  /// "Forecast 12 months (80 % interval)", or how many of them every total covers.
  func forecastTitle(_ shared: Int?) -> String {
    "Forecast \(shared.map { "of the same \($0) of " } ?? "")\(context.periods.year) (80\u{A0}% interval)"
  }

  private let notRanked =
    "Not ranked: no file of measures knows it, so that whether more is worse is not known"

  private func list(_ notes: [String], id: String) -> Markup {
    guard !notes.isEmpty else { return .empty }
    let items = notes.enumerated().map { i, text in
      Markup.element("li", ["id": "\(id)-note-\(i + 1)"], "[\(i + 1)] \(Wording.stopped(text))")
    }
    return .element("ul", ["class": "notes"], items)
  }

  /// How many periods of the last year every row covers, if that is the same for all and fewer than a year.
  func sharedPeriods(_ risks: [Risk]) -> Int? {
    guard let first = risks.first?.past.lastYearPeriods, first > 0, first < context.periods.frequency.periodsPerYear,
      risks.allSatisfy({ $0.past.lastYearPeriods == first && ($0.outlook?.matchedPeriods ?? first) == first })
    else { return nil }
    return first
  }

  func sharedNote(_ shared: Int?) -> String {
    guard let shared else { return "" }
    let year = context.periods.count(context.periods.frequency.periodsPerYear)
    return " Every total covers \(shared) of \(year), the ones observed last year, and their anniversaries."
  }

  /// What was recorded, what of it is compared with the forecast if that is not the same, and over how many periods if not all.
  func lastYear(_ risk: Risk, shared: Int? = nil) -> Markup {
    let year = context.periods.frequency.periodsPerYear
    let past = risk.past
    guard past.lastYearPeriods > 0 else { return "none observed" }
    let figures = Figures(context, risk)
    var total = figures.level(past.lastYear, .recorded, risk.lastYear())
    if let ratio = past.lastYearRatio {
      total = total + .element("span", ["class": "aside"], " (\(figures.madeOf(ratio, risk.lastYear())))")
    }
    let text = MeasureText(risk.measure)
    if let outlook = risk.outlook, outlook.matchedPeriods == past.lastYearPeriods,
      text.level(outlook.lastYear) != text.level(past.lastYear)
    {
      total =
        total
        + .element(
          "span", ["class": "aside"],
          " (like for like \(figures.level(outlook.lastYear, .comparable, outlook.compared)))")
    }
    guard past.lastYearPeriods < year, shared == nil else { return total }
    return total
      + .element("span", ["class": "aside"], " (\(past.lastYearPeriods) of \(context.periods.count(year)))")
  }

  /// Mean and 80 % interval, and over how many periods if not all.
  func forecast(_ risk: Risk, shared: Int? = nil) -> Markup {
    guard let outlook = risk.outlook else { return "none" }
    let figures = Figures(context, risk)
    let range = figures.interval(outlook.lower80, outlook.upper80, .interval80, outlook.ahead)
    // On too small a base the range is all that is said.
    var cell: Markup =
      risk.isTooFew
      ? range
      : "\(figures.level(outlook.mean, .forecast, outlook.ahead)) \(Markup.element("span", ["class": "interval"], "(\(range))"))"
    if outlook.matchedPeriods < outlook.periodsInYear, shared == nil {
      cell =
        cell
        + .element(
          "span", ["class": "aside"],
          " (same \(outlook.matchedPeriods) of \(context.periods.count(outlook.periodsInYear)))"
        )
    }
    return cell
  }

  /// The yardstick's term and the percentage.
  func chance(_ risk: Risk) -> Markup {
    guard let outlook = risk.outlook else {
      return .element(
        "span", [:], "not assessable",
        .element("span", ["class": "aside"], ": \(context.words(risk).reasonsNotAssessable.joined(separator: "; "))"))
    }
    guard !risk.isTooFew else { return "\u{2013}" }
    if risk.score?.event.direction == .fall {
      return "of a fall: \(Figures(context, risk).likelihood(outlook.probabilityOfFall, .fall, outlook.ahead))"
    }
    return Figures(context, risk).likelihood(outlook.probabilityOfRise, .rise, outlook.ahead)
  }

  /// Said where a total stands with its parts, of counts.
  static let partsNote: Markup =
    " The forecasts of parts add up to that of their total, but for the rounding to what can be foreseen; the ends of their ranges do not."

  /// Last year, the year before, two years before and the forecast, side by side.
  func comparison(
    _ risks: [Risk], id: String, caption: Markup, heading: String, subject: String? = nil, name: (Risk) -> Markup
  ) -> Markup {
    let shared = sharedPeriods(risks)
    return DataTable(
      id: id, caption: "\(caption)\(sharedNote(shared))",
      columns: [
        .init(heading), .init(lastYearTitle(shared), isNumeric: true), .init("Year before", isNumeric: true),
        .init("Change on year before", isNumeric: true), .init("Two years before", isNumeric: true),
        .init("Change on two years before", isNumeric: true), .init(forecastTitle(shared), isNumeric: true),
        .init("Direction"),
      ],
      rows: risks.map { risk in
        let figures = Figures(context, risk)
        let words = context.words(risk)
        let (before, beforeThat) = (words.year(1), words.year(2))
        let change = risk.opposedChanges.map { Markup(text: "no trend: \($0)") } ?? before?.changeCell(figures)
        return DataTable.Row(
          className: risk.area.name == subject ? "subject" : nil,
          [
            name(risk), lastYear(risk, shared: shared), before?.levelCell(figures) ?? "not observed",
            change ?? "\u{2013}",
            beforeThat?.levelCell(figures) ?? "not observed", beforeThat?.changeCell(figures) ?? "\u{2013}",
            forecast(risk, shared: shared), .direction(Direction(risk)),
          ])
      }, className: "comparison"
    ).markup()
  }
}
