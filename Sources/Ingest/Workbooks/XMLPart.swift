import CXML
import CommunitySafety
import Diagnostics
import Wording

/// Takes what an XML part says, as it is parsed.
protocol XMLHandler: AnyObject {
  /// Local names of elements, attributes and namespaces that it knows by their position here, the most frequent first.
  static var names: [String] { get }

  /// An element begins.
  func start(_ element: XMLElement) throws
  /// The innermost element ends; -1 for a name that is not known.
  func end(_ name: Int) throws
  /// Text, in pieces as they come.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

/// The start of an element: its name, and its attributes while it is handled.
struct XMLElement {
  /// Position among the names that the handler knows; -1 for another.
  let name: Int
  fileprivate let known: [UnsafePointer<xmlChar>]
  fileprivate let count: Int
  /// For each attribute its local name, prefix, namespace, and the first and last of its value's bytes.
  fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

  /// The value of the attribute of this local name, of the namespace with this position or of any; nil if it has none.
  subscript(attribute: Int, space: Int? = nil) -> UnsafeBufferPointer<UInt8>? {
    guard let attributes else { return nil }
    for index in 0..<count where attributes[5 &* index] == known[attribute] {
      if let space, attributes[5 &* index &+ 2] != known[space] { continue }
      guard let start = attributes[5 &* index &+ 3], let end = attributes[5 &* index &+ 4] else { return nil }
      return UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  /// The same as text.
  func text(_ attribute: Int, _ space: Int? = nil) -> String? {
    // Of a value libxml2 hands an ampersand over as a reference, and nothing else.
    self[attribute, space].map { String(decoding: $0, as: UTF8.self).replacing("&#38;", with: "&") }
  }

  /// The same as a number that is not negative; nil for anything else.
  func number(_ attribute: Int, _ space: Int? = nil) -> Int? { self[attribute, space].flatMap(XMLElement.number) }

  /// A text of up to nine digits and nothing else.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...9).contains(text.count) else { return nil }
    var number = 0
    for byte in text {
      guard byte &- 48 < 10 else { return nil }
      number = number &* 10 &+ Int(byte &- 48)
    }
    return number
  }
}

/// One XML part of a workbook, parsed by libxml2 as its bytes come: no tree is made of it.
///
/// The interface that calls back rather than the reader over it, which makes a node of every cell first. A document type is
/// refused, so that no entity but the five of XML itself is ever known; nothing is fetched; libxml2's own limits of depth
/// (256), names and text (10 MB) hold.
final class XMLPart {
  private let handler: any XMLHandler
  private let location: String
  private var context: xmlParserCtxtPtr?
  private var known: [UnsafePointer<xmlChar>] = []
  /// What a handler threw, through C that knows nothing of it.
  private var failure: (any Error)?

  private static let isReady: Void = xmlInitParser()

  /// A parser that hands what it finds to `handler`, and names `location` in errors.
  init(_ handler: some XMLHandler, location: String) throws {
    self.handler = handler
    self.location = location
    _ = XMLPart.isReady
    var callbacks = XMLPart.callbacks
    let outOfMemory = HorizonError(.tryLater, "not enough memory to read the workbook", at: .init(file: location))
    guard let context = xmlCreatePushParserCtxt(&callbacks, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
    else { throw outOfMemory }
    self.context = context
    xmlCtxtUseOptions(
      context,
      Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        | Int32(XML_PARSE_NOCDATA.rawValue))
    // Names of the document are one pointer each, which these then are too.
    for name in type(of: handler).names {
      guard let known = xmlDictLookup(context.pointee.dict, name, -1) else { throw outOfMemory }
      self.known.append(known)
    }
  }

  deinit { xmlFreeParserCtxt(context) }

  /// Parses what comes next.
  ///
  /// - Throws: `HorizonError` of kind data for what is not well-formed or has a document type, and what the handler throws.
  func feed(_ bytes: UnsafeRawBufferPointer) throws {
    let text = bytes.bindMemory(to: CChar.self)
    let code = xmlParseChunk(context, text.baseAddress, Int32(text.count), 0)
    try check(code)
  }

  /// Says that the part is at its end.
  func finish() throws { try check(xmlParseChunk(context, nil, 0, 1)) }

  private func check(_ code: Int32) throws {
    if let failure { throw failure }
    guard code != 0 else { return }
    let error = xmlCtxtGetLastError(context)
    let line = error.map { Int($0.pointee.line) } ?? 0
    let words = error?.pointee.message.map { String(cString: $0) } ?? ""
    let said = SafeText.printable(
      words.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(80).description)
    throw HorizonError(
      .data, "the workbook is damaged: a part of it is not well-formed XML" + (said.isEmpty ? "" : " (\(said))"),
      at: .init(file: location, line: line > 0 ? line : nil),
      remedy: "Open it in a spreadsheet program and save it again, or export the sheet as CSV")
  }

  private func index(of name: UnsafePointer<xmlChar>?) -> Int {
    guard let name else { return -1 }
    for index in 0..<known.count where known[index] == name { return index }
    return -1
  }

  /// Calls the handler; after an error nothing more is parsed.
  private func guarded(_ call: () throws -> Void) {
    guard failure == nil else { return }
    do { try call() } catch {
      failure = error
      xmlStopParser(context)
    }
  }

  private static func of(_ pointer: UnsafeMutableRawPointer) -> XMLPart {
    Unmanaged<XMLPart>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// What libxml2 calls. Without handlers of declarations none is kept.
  private static var callbacks: xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = XML_SAX2_MAGIC
    sax.serror = { _, _ in }
    sax.internalSubset = { pointer, _, _, _ in
      guard let pointer else { return }
      let part = XMLPart.of(pointer)
      part.guarded {
        throw HorizonError(
          .data, "a part of the workbook has a document type, which may name entities and files",
          at: .init(file: part.location),
          remedy:
            "No spreadsheet program writes one; open the workbook in one and save it again, if it is to be trusted")
      }
    }
    sax.startElementNs = { pointer, name, _, _, _, _, count, _, attributes in
      guard let pointer else { return }
      let part = XMLPart.of(pointer)
      part.guarded {
        try part.handler.start(
          XMLElement(name: part.index(of: name), known: part.known, count: Int(count), attributes: attributes))
      }
    }
    sax.endElementNs = { pointer, name, _, _ in
      guard let pointer else { return }
      let part = XMLPart.of(pointer)
      part.guarded { try part.handler.end(part.index(of: name)) }
    }
    sax.characters = { pointer, text, count in
      guard let pointer, let text else { return }
      let part = XMLPart.of(pointer)
      part.guarded { try part.handler.text(UnsafeBufferPointer(start: text, count: Int(count))) }
    }
    sax.ignorableWhitespace = sax.characters
    return sax
  }
}

extension RawRepresentable where Self: CaseIterable, RawValue == Int {
  /// Its cases as they are spelled in XML, `tableRow` as `table-row`.
  static func spelled(hyphenated: Bool) -> [String] {
    allCases.map { name in
      let text = String(describing: name)
      guard hyphenated else { return text }
      return text.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }
  }
}
