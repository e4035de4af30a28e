import Charts

/// The content of a rendered page, taken apart into tags and text: what Horizon itself wrote, and nothing else.
struct PageText {
  /// A piece of a page.
  enum Piece {
    case text(Substring)
    /// An element begins; `isWhole` if it ends at once.
    case start(name: Substring, tag: Substring, isWhole: Bool)
    case end(name: Substring)
  }

  /// What stands in `main` of a page; nil of a page without one.
  static func main(of page: String) -> Substring? {
    guard let start = page.range(of: "<main id=\"main\">"), let end = page.range(of: "</main>"),
      start.upperBound <= end.lowerBound
    else { return nil }
    return page[start.upperBound..<end.lowerBound]
  }

  /// Hands over the pieces in order. Our own text holds no bare angle bracket.
  static func forEachPiece(of text: Substring, _ body: (Piece) -> Void) {
    var rest = text
    while let open = rest.firstIndex(of: "<") {
      if open > rest.startIndex { body(.text(rest[..<open])) }
      guard let close = rest[open...].firstIndex(of: ">") else { return body(.text(rest[open...])) }
      let tag = rest[open...close]
      let inner = rest[rest.index(after: open)..<close]
      if inner.hasPrefix("/") {
        body(.end(name: inner.dropFirst()))
      } else {
        let name = inner.prefix { $0 != " " && $0 != "/" }
        body(.start(name: name, tag: tag, isWhole: inner.hasSuffix("/")))
      }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { body(.text(rest)) }
  }

  /// The value of an attribute of a tag, escaped as it stands there.
  static func attribute(_ name: String, of tag: Substring) -> Substring? {
    guard let start = tag.range(of: " \(name)=\"") else { return nil }
    return tag[start.upperBound...].prefix { $0 != "\"" }
  }
}

extension StringProtocol {
  /// The first place of a text in this one.
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
