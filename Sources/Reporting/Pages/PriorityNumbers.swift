import Charts
import RiskRanking
import TimeSeries
import Wording

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
    // On too small a base a range in counts is all that can be said.
    guard !risk.isTooFew else { return [.paragraph("\(Wording.sentence(words.numbers))."), table()] }
    let title =
      words.expectedChange.map { "Next year: \($0)\(base(outlook)), if past patterns continue" } ?? words.headline
    var parts: [Markup] = [
      .element(
        "figure", ["id": "outlook"],
        .element(
          "figcaption", [:], .element("span", ["class": "finding"], Markup(text: title)),
          .element(
            "span", ["class": "subtitle"],
            "\(risk.evidence.kind == .count ? "Total" : "Level") over \(matched(outlook)), the forecast (dot) with 80\u{A0}% interval (band), and last year\(base(outlook)) (diamond)"
          )
        ),
        .element("div", ["class": "wide"], picture(outlook, title: title, width: 760, suffix: "dot").svg()),
        .element("div", ["class": "narrow"], picture(outlook, title: title, width: 340, suffix: "dot-narrow").svg()))
    ]
    parts.append(table())
    return parts
  }

  /// Says so where what the forecast is compared with is not what was recorded.
  private func base(_ outlook: Outlook) -> String {
    outlook.matchedPeriods == risk.past.lastYearPeriods
      && text.level(outlook.lastYear) != text.level(risk.past.lastYear)
      ? " like for like" : ""
  }

  private func matched(_ outlook: Outlook) -> String {
    outlook.matchedPeriods < outlook.periodsInYear
      ? "the \(outlook.matchedPeriods) of \(context.periods.count(outlook.periodsInYear)) observed last year"
      : context.periods.year
  }

  private func picture(_ outlook: Outlook, title: String, width: Double, suffix: String) -> IntervalDot {
    var picture = IntervalDot(
      id: "outlook-\(suffix)", title: title, description: context.words(risk).numbers + ".",
      reference: outlook.lastYear, middle: shown(outlook.mean), lower: shown(outlook.lower80),
      upper: shown(outlook.upper80))
    picture.width = width
    return picture
  }

  /// A foreseen level as it is printed.
  private func shown(_ value: Double) -> Double {
    risk.evidence.kind == .count ? RealisticNumber.count(value) : value
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
      ("Year before, same \(context.periods.frequency.noun)s", before(1)),
      ("Two years before, same \(context.periods.frequency.noun)s", before(2)),
    ]
    if let ratio = past.lastYearRatio { rows.insert(("Made of", figures.madeOf(ratio, risk.lastYear())), at: 1) }
    rows += changes
    if let usual = risk.evidence.usual {
      rows.append(
        (
          "Usual before last year (\(context.periods.range(usual.from, usual.through)))",
          Markup(text: text.level(usual.level))
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
      rows += foreseen(outlook)
      rows.append(("Model", Markup(text: outlook.model)))
    }
    return DataTable(
      id: "outlook-numbers",
      caption: "The numbers behind this comparison, if past patterns continue and recording stays as it is",
      columns: [.init("Number"), .init("Value", isNumeric: true)],
      rows: rows.map { DataTable.Row([Markup(text: $0.0), $0.1]) }, className: "compact"
    ).markup()
  }

  private func foreseen(_ outlook: Outlook) -> [(String, Markup)] {
    let figures = Figures(context, risk)
    let ahead = outlook.ahead
    let intervals = [
      ("80\u{A0}% interval", figures.interval(outlook.lower80, outlook.upper80, .interval80, ahead)),
      ("95\u{A0}% interval", figures.interval(outlook.lower95, outlook.upper95, .interval95, ahead)),
    ]
    guard !risk.isTooFew else {
      return intervals.map { ("Expected over the next \(context.periods.year), \($0.0)", $0.1) }
    }
    let mean = (
      "Forecast for the next \(context.periods.year), the mean of all futures",
      figures.level(outlook.mean, .forecast, ahead)
    )
    return [mean] + intervals + [
      ("Change on last year", figures.change(from: outlook.lastYear, to: outlook.mean, .printedChange, ahead)),
      (
        "The same before rounding, used for the rank",
        figures.change(from: outlook.lastYear, to: outlook.mean, .expectedChange, ahead)
      ),
      ("Chance of \(outlook.rise.noun(text))", figures.likelihood(outlook.probabilityOfRise, .rise, ahead)),
      ("Chance of \(outlook.fall.noun(text))", figures.likelihood(outlook.probabilityOfFall, .fall, ahead)),
    ] + exceeding(outlook)
  }

  /// The chances of more than last year, than the target and than the threshold that the file of measures sets.
  private func exceeding(_ outlook: Outlook) -> [(String, Markup)] {
    let (figures, levels) = (Figures(context, risk), LevelDistribution(outlook))
    var rows = [
      (
        "Chance of more than last year",
        figures.likelihood(levels.probability(above: outlook.lastYear), .above, outlook.ahead)
      )
    ]
    if let target = risk.measure.target, let chance = risk.probability(ofYearAbove: target.value) {
      rows.append(
        (
          "Chance of more than the target, \(text.level(target.value))",
          figures.likelihood(chance, .aboveTarget, outlook.ahead)
        ))
    }
    if let threshold = risk.measure.threshold, let chance = risk.probability(ofYearAbove: threshold) {
      rows.append(
        (
          "Chance of more than the threshold, \(text.level(threshold))",
          figures.likelihood(chance, .aboveThreshold, outlook.ahead)
        ))
    }
    return rows
  }

  /// An earlier year as recorded, over how many periods if not all that the last year has.
  private func before(_ back: Int) -> Markup {
    context.words(risk).year(back)?.levelCell(Figures(context, risk)) ?? "not observed"
  }

  /// The changes on the years before, as recorded and, across a change of recording, like for like.
  private var changes: [(String, Markup)] {
    let words = context.words(risk)
    return [(1, "the year before"), (2, "two years before")].flatMap { back, name -> [(String, Markup)] in
      guard let year = words.year(back) else { return [] }
      let across = year.steps.map { ", across a \($0)" } ?? ""
      var rows = [("Change on \(name) as recorded\(across)", Markup(text: year.recordedChange))]
      if year.year.isBroken {
        rows.append(
          ("The same like for like", "not known: it cannot be measured how much recording changed"))
      } else if year.year.likeForLike != nil {
        rows.append(("The same like for like", Markup(text: year.change ?? "")))
      }
      return rows
    }
  }
}
