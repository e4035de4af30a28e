import Assessment
import Charts
import CommunitySafety
import ControlCharts
import RiskRanking
import Scorecard
import TimeSeries
import Wording

/// Page one of a scorecard: the exceptions and nothing else, how many figures were judged and stayed ordinary, the targets, and whom to
/// ask for what is not there.
struct ScorecardIndexPage {
  let report: ScorecardReport
  private var context: PackContext { report.context }
  private var words: ScorecardWords { ScorecardWords(report: report) }

  func page() -> PageShell.Page {
    let findings = report.findings
    var content: [Markup] = [
      .paragraph(
        "\(words.quarter). \(context.scope). \(context.extraction).",
        className: "scope")
    ]
    if let incomplete = words.incomplete { content.append(.paragraph(.strong(Markup(text: incomplete)))) }
    content.append(
      .section(
        id: "exceptions", findings.isEmpty ? "No exceptions" : "Exceptions",
        [findings.isEmpty ? "" : table(findings), .paragraph(words.tally, className: "tally")]))
    if let withheld = words.withheld { content.append(.paragraph(withheld, className: "note")) }
    if !report.scorecard.goals.isEmpty {
      content.append(.section(id: "targets", "Targets", [GoalsTable(report: report).markup()]))
    }
    if !report.scorecard.withoutData.isEmpty {
      content.append(.section(id: "no-data", "No data yet", [noData()]))
    }
    content.append(.paragraph(rule, className: "note"))
    return PageShell.Page(
      path: "index.html", title: "\(report.windows.quarter.name): what stands out", className: "first",
      content: content)
  }

  private func table(_ findings: [Scorecard.Finding]) -> Markup {
    DataTable(
      id: "findings",
      caption:
        report.isPublic
        ? "What is for the worse comes first."
        : "What is for the worse comes first. Causes and actions are people's words: a blank waits for them.",
      columns: [.init("What stands out", className: "finding-cell")]
        + (report.isPublic
          ? [] : [.init("Cause", className: "slot-cell"), .init("Action", className: "slot-cell")]),
      rows: findings.map { finding in
        let id = "finding-\(context.slug(measure: finding.measure.label))"
        guard !report.isPublic else { return DataTable.Row(id: id, [words.sentence(finding)]) }
        let said = report.said(of: finding)
        return DataTable.Row(
          id: id,
          [
            words.sentence(finding), words.slot(said.cause?.cause, said.cause, asks: "Why? Nobody has said yet."),
            words.slot(said.action?.action, said.action, asks: "What will be done, by whom?"),
          ])
      }, className: "findings"
    ).markup()
  }

  /// "no data yet: ask OWNER", a line for each owner.
  private func noData() -> Markup {
    var owners: [String] = []
    var measures: [String: [String]] = [:]
    for measure in report.scorecard.withoutData {
      let owner = measure.registration.owner ?? "its owner, whom nobody has named"
      if measures[owner] == nil { owners.append(owner) }
      measures[owner, default: []].append(measure.label)
    }
    return .list(
      owners.map { owner in
        "\(Wording.list(measures[owner] ?? [])): no data yet: ask \(Markup.strong(Markup(text: owner)))."
      }, className: "compact-list")
  }

  private var rule: Markup {
    let rate = report.scorecard.rule.falseDiscoveryRate.map { Wording.percent($0) } ?? "no"
    return
      "An exception is a \(context.periods.frequency.noun) that the exceptions engine flags, or a year that differs from the one before by more than chance explains (under 1\u{A0}%), of which no more than \(rate) are expected to be false. \(Markup.link(to: ScorecardMethodPage.path, "How it is judged")). \(Markup.link(to: MeasuresPage.path, "Every measure"))."
  }
}

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
    let known = result.known.map { text.level($0) } ?? "nothing yet"
    let sofar =
      Markup(text: known)
      + .element(
        "span", ["class": "aside"],
        " \(result.knownPeriods) of \(context.periods.count(result.knownPeriods + result.remainingPeriods))")
    let ahead: Markup =
      result.remainingPeriods == 0
      ? "over"
      : Markup(text: text.foreseen(result.mean))
        + .element("span", ["class": "interval"], " \(text.foreseenInterval(result.lower, result.upper))")
        + assumed(result)
    let needed: Markup =
      result.neededRate.map { needed in
        guard needed >= 0 else { return "already beyond" }
        let now = result.runRate.map { " \(Wording.count($0)) so far" } ?? ""
        return Markup(text: "\(Wording.count(needed)) a \(noun)") + .element("span", ["class": "aside"], "\(now)")
      } ?? "\u{2013}"
    return DataTable.Row([
      what, sofar, ahead, needed,
      .joined(result.readings.map { chance($0, of: result) }, by: " "),
      .joined(result.readings.map { assurance($0, isOpen: result.readings.count > 1) }, by: " "),
    ])
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
    let figure = text.level(result.threshold)
    let base = result.base.map { ", from \(text.level($0))" } ?? ""
    guard result.goal.side == .ask else { return "\(result.goal.side.rawValue) \(figure)\(base)" }
    return
      "\(figure)\(base). The wording does not say which side of it is meant: ask who set it. Both readings are shown"
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

/// The assurance icons of Making Data Count: P passes, F fails, ? by chance; never by colour alone.
enum AssuranceIcon {
  static func markup(_ assurance: SPCAssurance) -> Markup {
    let (letter, kind) =
      switch assurance {
      case .consistentlyHits: ("P", "improvement")
      case .consistentlyMisses: ("F", "concern")
      case .random: ("?", "plain")
      }
    return .element("span", ["class": "ring \(kind)", "aria-hidden": "true"], Markup(text: letter))
  }
}
