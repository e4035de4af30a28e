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
        id: "exceptions",
        !findings.isEmpty
          ? "Exceptions" : report.scorecard.tally.judged == 0 ? "Nothing could be judged" : "No exceptions",
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
