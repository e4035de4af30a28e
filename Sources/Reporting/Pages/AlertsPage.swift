import Charts
import Wording

/// The alerts that are kept of these data, as their state stood when the pack was made.
struct AlertsPage {
  static let path = "alerts.html"
  let context: PackContext
  let register: AlertRegister

  func page() -> PageShell.Page {
    let open = register.alerts.filter(\.isOpen)
    let over = register.alerts.filter { !$0.isOpen }
    let run =
      register.latestRun.map {
        "The latest run was at \(moment($0.at)) and saw figures up to \($0.period)."
      } ?? "No run has looked at the data yet."
    return PageShell.Page(
      path: AlertsPage.path, title: "Alerts",
      content: [
        .paragraph(
          "\(Wording.sentence(NumberText.spelled(open.count))) \(open.count == 1 ? "alert is" : "alerts are") open. \(Markup(text: run))",
          className: "lead"),
        .paragraph(
          "An alert tells people once that something is out of the ordinary, and stays open until the figures are as expected again or somebody ends it. Its rule may be stricter than the check behind the page of \(Markup.link(to: "exceptions.html", "exceptions")), so that not every exception there has an alert."
        ),
        .section(
          id: "open", "Open", [table(open, id: "open-table", "Alerts that are open", empty: "No alert is open.")]),
        .section(
          id: "over", "Over", [table(over, id: "over-table", "Alerts that are over", empty: "No alert is over.")]),
      ] + (register.alerts.isEmpty ? [] : [.section(id: "history", "What was done", register.alerts.map(history))]))
  }

  private func table(_ alerts: [AlertRegister.Alert], id: String, _ caption: Markup, empty: Markup) -> Markup {
    DataTable(
      id: id, caption: caption,
      columns: [.init("Finding"), .init("Where it stands"), .init("Last step"), .init("Alert")],
      rows: alerts.map { alert in
        DataTable.Row(
          id: "alert-\(alert.id)",
          [
            Markup(text: alert.finding), Markup(text: Wording.sentence(alert.standing)),
            Markup(text: alert.history.last.map { "\($0.what), \(moment($0.at))" } ?? "none"),
            .link(to: "#history-\(alert.id)", Markup(text: alert.id)),
          ])
      }, emptyText: empty
    ).markup()
  }

  /// Who and why is for partners, and not for publication.
  private func history(_ alert: AlertRegister.Alert) -> Markup {
    let isPublic = context.assessment.configuration.audience == .public
    let steps = alert.history.map { step -> Markup in
      let person = isPublic ? "" : step.author.map { ", by \($0)\(step.reason.map { ": \($0)" } ?? "")" } ?? ""
      return Markup(text: "\(moment(step.at)): \(step.what)\(person)")
    }
    return .element(
      "div", ["id": "history-\(alert.id)"],
      .element("h3", [:], Markup(text: alert.finding)),
      .paragraph(Markup(text: "Rule: \(alert.rule)."), className: "note"), .list(steps))
  }

  /// 2026-11-28T09:30:00Z as people read it.
  private func moment(_ text: String) -> String { text.replacing("T", with: " ").replacing("Z", with: "") }
}
