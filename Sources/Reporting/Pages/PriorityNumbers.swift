import Charts
import RiskRanking

/// The forecast total beside last year's: a picture and the numbers behind it.
struct PriorityNumbers {
  let context: PackContext
  let risk: Risk
  private var text: MeasureText { MeasureText(risk.measure) }

  func markup() -> [Markup] {
    guard let outlook = risk.outlook else {
      let reasons = context.words(risk).reasonsNotAssessable.map { Markup(text: Wording.stopped(Wording.sentence($0))) }
      return [.paragraph("Next year cannot be compared with last:"), .list(reasons), table()]
    }
    let words = context.words(risk)
    let title = words.expectedChange.map { "Next year: \($0), if past patterns continue" } ?? words.headline
    var parts: [Markup] = [
      .element(
        "figure", ["id": "outlook"],
        .element(
          "figcaption", [:], .element("span", ["class": "finding"], Markup(text: title)),
          .element(
            "span", ["class": "subtitle"],
            "\(risk.evidence.kind == .count ? "Total" : "Level") over \(matched(outlook)), forecast median (dot) with 80\u{A0}% interval (band), and last year (diamond)"
          )
        ),
        .element("div", ["class": "wide"], picture(outlook, title: title, width: 760, suffix: "dot").svg()),
        .element("div", ["class": "narrow"], picture(outlook, title: title, width: 340, suffix: "dot-narrow").svg()))
    ]
    parts.append(table())
    return parts
  }

  private func matched(_ outlook: Outlook) -> String {
    outlook.matchedPeriods < outlook.periodsInYear
      ? "the \(outlook.matchedPeriods) of \(context.periods.count(outlook.periodsInYear)) observed last year"
      : context.periods.year
  }

  private func picture(_ outlook: Outlook, title: String, width: Double, suffix: String) -> IntervalDot {
    var picture = IntervalDot(
      id: "outlook-\(suffix)", title: title, description: context.words(risk).numbers + ".",
      reference: outlook.lastYear, median: outlook.median, lower: outlook.lower80, upper: outlook.upper80)
    picture.width = width
    return picture
  }

  private func table() -> Markup {
    let past = risk.past
    let year = context.periods.frequency.periodsPerYear
    let figures = Figures(context, risk)
    var rows: [(String, Markup)] = [
      (
        "\(risk.evidence.kind == .count ? "Recorded" : "Level") in the last \(context.periods.year)",
        past.lastYearPeriods > 0 ? figures.level(past.lastYear, .recorded, risk.lastYear()) : "none observed"
      ),
      (
        "\(Wording.sentence(context.periods.frequency.noun))s of it that were observed",
        "\(past.lastYearPeriods) of \(year)"
      ),
      (
        "Year before, same \(context.periods.frequency.noun)s",
        past.yearBefore.map { figures.level($0, .recorded, risk.lastYear(back: 1)) } ?? "not fully observed"
      ),
      (
        "Two years before, same \(context.periods.frequency.noun)s",
        past.twoYearsBefore.map { figures.level($0, .recorded, risk.lastYear(back: 2)) } ?? "not fully observed"
      ),
    ]
    if let ratio = past.lastYearRatio { rows.insert(("Made of", figures.madeOf(ratio, risk.lastYear())), at: 1) }
    if let before = past.yearBefore {
      rows.append(
        (
          "Change on the year before",
          figures.change(from: before, to: past.lastYear, .change, risk.lastYear(back: 1))
        ))
    }
    if let outlook = risk.outlook {
      if outlook.lastYear != past.lastYear {
        rows.append(
          (
            "Last year like for like, as compared with the forecast",
            figures.level(outlook.lastYear, .comparable, outlook.compared)
          ))
      }
      let ahead = outlook.ahead
      rows += [
        (
          "Forecast for the next \(context.periods.year), median", figures.level(outlook.median, .median, ahead)
        ),
        ("80\u{A0}% interval", figures.interval(outlook.lower80, outlook.upper80, .interval80, ahead)),
        ("95\u{A0}% interval", figures.interval(outlook.lower95, outlook.upper95, .interval95, ahead)),
        ("Change on last year", figures.change(from: outlook.lastYear, to: outlook.median, .medianChange, ahead)),
        (
          "Mean of all futures less last year, used for the rank",
          figures.change(from: outlook.lastYear, to: outlook.mean, .expectedChange, ahead)
        ),
        (
          "Chance of \(outlook.rise.noun(text))", figures.likelihood(outlook.probabilityOfRise, .rise, ahead)
        ),
        (
          "Chance of \(outlook.fall.noun(text))", figures.likelihood(outlook.probabilityOfFall, .fall, ahead)
        ),
        ("Model", Markup(text: outlook.model)),
      ]
    }
    return DataTable(
      id: "outlook-numbers", caption: "The numbers behind this comparison, if past patterns continue",
      columns: [.init("Number"), .init("Value", isNumeric: true)],
      rows: rows.map { DataTable.Row([Markup(text: $0.0), $0.1]) }, className: "compact"
    ).markup()
  }
}
