import CommunitySafety
import Foundation
import Tables
import TimeSeries

import Wording

@testable import Reporting

/// Every number of a pack with what it claims, as a reader meets it: in pages by the tags that figures carry, in files by their
/// columns, in a priority's first sentence by its words.
struct PrintedFigures {
  struct Figure {
    let claim: String
    let text: String
    /// Path and what stands near it.
    let place: String
  }

  private(set) var figures: [Figure] = []
  /// Cells of numeric columns that hold a number and claim nothing, by page and table.
  private(set) var untagged: [String] = []
  private let context: PackContext

  init(_ files: [OutputFile], _ context: PackContext) {
    self.context = context
    for file in files {
      if file.path.hasSuffix(".html") { read(page: file) }
      if file.path.hasSuffix(".csv") { read(table: file) }
    }
  }

  // MARK: Pages

  private mutating func read(page file: OutputFile) {
    guard let page = PageTree.read(file) else { return }
    for element in page.tagged {
      figures.append(.init(claim: element.attributes["data-c"] ?? "", text: element.text, place: file.path))
    }
    for table in page.all("table") { read(table, file.path) }
    if let risk = context.detailedRisks.first(where: { context.path(of: $0) == file.path }),
      let lead = page.all("p").first(where: { $0.attributes["class"] == "lead" })
    {
      let series = context.claims.series(risk.area.name, risk.measure.id)
      let matched = risk.outlook?.matchedPeriods ?? 0
      add(lead.text, #"([\d,.]+) recorded in"#, ["\(series).y0-\(risk.past.lastYearPeriods).r"], file.path)
      add(lead.text, #"([\d,.]+) forecast for"#, ["\(series).n\(matched).m"], file.path)
      add(
        lead.text, #"80.% interval ([\d,.]+ to [\d,.]+), 95.% ([\d,.]+ to [\d,.]+)\)"#,
        ["\(series).n\(matched).i", "\(series).n\(matched).j"], file.path)
    }
  }

  private mutating func add(_ text: String, _ pattern: String, _ claims: [String], _ place: String) {
    guard let expression = try? NSRegularExpression(pattern: pattern),
      let match = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
    else { return }
    for (i, claim) in claims.enumerated() {
      guard let range = Range(match.range(at: i + 1), in: text) else { continue }
      figures.append(.init(claim: claim, text: String(text[range]), place: "\(place), first sentence"))
    }
  }

  private mutating func read(_ table: PageTree, _ path: String) {
    let heads = table.all("thead").flatMap { $0.all("th") }
    let caption = table.attributes["id"] ?? table.all("caption").first?.text ?? ""
    for row in table.all("tbody").flatMap({ $0.all("tr") }) {
      let cells = row.elements
      let period = cells.first.flatMap { PrintedFigures.anchor($0.text) }
      for (cell, head) in zip(cells, heads) {
        let hasNumber = cell.text.contains { $0.isNumber }
        let isNumeric = cell.attributes["class"]?.split(separator: " ").contains("number") ?? false
        if let series = table.attributes["data-s"], let kind = head.attributes["data-k"], let period {
          if hasNumber { figures.append(.init(claim: "\(series).\(period).\(kind)", text: cell.text, place: path)) }
        } else if let series = head.attributes["data-s"], let period {
          let parts = cell.text.split(separator: "(").map(String.init)
          if parts.count == 2 {
            figures.append(.init(claim: "\(series).\(period).m", text: parts[0], place: path))
            figures.append(.init(claim: "\(series).\(period).i", text: parts[1], place: path))
          } else if hasNumber {
            figures.append(.init(claim: "\(series).\(period).r", text: cell.text, place: path))
          }
        } else if isNumeric, hasNumber, cell.tagged.isEmpty, !cell.text.hasPrefix("no weight") {
          untagged.append("\(path): \(caption): \(head.text): \(cell.text)")
        }
      }
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// "2025-12" of "Dec 2025".
  private static func anchor(_ text: String) -> String? {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let month = months.firstIndex(of: String(parts[0])), let year = Int(parts[1])
    else { return nil }
    return PeriodStyle.yearMonth.format(.month(year, month + 1))
  }

  // MARK: Files

  /// Columns that claim something of a row's measure and area, with how they are to be scaled to what pages print.
  private static let riskColumns:
    [(column: String, window: @Sendable (Int, Int) -> String, kind: Claim.Kind, scale: Double)] = [
      ("recorded_last_12", { year, _ in "y0-\(year)" }, .recorded, 1),
      ("recorded_year_before", { year, _ in "y1-\(year)" }, .recorded, 1),
      ("recorded_two_years_before", { year, _ in "y2-\(year)" }, .recorded, 1),
      ("last_12", { _, matched in "y0-\(matched)" }, .comparable, 1),
      ("next_12_mean", { _, matched in "n\(matched)" }, .forecast, 1),
      ("expected_change", { _, matched in "n\(matched)" }, .expectedChange, 1),
      ("score", { _, matched in "n\(matched)" }, .score, 1),
      ("probability", { _, matched in "n\(matched)" }, .rise, 100),
      ("probability_of_fall", { _, matched in "n\(matched)" }, .fall, 100),
      ("harm_rank", { _, _ in "w" }, .harmRank, 1), ("rank", { _, _ in "w" }, .rank, 1),
    ]

  private mutating func read(table file: OutputFile) {
    let records = GoldenSummary.records(String(decoding: file.contents, as: UTF8.self))
    guard let header = records.first else { return }
    func column(_ name: String) -> Int? { header.firstIndex(of: name) }
    switch file.path {
    case "risks.csv":
      guard let area = column("area"), let measure = column("measure"), let level = column("level") else { return }
      for record in records.dropFirst() {
        guard
          let risk = context.assessment.risks.first(where: {
            $0.area.name == record[area] && $0.measure.label == record[measure]
              && $0.area.level.rawValue == record[level]
          })
        else { continue }
        let scale = risk.evidence.kind == .proportion ? 100.0 : 1
        let series = context.claims.series(risk.area.name, risk.measure.id)
        for entry in Self.riskColumns {
          // A place of two names is ranked under each: pages tell the one that has the page.
          if [.rank, .harmRank].contains(entry.kind), risk.area.level != context.rankedLevel { continue }
          guard let at = column(entry.column), let value = Double(record[at]) else { continue }
          let own = entry.scale == 1 && ![.rank, .harmRank].contains(entry.kind) ? scale : entry.scale
          let window = entry.window(risk.past.lastYearPeriods, risk.outlook?.matchedPeriods ?? 0)
          figures.append(
            .init(
              claim: "\(series).\(window).\(entry.kind.rawValue)", text: PrintedFigures.plain(value * own),
              place: "risks.csv, \(entry.column)"))
        }
      }
    case "exceptions.csv", "forecasts.csv":
      guard let id = column("unique_id"), let period = column("ds") else { return }
      let columns: [(String, Claim.Kind)] =
        file.path == "forecasts.csv" ? [("mean", .forecast)] : [("observed", .recorded), ("expected", .foreseen)]
      let kinds = Dictionary(
        context.assessment.series.map { ($0.observed.key.uniqueID, $0) }, uniquingKeysWith: { a, _ in a })
      for record in records.dropFirst() {
        guard let one = kinds[record[id]] else { continue }
        let scale = one.measure.kind == .proportion ? 100.0 : 1
        for (name, kind) in columns {
          guard let at = column(name), let value = Double(record[at]) else { continue }
          let series = context.claims.series(one.area.name, one.measure.id)
          figures.append(
            .init(
              claim: "\(series).\(record[period]).\(kind.rawValue)", text: PrintedFigures.plain(value * scale),
              place: "\(file.path), \(name)"))
        }
      }
    default: break
    }
  }

  private static func plain(_ value: Double) -> String { String(format: "%.6f", value) }
}

extension PageTree {
  /// The figures in it.
  var tagged: [PageTree] {
    elements.flatMap { ($0.attributes["data-c"] == nil ? [] : [$0]) + $0.tagged }
  }
}

/// A number as it is printed: its value and how far rounding may have moved it.
struct PrintedNumber {
  let value: Double
  let half: Double

  /// The numbers of a text, in order.
  static func all(in text: String) -> [PrintedNumber] {
    guard let expression = try? NSRegularExpression(pattern: #"[−+-]?\d[\d,]*(\.\d+)?"#) else { return [] }
    // "Under 0.1 %", "over 99 %": anything beyond.
    if text.lowercased().hasPrefix("under") || text.contains("(under"), !(text.first?.isNumber ?? false),
      let bound = text.range(of: "under "), let limit = first(after: bound.upperBound, in: text)
    {
      return [PrintedNumber(value: limit / 2, half: limit / 2)]
    }
    if !(text.first?.isNumber ?? false), let bound = text.range(of: "over "),
      let limit = first(after: bound.upperBound, in: text)
    {
      return [PrintedNumber(value: (limit + 100) / 2, half: (100 - limit) / 2)]
    }
    let sign = text.contains("fewer") || text.contains("lower") ? -1.0 : 1
    var found: [PrintedNumber] = expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
      match in
      guard let range = Range(match.range, in: text) else { return nil }
      let plain = text[range].replacingOccurrences(of: ",", with: "").replacingOccurrences(of: "−", with: "-")
      guard let value = Double(plain) else { return nil }
      let decimals = plain.split(separator: ".").dropFirst().first?.count ?? 0
      return PrintedNumber(value: value, half: 0.5 * pow(10, -Double(decimals)))
    }
    if let one = found.first, sign < 0 { found[0] = PrintedNumber(value: -one.value, half: one.half) }
    return found
  }

  private static func first(after at: String.Index, in text: String) -> Double? {
    Double(text[at...].prefix { $0.isNumber || $0 == "." })
  }

  /// The same number as a claim of this kind allows it to be printed: what is foreseen, to ``RealisticNumber``; chances, in steps of
  /// five that may stand on the near side of a cut of the yardstick.
  func said(of claim: String) -> PrintedNumber {
    switch claim.split(separator: ".").last {
    case "m", "i", "j", "t", "u": PrintedNumber(value: value, half: max(half, RealisticNumber.step(at: value) / 2))
    case "p", "q": PrintedNumber(value: value, half: max(half, 5))
    default: self
    }
  }

  /// Whether both may be one number, each rounded.
  func agrees(with other: PrintedNumber) -> Bool { abs(value - other.value) <= half + other.half + 1e-9 }
}
