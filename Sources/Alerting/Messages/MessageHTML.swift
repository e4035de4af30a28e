import Charts
import Wording

extension AlertMessage {
  /// The message as an HTML page that needs nothing from elsewhere, for mail: its chart is drawn inline.
  var html: String {
    var body: [Markup] = [.element("h1", ["style": "font-size:20px;margin:0 0 8px"], Markup(text: headline))]
    body += sentences.map { .element("p", ["style": "margin:0 0 8px"], Markup(text: $0)) }
    if let facts {
      if let chart = facts.chart(title: headline) {
        body.append(.element("div", ["style": "max-width:100%;margin:12px 0"], chart.svg()))
        body.append(
          .element("p", ["style": "margin:0 0 12px;font-size:14px"], "Upright bars: what is usual of each period."))
      }
      body.append(AlertMessage.table(facts))
      if let unjudged = facts.unjudged {
        body.append(.element("p", ["style": "margin:4px 0 12px;font-size:14px"], Markup(text: unjudged)))
      }
      if !facts.parts.isEmpty {
        let items = facts.told(mark: ": ").map { Markup.element("li", [:], Markup(text: $0)) }
        body += [.element("p", [:], "More (or fewer) than expected, by area:"), .element("ul", [:], items)]
        if let difference = facts.difference { body.append(.element("p", [:], Markup(text: difference))) }
      }
      if isOpen {
        body += [facts.chance, facts.ending].compactMap(\.self).map { .element("p", [:], Markup(text: $0)) }
      }
    }
    if let previous { body.append(.element("p", [:], Markup(text: previous))) }
    if let link { body.append(.element("p", [:], .element("a", ["href": link], "The alert in the pack"))) }
    if !entries.isEmpty {
      body.append(
        .element(
          "ul", [:], entries.prefix(50).map { .element("li", [:], Markup(text: "\($0.headline) [\($0.alert)]")) }))
      if entries.count > 50 {
        body.append(.element("p", [:], Markup(text: "And \(NumberText.grouped(entries.count - 50)) more.")))
      }
    }
    if let owner { body.append(.element("p", [:], Markup(text: "This rule is answered for by \(owner)."))) }
    if !answers.isEmpty {
      body.append(.element("p", ["style": "margin:12px 0 4px"], Markup(text: AlertMessage.toAnswer)))
    }
    body += answers.map { .element("p", ["style": "margin:0 0 6px;font:14px monospace"], AlertMessage.words($0)) }
    let page = Markup.element(
      "html", ["lang": "en"],
      .element(
        "head", [:], .element("meta", ["charset": "utf-8"]),
        .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .element("title", [:], Markup(text: subject)),
        .styleSheet(
          "svg{max-width:100%;height:auto}td,th{padding:2px 8px;text-align:right}td:first-child,th:first-child{text-align:left}"
        )),
      .element(
        "body",
        ["style": "font:16px/1.4 Arial,Helvetica,sans-serif;color:#0b0c0c;max-width:640px;margin:0 auto;padding:12px"],
        body))
    return "<!DOCTYPE html>\n\(page.source)\n"
  }

  /// A command that is broken between words alone: a narrow screen would break it after a hyphen.
  private static func words(_ command: String) -> [Markup] {
    command.split(separator: " ").flatMap { word -> [Markup] in
      [.element("span", ["style": "white-space:nowrap"], Markup(text: String(word))), " "]
    }
  }

  private static func table(_ facts: AlertFacts) -> Markup {
    let number = { (x: Double?) in Markup(text: AlertMessage.number(x)) }
    let head = Markup.element(
      "tr", [:],
      ["Period", "Recorded", "Expected", "Usual"].map { .element("th", ["scope": "col"], Markup(text: $0)) })
    let rows = facts.rows.map { row in
      Markup.element(
        "tr", [:], .element("td", [:], Markup(text: row.period)), .element("td", [:], number(row.observed)),
        .element("td", [:], number(row.expected)),
        .element("td", [:], Markup(text: row.usual)))
    }
    return .element("table", ["style": "border-collapse:collapse;font-size:14px"], [head] + rows)
  }
}
