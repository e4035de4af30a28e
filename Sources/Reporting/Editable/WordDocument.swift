import Charts
import Diagnostics
import Foundation
import Parallelism
import Tables

/// The pages of a pack as one Word document, made by Pandoc of the pages' own text: the same numbers, headings, tables and text
/// alternatives. Each picture is drawn by `rsvg-convert`.
public struct WordDocument: Sendable {
  /// Where it stands in a pack.
  public static let path = "pack.docx"

  private let pandoc: ExternalProgram
  private let rsvg: ExternalProgram

  /// Finds the two programs.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) naming the one that is not on the PATH.
  public init() throws {
    pandoc = try ExternalProgram("pandoc", package: "pandoc", for: "--document")
    rsvg = try ExternalProgram("rsvg-convert", package: "librsvg2-bin", for: "--document")
  }

  /// The document of these pages, in their order.
  ///
  /// - Parameters:
  ///   - pages: rendered pages of a pack; those without content are passed over.
  ///   - title: of the document.
  /// - Throws: ``HorizonError`` (cannotWrite) with what a program said where it fails.
  func file(_ pages: [OutputFile], title: String, marking: String, threads: Int) async throws -> OutputFile {
    let source = DocumentSource(pages, title: title, marking: marking)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(source.html.utf8).write(to: folder.appendingPathComponent("pack.html"))
      for (index, drawing) in source.drawings.enumerated() {
        try Data(drawing.utf8).write(to: folder.appendingPathComponent("\(index).svg"))
      }
    } catch {
      throw HorizonError(
        .cannotWrite, "cannot write to the folder for temporary files",
        remedy: "Name another with the environment variable TMPDIR")
    }
    let rsvg = rsvg
    // Twice the size on screen, which is sharp on paper.
    _ = try await parallelMap(count: source.drawings.count, threads: threads) { index in
      try rsvg.run(["--zoom", "2", "--background-color", "white", "-o", "\(index).png", "\(index).svg"], in: folder)
    }
    try pandoc.run(
      ["--from", "html", "--to", "docx", "--metadata", "lang=en-GB", "-o", "pack.docx", "pack.html"], in: folder)
    try WordFinish(marking: marking).apply(to: folder.appendingPathComponent("pack.docx").path)
    let made = try Data(contentsOf: folder.appendingPathComponent("pack.docx"))
    return OutputFile(path: WordDocument.path, contents: Array(made))
  }
}

/// The pages of a pack as one page of HTML, with its drawings apart.
struct DocumentSource {
  private(set) var html = ""
  /// SVG documents; `0.png` stands for the first.
  private(set) var drawings: [String] = []

  init(_ pages: [OutputFile], title: String, marking: String) {
    let numbers = Dictionary(pages.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    var body = Markup.element("p", [:], .element("strong", [:], Markup(text: marking))).source
    for (index, page) in pages.enumerated() {
      guard let content = PageText.main(of: String(decoding: page.contents, as: UTF8.self)) else { continue }
      var conversion = PageConversion(index: index, path: page.path, numbers: numbers, firstDrawing: drawings.count)
      PageText.forEachPiece(of: content) { conversion.add($0) }
      body += "<div id=\"p\(index)\">\(conversion.html)</div>\n"
      drawings += conversion.drawings
    }
    body += Markup.element("p", [:], .element("strong", [:], Markup(text: marking))).source
    let head = Markup.element(
      "head", [:], .element("meta", ["charset": "utf-8"]), .element("title", [:], Markup(text: title)))
    html = "<!DOCTYPE html>\n<html lang=\"en-GB\">\(head.source)<body>\(body)</body></html>\n"
  }
}

/// One page on its way into the document.
private struct PageConversion {
  let index: Int
  let path: String
  let numbers: [String: Int]
  let firstDrawing: Int
  private(set) var html = ""
  private(set) var drawings: [String] = []

  /// Elements open within one that is left out: drawings for a narrow screen.
  private var leftOut = 0
  private var drawing: String?
  /// Title and description of the drawing.
  private var alternative: [Substring] = []
  private var size = (width: "", height: "")
  private var isAlternative = false
  /// Of the table being read: where its columns are to be described, and the longest text of each.
  private var table: (start: Int, lengths: [Int], column: Int, length: Int)?

  init(index: Int, path: String, numbers: [String: Int], firstDrawing: Int) {
    (self.index, self.path, self.numbers, self.firstDrawing) = (index, path, numbers, firstDrawing)
  }

  mutating func add(_ piece: PageText.Piece) {
    if leftOut > 0 {
      switch piece {
      case .start(_, _, isWhole: false): leftOut += 1
      case .end: leftOut -= 1
      default: break
      }
      return
    }
    if case .start(_, let tag, false) = piece, PageText.attribute("class", of: tag) == "narrow" {
      leftOut = 1
      return
    }
    if drawing != nil || isDrawing(piece) { return draw(piece) }
    switch piece {
    case .text(let text):
      html += text
      table?.length += text.count
    // Nothing of a Word document is closed until it is asked for.
    case .start("details", _, _), .end("details"): break
    case .start("summary", _, _): html += "<p><strong>"
    case .end("summary"): html += "</strong></p>"
    case .start(let name, let tag, let isWhole):
      html += self.tag(name, tag, isWhole: isWhole)
      beginTable(name)
    case .end(let name):
      endTable(name)
      html += "</\(name)>"
    }
  }

