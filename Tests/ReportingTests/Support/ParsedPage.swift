import Foundation
import Tables
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read by a strict XML parser: its elements in document order, each with its attributes and the elements above.
struct ParsedPage: Sendable, CustomTestStringConvertible {
  struct Element: Sendable {
    let name: String
    let attributes: [String: String]
    /// Names of the elements it is in, outermost first.
    let path: [String]
    var text = ""
  }

  let file: OutputFile
  let elements: [Element]
  /// Why it is not well-formed; nil if it is.
  let error: String?

  init(_ file: OutputFile) {
    self.file = file
    let reader = Reader()
    let parser = XMLParser(data: Data(file.contents))
    parser.delegate = reader
    error = parser.parse() ? nil : String(describing: parser.parserError)
    elements = reader.elements
  }

  var testDescription: String { file.path }
  var source: String { String(decoding: file.contents, as: UTF8.self) }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
  func all(_ name: String, _ attribute: String, _ value: String) -> [Element] {
    all(name).filter { $0.attributes[attribute] == value }
  }
  var identifiers: [String] { elements.compactMap { $0.attributes["id"] } }
  /// All text of the page.
  var text: String { elements.map(\.text).joined(separator: " ") }
}

private final class Reader: NSObject, XMLParserDelegate {
  var elements: [ParsedPage.Element] = []
  private var open: [Int] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(.init(name: name, attributes: attributes, path: open.map { elements[$0].name }))
    open.append(elements.count - 1)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }
}
