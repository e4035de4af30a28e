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
    let label = Markup(text: risk.label)
    let linked = context.hasPage(risk) ? Markup.link(to: root + context.path(of: risk), label) : label
    return withPlace ? linked + .element("span", ["class": "place"], " \(risk.area.name)") : linked
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
    let rows = risks.enumerated().map { i, risk -> DataTable.Row in
      let harm: Markup =
        risk.harmPerOffence.map { Markup(text: Wording.count($0)) }
        ?? (risk.evidence.kind == .count
          ? "no weight \(note("No harm weight: " + context.reasonUnweighted(risk)))" : "not of this kind")
      let reasons = "Not assessable: " + context.words(risk).reasonsNotAssessable.joined(separator: "; ")
      let chance: Markup =
        risk.outlook == nil
        ? "not assessable \(note(reasons))"
        : risk.score == nil ? "\(chance(risk)) \(note(notRanked))" : chance(risk)
      return DataTable.Row(
        id: "\(id)-\(context.slug(risk.area.name, risk.measure.label))",
        [
          Markup(text: rank(i, risk)), name(risk, withPlace: withPlace), .direction(Direction(risk.outlook)),
          lastYear(risk, shared: shared), forecast(risk, shared: shared), chance, harm,
          Markup(text: risk.confidence.rating.rawValue),
          .element("span", ["class": "recommendation"], Markup(text: risk.recommendation.rawValue)),
        ])
    }
    let table = DataTable(
      id: id, caption: "\(caption)\(sharedNote(shared))",
      columns: [
        .init("Rank", isNumeric: true, className: "rank"), .init(withPlace ? "Problem and place" : "Problem"),
        .init("Direction"), .init("Last \(context.periods.year)", isNumeric: true),
        .init("Forecast \(context.periods.year) (80\u{A0}% interval)", isNumeric: true),
        .init(
          "Chance of a rise of \(text.materialChange(context.assessment.configuration.profile)) or more",
          className: "chance"),
        .init("Harm per offence", isNumeric: true, className: "harm"),
        .init("Confidence"), .init("Recommendation"),
      ], rows: rows, heading: 1, className: "priorities",
      emptyText: "There is nothing to rank: the inputs hold no series that could be assessed.")
    return [table.markup(), list(notes, id: id)]
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
    var total = Markup(text: MeasureText(risk.measure).level(past.lastYear))
    if let ratio = past.lastYearRatio {
      total =
        total
        + .element(
          "span", ["class": "aside"], " (\(Wording.count(ratio.numerator)) of \(Wording.count(ratio.denominator)))")
    }
    let text = MeasureText(risk.measure)
    if let outlook = risk.outlook, outlook.matchedPeriods == past.lastYearPeriods,
      text.level(outlook.lastYear) != text.level(past.lastYear)
    {
      total = total + .element("span", ["class": "aside"], " (like for like \(text.level(outlook.lastYear)))")
    }
    guard past.lastYearPeriods < year, shared == nil else { return total }
    return total
      + .element("span", ["class": "aside"], " (\(past.lastYearPeriods) of \(context.periods.count(year)))")
  }

  /// Median and 80 % interval, and over how many periods if not all.
  func forecast(_ risk: Risk, shared: Int? = nil) -> Markup {
    guard let outlook = risk.outlook else { return "none" }
    let text = MeasureText(risk.measure)
    var cell: Markup =
      "\(text.level(outlook.median)) \(Markup.element("span", ["class": "interval"], "(\(text.interval(outlook.lower80, outlook.upper80)))"))"
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
    if risk.score?.event.direction == .fall {
      return "of a fall: \(Wording.likelihood(outlook.probabilityOfFall))"
    }
    return Markup(text: Wording.likelihood(outlook.probabilityOfRise))
  }

  /// Last year, the year before, two years before and the forecast, side by side.
  func comparison(
    _ risks: [Risk], id: String, caption: Markup, heading: String, subject: String? = nil, name: (Risk) -> Markup
  ) -> Markup {
    let year = context.periods.year
    let shared = sharedPeriods(risks)
    return DataTable(
      id: id, caption: "\(caption)\(sharedNote(shared))",
      columns: [
        .init(heading), .init("Last \(year)", isNumeric: true), .init("Year before", isNumeric: true),
        .init("Change on year before", isNumeric: true), .init("Two years before", isNumeric: true),
        .init("Change on two years before", isNumeric: true),
        .init("Forecast \(year) (80\u{A0}% interval)", isNumeric: true), .init("Direction"),
      ],
      rows: risks.map { risk in
        let past = risk.past
        let text = MeasureText(risk.measure)
        func total(_ value: Double?) -> Markup { value.map { Markup(text: text.level($0)) } ?? "not observed" }
        func change(_ value: Double?, onYearBefore: Bool = false) -> Markup {
          if onYearBefore, let opposed = risk.opposedChanges {
            return Markup(text: "no trend: \(opposed)")
          }
          guard past.lastYearPeriods > 0, let value else { return "\u{2013}" }
          return Markup(text: text.change(from: value, to: past.lastYear))
        }
        return DataTable.Row(
          className: risk.area.name == subject ? "subject" : nil,
          [
            name(risk), lastYear(risk, shared: shared), total(past.yearBefore),
            change(past.yearBefore, onYearBefore: true), total(past.twoYearsBefore),
            change(past.twoYearsBefore), forecast(risk, shared: shared), .direction(Direction(risk.outlook)),
          ])
      }, className: "comparison"
    ).markup()
  }
}
