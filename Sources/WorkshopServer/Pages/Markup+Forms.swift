import Charts

// Names for the HTML that these pages are made of.
extension Markup {
  static func paragraph(_ content: Markup, className: String? = nil, id: String? = nil) -> Markup {
    .element("p", ["class": className, "id": id], content)
  }

  static func link(to address: String, _ content: Markup) -> Markup { .element("a", ["href": address], content) }

  static func section(id: String, _ title: Markup, _ content: [Markup]) -> Markup {
    .element(
      "section", ["id": id, "aria-labelledby": "\(id)-heading"],
      [.element("h2", ["id": "\(id)-heading"], title)] + content)
  }

  /// A form that is sent back to this site.
  static func form(_ action: String, _ content: [Markup]) -> Markup {
    .element("form", ["method": "post", "action": action, "accept-charset": "utf-8"], content)
  }

  static func hidden(_ name: String, _ value: String) -> Markup {
    .element("input", ["type": "hidden", "name": name, "value": value])
  }

  static func button(_ content: Markup, className: String? = nil) -> Markup {
    .element("button", ["type": "submit", "class": className], content)
  }
}

/// A field with its label, what is to be known of it, and what is wrong with what was typed.
struct Field {
  let name: String
  let id: String
  let label: Markup
  var hint: Markup?
  var fault: String?

  /// Identifiers of what describes the field.
  private var described: String? {
    let ids = [hint.map { _ in "\(id)-hint" }, fault.map { _ in "\(id)-fault" }].compactMap { $0 }
    return ids.isEmpty ? nil : ids.joined(separator: " ")
  }

  private func around(_ control: Markup) -> Markup {
    var parts: [Markup] = [.element("label", ["for": id], label)]
    if let hint { parts.append(.paragraph(hint, className: "hint", id: "\(id)-hint")) }
    if let fault { parts.append(.paragraph("Not saved. \(fault)", className: "fault", id: "\(id)-fault")) }
    return .element("div", ["class": fault == nil ? "field" : "field wrong"], parts + [control])
  }

  /// One line of text.
  func line(_ value: String, most: Int, autocomplete: String = "off", isRequired: Bool = false) -> Markup {
    around(
      .element(
        "input",
        [
          "type": "text", "id": id, "name": name, "value": value, "maxlength": "\(most)",
          "autocomplete": autocomplete, "required": isRequired ? "required" : nil, "aria-describedby": described,
          "aria-invalid": fault == nil ? nil : "true",
        ]))
  }

  /// Several lines of text.
  func lines(_ value: String, most: Int) -> Markup {
    // A browser leaves out the first line feed.
    around(
      .element(
        "textarea",
        [
          "id": id, "name": name, "rows": "2", "maxlength": "\(most)", "aria-describedby": described,
          "aria-invalid": fault == nil ? nil : "true",
        ], Markup(text: value.isEmpty ? "" : "\n" + value)))
  }

  /// One of a list, or nothing.
  func choice(_ options: [(value: String, text: String)], chosen: String, none: String = "left blank") -> Markup {
    let known = options.contains { $0.value == chosen }
    return around(
      .element(
        "select",
        [
          "id": id, "name": name, "aria-describedby": described, "aria-invalid": fault == nil ? nil : "true",
        ],
        [.element("option", ["value": "", "selected": known ? nil : "selected"], Markup(text: none))]
          + options.map { option in
            .element(
              "option", ["value": option.value, "selected": option.value == chosen ? "selected" : nil],
              Markup(text: option.text))
          }))
  }
}

/// What is wrong with a form, above it.
struct FaultSummary {
  let faults: [(field: String, text: String)]
  /// The identifier of a field.
  let id: (String) -> String

  func markup() -> Markup {
    guard !faults.isEmpty else { return .empty }
    return .element(
      "div", ["class": "summary", "role": "alert"],
      .element("h2", [:], "Nothing was saved yet"),
      .element("ul", [:], faults.map { .element("li", [:], .link(to: "#\(id($0.field))", Markup(text: $0.text))) }))
  }
}