  private mutating func beginTable(_ name: Substring) {
    switch name {
    case "table": table = (html.utf8.count, [], 0, 0)
    case "tr": table?.column = 0
    case "th", "td": table?.length = 0
    default: break
    }
  }

  /// The columns of a table share its width by their longest texts, up to a bound.
  private mutating func endTable(_ name: Substring) {
    guard var open = table else { return }
    switch name {
    case "th", "td":
      if open.lengths.count <= open.column { open.lengths.append(0) }
      open.lengths[open.column] = max(open.lengths[open.column], min(open.length, PageConversion.widest))
      open.column += 1
      table = open
    case "caption": table?.length = 0
    case "table":
      let widths = open.lengths.map { $0 + PageConversion.narrowest }
      let total = max(1, widths.reduce(0, +))
      let columns = widths.map { "<col style=\"width: \(100 * $0 / total)%\"/>" }.joined()
      let all = html.utf8
      let end = caption(after: all.index(all.startIndex, offsetBy: open.start))
      html.insert(contentsOf: "<colgroup>\(columns)</colgroup>", at: end)
      table = nil
    default: break
    }
  }

  /// The end of the caption that begins here; here if none does.
  private func caption(after start: String.Index) -> String.Index {
    guard html[start...].hasPrefix("<caption"), let end = html[start...].firstRange(of: "</caption>") else {
      return start
    }
    return end.upperBound
  }

  /// Characters that the widest column counts, and that every column has beside its text.
  private static let (widest, narrowest) = (48, 5)

  private func isDrawing(_ piece: PageText.Piece) -> Bool {
    if case .start("svg", _, _) = piece { true } else { false }
  }

  private mutating func draw(_ piece: PageText.Piece) {
    var svg = drawing ?? ""
    switch piece {
    case .text(let text):
      if isAlternative { alternative.append(text) }
      svg += text
    case .start("svg", let tag, _):
      size = (String(PageText.attribute("width", of: tag) ?? ""), String(PageText.attribute("height", of: tag) ?? ""))
      alternative = []
      // The page's style sheet names the font.
      svg += tag.dropLast() + " font-family=\"Arial, Liberation Sans, sans-serif\">"
    case .start(let name, let tag, let isWhole):
      isAlternative = (name == "title" || name == "desc") && !isWhole
      svg += tag
    case .end(let name):
      isAlternative = false
      svg += "</\(name)>"
      if name == "svg" {
        let text = alternative.map { $0.hasSuffix(".") ? String($0) : "\($0)." }.joined(separator: " ")
        html +=
          "<img src=\"\(firstDrawing + drawings.count).png\" alt=\"\(text)\" width=\"\(size.width)\" height=\"\(size.height)\"/>"
        drawings.append(svg)
        drawing = nil
        return
      }
    }
    drawing = svg
  }

  /// A tag with its names and addresses as they are in one document, and of the rest only what Word shows: what pages tell
  /// narrow screens and screen readers of every cell is two thirds of them, and half of Pandoc's time.
  private func tag(_ name: Substring, _ tag: Substring, isWhole: Bool) -> String {
    var text = "<\(name)"
    if let id = PageText.attribute("id", of: tag) { text += " id=\"p\(index)-\(id)\"" }
    if name == "a", let address = PageText.attribute("href", of: tag) {
      text += " href=\"\(target(of: String(address)))\""
    }
    for attribute in PageConversion.shown {
      if let value = PageText.attribute(attribute, of: tag) { text += " \(attribute)=\"\(value)\"" }
    }
    return text + (isWhole ? "/>" : ">")
  }

  /// Attributes that change what Word shows, beside names and addresses.
  private static let shown = ["colspan", "rowspan", "lang", "start"]

  /// Where an address of the page leads in the document: to a page that is in it, else to the file beside it.
  private func target(of address: String) -> String {
    guard !address.contains(":") else { return address }
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let page = parts[0].isEmpty ? path : resolved(String(parts[0]))
    let fragment = parts.count > 1 ? parts[1] : ""
    guard let number = numbers[page] else { return page + (fragment.isEmpty ? "" : "#\(fragment)") }
    return "#p\(number)" + (fragment.isEmpty ? "" : "-\(fragment)")
  }

  /// A path relative to this page, from the pack's root.
  private func resolved(_ relative: String) -> String {
    var folders = path.split(separator: "/").dropLast().map(String.init)
    for part in relative.split(separator: "/") {
      if part == ".." { _ = folders.popLast() } else { folders.append(String(part)) }
    }
    return folders.joined(separator: "/")
  }
}
