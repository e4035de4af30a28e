import Charts
import CommunitySafety
import ControlCharts
import Scorecard
import TimeSeries
import Wording

/// Where the targets stand.
struct GoalsTable {
  let report: ScorecardReport
  private var context: PackContext { report.context }

  func markup() -> Markup {
    DataTable(
      id: "goals",
      caption:
        "The probability is of the forecast's joint draws of what is left, added to what is recorded: if past patterns continue.",
      columns: [
        .init("Target"), .init("So far", isNumeric: true), .init("By the end, forecast", isNumeric: true),
        .init("Needed from now on", isNumeric: true), .init("Chance of meeting it"), .init("If it goes on like this"),
      ],
      rows: report.scorecard.goals.map(row), className: "comparison goals"
    ).markup()
  }

  private func row(_ result: GoalResult) -> DataTable.Row {
    let text = MeasureText(result.series.measure)
    let noun = context.periods.frequency.noun
    let span = context.periods.range(result.periods.lowerBound, result.periods.upperBound)
    let wording = result.goal.wording.isEmpty ? result.goal.measure : result.goal.wording
    let what =
      Markup.strong(Markup(text: wording))
      + .element(
        "span", ["class": "aside"],
        Markup(
          text:
            " \(Wording.name(result.series.label)), \(context.displayName(result.series.area.name)), \(span): \(sides(result, text))"
        ))
    let known = result.known.map { level($0, result, text) } ?? "nothing yet"
    let sofar =
      Markup(text: known)
      + .element(
        "span", ["class": "aside"],
        " \(result.knownPeriods) of \(context.periods.count(result.knownPeriods + result.remainingPeriods))")
    let ahead: Markup =
      result.remainingPeriods == 0
      ? "over"
      : foreseen(result, text)
    let needed: Markup =
      result.neededRate.map { needed in
        guard needed >= 0 else { return result.standing == nil ? "already beyond" : "out of reach" }
        let now = result.runRate.map { " \(Wording.count($0)) so far" } ?? ""
        return Markup(text: "\(Wording.count(needed)) a \(noun)") + .element("span", ["class": "aside"], "\(now)")
      } ?? "\u{2013}"
    return DataTable.Row([
      what, sofar, ahead, needed,
      .joined(result.readings.map { chance($0, of: result) }, by: " "),
      .joined(result.readings.map { assurance($0, isOpen: result.readings.count > 1) }, by: " "),
    ])
  }

  /// A level in the measure's own unit, or a rank.
  private func level(_ value: Double, _ result: GoalResult, _ text: MeasureText) -> String {
    result.standing.map { "rank \(NumberText.grouped(value)) of \(NumberText.grouped($0.places))" } ?? text.level(value)
  }

  /// What the whole stretch may come to: of a level its mean, of a rank its median.
  private func foreseen(_ result: GoalResult, _ text: MeasureText) -> Markup {
    guard result.standing != nil else {
      return Markup(text: text.foreseen(result.mean))
        + .element("span", ["class": "interval"], " \(text.foreseenInterval(result.lower, result.upper))")
        + assumed(result)
    }
    let (lower, upper) = (NumberText.grouped(result.lower), NumberText.grouped(result.upper))
    return Markup(text: "rank \(NumberText.grouped(result.median))")
      + .element("span", ["class": "interval"], Markup(text: lower == upper ? "" : " \(lower) to \(upper)"))
  }

  /// What a share's months to come weigh where nobody knows how many there were a year before.
  private func assumed(_ result: GoalResult) -> Markup {
    guard !result.assumedWholes.isEmpty else { return .empty }
    return .element(
      "span", ["class": "aside"],
      Markup(
        text:
          " Of how many it will be in \(PeriodText.ranges(result.assumedWholes)) is taken from the average of the last \(context.periods.year): the same \(context.periods.frequency.noun)s of the year before are not known."
      ))
  }

  private func sides(_ result: GoalResult, _ text: MeasureText) -> String {
    let figure = level(result.threshold, result, text) + among(result)
    let base = result.base.map { ", from \(text.level($0))" } ?? ""
    guard result.goal.side == .ask else { return "\(result.goal.side.rawValue) \(figure)\(base)" }
    return
      "\(figure)\(base). The wording does not say which side of it is meant: ask who set it. Both readings are shown"
  }

  /// Whom a rank is among; nothing of other levels.
  private func among(_ result: GoalResult) -> String {
    result.standing.map { " \($0.peers.places), by rate per 1,000 residents, 1 the lowest" } ?? ""
  }

  private func chance(_ reading: GoalResult.Reading, of result: GoalResult) -> Markup {
    let isOver = result.remainingPeriods == 0
    let said: String
    // A total only grows: before the end it may be past "at most", or have reached "at least".
    switch reading.settled {
    case true?: said = isOver ? "met" : "met, whatever is still recorded"
    case false?: said = isOver ? "missed" : "missed, even if nothing more is recorded"
    case nil: said = Wording.likelihood(reading.probability)
    }
    return .element(
      "span", ["class": "reading"],
      Markup(text: result.readings.count > 1 ? "if \(reading.side.rawValue): \(said)" : said))
  }

  private func assurance(_ reading: GoalResult.Reading, isOpen: Bool) -> Markup {
    guard let assurance = reading.assurance else { return "cannot be said" }
    return .element(
      "span", ["class": "reading"], AssuranceIcon.markup(assurance),
      Markup(text: " \(isOpen ? "if \(reading.side.rawValue): " : "")\(assurance.rawValue)"))
  }
}
