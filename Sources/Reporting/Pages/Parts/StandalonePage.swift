import Charts

/// A page that is one file: its style is within it, and it links to nothing.
struct StandalonePage {
  /// The heading, and the title of the window.
  let title: String
  /// What kind of document it is, above the heading.
  let kind: String
  /// Security marking, at the top, at the end and on every printed page.
  let marking: String
  let content: [Markup]
  /// Small print at the end, a paragraph each.
  let footer: [Markup]

  func html() -> String {
    Markup.document(
      root: .element(
        "html", ["lang": "en-GB"],
        PageShell.head(
          title: "\(title) [\(marking)]", style: .styleSheet(StyleSheet.text(marking: marking))),
        .element(
          "body", [:],
          .element("a", ["class": "skip", "href": "#main"], "Skip to the content"),
          .element(
            "header", ["class": "site"], .element("p", ["class": "marking"], Markup(text: marking)),
            .element("p", ["class": "pack"], Markup(text: kind))),
          .element("main", ["id": "main"], [.element("h1", [:], Markup(text: title))] + content),
          .element(
            "footer", [:],
            [.element("p", ["class": "marking"], Markup(text: marking))] + footer.map { .paragraph($0) }))))
  }
}
