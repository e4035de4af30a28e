import Tables
import Foundation
import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page as a tree of elements and text, in the order in which a reader meets them.
final class PageTree {
  enum Child {
    case element(PageTree)
    case text(String)
  }

  let name: String
  let attributes: [String: String]
  fileprivate(set) var children: [Child] = []

  init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// Elements directly in this one.
  var elements: [PageTree] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// All text in it with runs of white space as one space; of a drawing only its title.
  var text: String { rawText.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  private var rawText: String {
    var text = ""
    for child in children {
      switch child {
      case .text(let own): text += own
      case .element(let element):
        switch element.name {
        case "svg": text += element.elements.first { $0.name == "title" }.map { " [\($0.text)] " } ?? ""
        case "li", "p", "br", "td", "th": text += " \(element.rawText) "
        default: text += element.rawText
        }
      }
    }
    return text
  }

  /// Elements of this name anywhere in it, in order.
  func all(_ name: String) -> [PageTree] {
    elements.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
  }

  /// The tree of a page; nil if it is not well-formed.
  static func read(_ file: OutputFile) -> PageTree? {
    let reader = TreeReader()
    let parser = XMLParser(data: Data(file.contents))
    parser.delegate = reader
    return parser.parse() ? reader.root : nil
  }
}

private final class TreeReader: NSObject, XMLParserDelegate {
  let root = PageTree(name: "", attributes: [:])
  private lazy var open: [PageTree] = [root]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = PageTree(name: name, attributes: attributes)
    open[open.count - 1].children.append(.element(element))
    open.append(element)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    open[open.count - 1].children.append(.text(text))
  }
}
