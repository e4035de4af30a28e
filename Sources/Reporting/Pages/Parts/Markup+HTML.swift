import Charts

// Names for the HTML the pages are made of.
extension Markup {
  static func paragraph(_ content: Markup, className: String? = nil) -> Markup {
    .element("p", ["class": className], content)
  }

  static func strong(_ content: Markup) -> Markup { .element("strong", [:], content) }

  static func link(to address: String, _ content: Markup) -> Markup { .element("a", ["href": address], content) }

  static func list(_ items: [Markup], className: String? = nil) -> Markup {
    items.isEmpty ? .empty : .element("ul", ["class": className], items.map { .element("li", [:], $0) })
  }

  static func heading(_ content: Markup, id: String? = nil) -> Markup { .element("h2", ["id": id], content) }

  /// A part of a page with a heading that can be linked to.
  static func section(id: String, _ title: Markup, _ content: [Markup]) -> Markup {
    .element(
      "section", ["id": id, "aria-labelledby": "\(id)-heading"],
      [.element("h2", ["id": "\(id)-heading"], title)] + content)
  }

  /// Numbers behind a picture, closed until asked for.
  static func details(_ summary: Markup, _ content: [Markup]) -> Markup {
    .element("details", [:], [.element("summary", [:], summary)] + content)
  }

  /// An arrow that is read as its word.
  static func direction(_ direction: Direction) -> Markup {
    direction.arrow.isEmpty
      ? .element("span", ["class": "direction"], Markup(text: direction.rawValue))
      : .element(
        "span", ["class": "direction"],
        .element("span", ["aria-hidden": "true", "class": "arrow"], Markup(text: direction.arrow)),
        " \(direction.rawValue)")
  }

  /// Where the numbers of a page are as a file.
  static func dataFile(_ name: String, root: String) -> Markup {
    .paragraph("The same numbers as a file: \(Markup.link(to: root + name, Markup(text: name))).", className: "note")
  }
}
