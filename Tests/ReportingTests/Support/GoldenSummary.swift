import Foundation
import Tables

/// What a reviewer reads of a pack: the header, length and first rows of each table, the keys of each document, and of
/// each page its title, headings, first sentences and first rows.
///
/// Numbers are written to three significant figures, because the last digits of a logarithm are not the same on every
/// processor.
struct GoldenSummary {
  /// Rows shown of a table of data, by path; others show ``dataRows``.
  var rows: [String: Int] = [:]
  /// Pages below these folders are told in one line, but for those named in ``whole``.
  var brief: [String] = ["priorities/", "partnerships/", "themes/"]
  /// Pages told in full wherever they are.
  var whole: Set<String> = []

  private static let dataRows = 2
  private static let pageRows = 3
  private static let sentences = 4
  /// Characters shown of a cell of a table of data, and of a page's.
  private static let cellLengths = (data: 80, page: 200)

  private static func cut(_ text: String, to length: Int) -> String {
    text.count > length ? text.prefix(length) + "…" : text
  }

  func text(_ files: [OutputFile]) -> String {
    var lines: [String] = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      lines.append("=== \(file.path)")
      let name = file.path.split(separator: ".").last ?? ""
      switch name {
      case "csv": lines += table(file)
      // Schemas follow from the tables' headers, which are told; tests hold every file to its schema.
      case "json" where file.path.hasPrefix("schemas/"): break
      case "json": lines += document(file)
      case "html": lines += page(file)
      default: break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Data

  private func table(_ file: OutputFile) -> [String] {
    let records = GoldenSummary.records(String(decoding: file.contents, as: UTF8.self))
    guard let header = records.first else { return ["(empty)"] }
    let shown = records.dropFirst().prefix(rows[file.path] ?? GoldenSummary.dataRows)
    return ["columns: \(header.joined(separator: ","))", "rows: \(records.count - 1)"]
      + shown.map { record in
        let cells = record.map { GoldenSummary.cut(GoldenNumbers.cell($0), to: GoldenSummary.cellLengths.data) }
        return "  \(cells.joined(separator: ","))"
      }
  }

  /// Records of a CSV; quotes, commas and line breaks inside quotes understood.
  static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var (record, field, isQuoted) = ([String](), "", false)
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted:
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.append(character)
      }
    }
    if !record.isEmpty || !field.isEmpty { records.append(record + [field]) }
    return records
  }

  private func document(_ file: OutputFile) -> [String] {
    guard let value = try? JSONSerialization.jsonObject(with: Data(file.contents)) else { return ["(not JSON)"] }
    var keys = Set<String>()
    func visit(_ value: Any, _ path: String) {
      if let object = value as? [String: Any] {
        for (key, part) in object { visit(part, path.isEmpty ? key : "\(path).\(key)") }
      } else if let list = value as? [Any] {
        if list.isEmpty { keys.insert("\(path)[]") }
        for part in list { visit(part, "\(path)[]") }
      } else {
        keys.insert(path)
      }
    }
    visit(value, "")
    return ["keys:"] + keys.sorted().map { "  \($0)" }
  }

  // MARK: Pages

  private func page(_ file: OutputFile) -> [String] {
    guard let page = PageTree.read(file), let main = page.all("main").first else { return ["(not well-formed)"] }
    let title = page.all("title").first?.text ?? ""
    if brief.contains(where: file.path.hasPrefix), !whole.contains(file.path) {
      let headings = main.all("h2").map(\.text).joined(separator: " | ")
      return [GoldenNumbers.prose("title: \(title)"), GoldenNumbers.prose("h2: \(headings)")]
    }
    var outline = Outline()
    outline.walk(main)
    outline.endSection()
    return (["title: \(title)"] + outline.lines).map(GoldenNumbers.prose)
  }

  private struct Outline {
    var lines: [String] = []
    private var told = 0
    private var untold = 0

    mutating func endSection() {
      if untold > 0 { lines.append("  ... \(untold) more") }
      (told, untold) = (0, 0)
    }

    private mutating func tell(_ text: String) {
      guard !text.isEmpty else { return }
      if told < GoldenSummary.sentences { lines.append("  \(text)") } else { untold += 1 }
      told += 1
    }

    mutating func walk(_ element: PageTree) {
      switch element.name {
      case "h1", "h2", "h3", "h4":
        endSection()
        lines.append("\(String(repeating: "#", count: Int(String(element.name.dropFirst())) ?? 1)) \(element.text)")
      case "p", "dt", "dd", "figcaption", "summary": tell(element.text)
      case "li": tell("- \(element.text)")
      case "svg": tell("chart: \(element.elements.first { $0.name == "title" }?.text ?? "")")
      case "table": table(element, rows: GoldenSummary.pageRows)
      // The numbers of a chart.
      case "details": for table in element.all("table") { self.table(table, rows: 1) }
      default: for part in element.elements { walk(part) }
      }
    }

    private mutating func table(_ element: PageTree, rows shown: Int) {
      func cells(_ row: PageTree) -> String {
        row.elements.map { GoldenSummary.cut($0.text, to: GoldenSummary.cellLengths.page) }.joined(separator: " | ")
      }
      let header = element.all("thead").flatMap { $0.all("tr") }
      let rows = element.all("tbody").flatMap { $0.all("tr") }
      lines.append("  table: \(element.all("caption").first?.text ?? "") (\(rows.count) rows)")
      lines += header.map { "    \(cells($0))" } + rows.prefix(shown).map { "    \(cells($0))" }
    }
  }
}

/// Numbers to three significant figures, wherever they stand in a text.
enum GoldenNumbers {
  /// A cell of a table of data: a number, or text that stays as it is.
  static func cell(_ text: String) -> String {
    guard let number = Double(text), text.contains(where: \.isNumber) else { return prose(text) }
    return short(number, isWhole: !text.contains { $0 == "." || $0 == "e" })
  }

  /// Prose: names with digits in them, dates and years stay as they are.
  static func prose(_ text: String) -> String {
    var output = ""
    var rest = Substring(text)
    var before: Character = " "
    while let first = rest.first {
      guard first.isASCII, first.isNumber else {
        output.append(first)
        before = first
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { ($0.isASCII && $0.isNumber) || $0 == "," || $0 == "." }
      let token = run.last.map { $0 == "," || $0 == "." } == true ? run.dropLast() : run
      rest = rest.dropFirst(token.count)
      let after = rest.first ?? " "
      // A date, a code or a name: 2025-04, E07000177, cchi-2026, 1a.
      let isName =
        before.isLetter || before == "_" || before == "-" || after.isLetter
        || after == "_" || (after == "-" && rest.dropFirst().first?.isNumber == true)
      let plain = token.filter { $0 != "," }
      if isName || token.split(separator: ".").count > 2 {
        output += token
      } else if let number = Double(plain) {
        output += short(number, isWhole: !plain.contains("."))
      } else {
        output += token
      }
      before = "0"
    }
    return output
  }

  private static func short(_ number: Double, isWhole: Bool) -> String {
    // Whole numbers below a thousand are short enough; those up to 2100 may be years.
    if isWhole, abs(number) < 1000 || (1900...2100).contains(number) { return "\(Int(number))" }
    guard number.isFinite else { return "\(number)" }
    if number != 0, abs(number) < 1e-6 { return number < 0 ? ">-1e-6" : "<1e-6" }
    let text = String(format: "%.3g", number)
    guard text.contains("e"), abs(number) >= 1, abs(number) < 1e15, let rounded = Double(text) else { return text }
    return "\(Int(rounded))"
  }
}
