/// A piece of XHTML or SVG that is safe to write out: text reaches it only through escaping.
///
/// A string literal is text, and so is what is interpolated into it, unless that is itself markup:
/// `"Read \(link), not \(name)"` escapes `name` and keeps the element `link`. Everything written is well-formed XML.
public struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The markup as it is written to a file.
  public let source: String

  /// Nothing.
  public static let empty = Markup(trusted: "")

  private init(trusted source: String) { self.source = source }

  /// Text, escaped.
  public init(text: some StringProtocol) { source = escaped(text) }
  /// Text, escaped.
  public init(stringLiteral value: String) { self.init(text: value) }
  /// Text with interpolated text and markup.
  public init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

  /// An element. Attributes keep their order; one whose value is nil is left out.
  ///
  /// - Parameters:
  ///   - name: name of the element, written as it is: never from data.
  ///   - attributes: names (never from data) and values (escaped).
  public static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<String, String?> = [:], _ content: Markup...
  ) -> Markup {
    element(name, attributes, content)
  }

  /// An element whose content is joined without anything between.
  public static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<String, String?> = [:], _ content: [Markup]
  ) -> Markup {
    var out = "<\(name)"
    for case (let key, let value?) in attributes { out += " \(key)=\"\(escaped(value))\"" }
    if content.isEmpty, emptyElements.contains("\(name)") { return Markup(trusted: out + "/>") }
    out += ">"
    for part in content { out += part.source }
    out += "</\(name)>"
    return Markup(trusted: out)
  }

  /// A style sheet within a page. What HTML takes as it is and XML does not, or the other way round, is written as CSS
  /// escapes, which strings and identifiers of CSS may hold.
  public static func styleSheet(_ css: String) -> Markup {
    var out = ""
    for scalar in css.unicodeScalars {
      switch scalar {
      case "<": out += "\\3C "
      case "&": out += "\\26 "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return Markup(trusted: "<style>\(out)</style>")
  }

  /// Pieces one after the other, with a separator between.
  public static func joined(_ parts: [Markup], by separator: Markup = .empty) -> Markup {
    Markup(trusted: parts.map(\.source).joined(separator: separator.source))
  }

  /// A document: the doctype, then the root element.
  public static func document(root: Markup) -> String { "<!DOCTYPE html>\n\(root.source)\n" }

  /// Two pieces one after the other.
  public static func + (a: Markup, b: Markup) -> Markup { Markup(trusted: a.source + b.source) }

  // HTML elements that may not have an end tag, and SVG shapes, for which none is needed.
  private static let emptyElements: Set<String> = [
    "br", "circle", "col", "hr", "img", "input", "line", "link", "meta", "path", "polygon", "polyline", "rect", "use",
  ]

  /// Collects literal text and interpolated values.
  public struct Interpolation: StringInterpolationProtocol {
    var source = ""
    /// An empty collector.
    public init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }
    /// Text of the literal, escaped.
    public mutating func appendLiteral(_ literal: String) { source += escaped(literal) }
    /// A string, escaped.
    public mutating func appendInterpolation(_ text: some StringProtocol) { source += escaped(text) }
    /// A whole number.
    public mutating func appendInterpolation(_ number: Int) { source += String(number) }
    /// Markup, kept as it is.
    public mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
  }
}

/// Text as XML character data or attribute value. Characters XML cannot hold (most controls) become U+FFFD.
func escaped(_ text: some StringProtocol) -> String {
  // Most text needs nothing: letters, digits and the like, below 0x7F.
  let isPlain =
    text.utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where byte < 0x20 || byte >= 0x7F || isSpecial(byte) { return false }
      return true
    } ?? false
  if isPlain { return String(text) }
  var out = ""
  out.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    case "\t", "\n", "\r": out.unicodeScalars.append(scalar)
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}

private func isSpecial(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"")
    || byte == UInt8(ascii: "'")
}
