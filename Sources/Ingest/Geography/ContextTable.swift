import CommunitySafety
import Diagnostics
import Wording

/// Figures by area from one CSV: residents, households, or deprivation deciles of LSOAs.
package struct ContextTable: Sendable {
  /// What the figures are.
  typealias Subject = AreaNote.Subject

  /// Most areas of a table.
  static let areaLimit = 1 << 20

  /// Figures of one subject by ONS code or name of the area.
  private(set) var figures: [Subject: [String: Int]] = [:]
  /// Names of the columns read.
  private(set) var columns: [Subject: String] = [:]
  private let file: String

  /// Reads a table: a column of ONS codes (`ltla21_code`, `LSOA11CD`, `area_code`) or of names (`area`), and columns
  /// whose names speak of population (the latest year is read, of one year mid-year before census), households, or the
  /// decile of the Index of Multiple Deprivation; or `area,year,population`, of which the latest year of an area holds.
  ///
  /// - Throws: `HorizonError` of kind data for a header without such columns, a cell that is no whole number, two
  ///   figures for one area, or no rows.
  package init(file: String, read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    self.file = file
    var scanner = CSVScanner(file: file)
    var layout: Layout?
    var (rows, years) = (0, [String: Int]())
    try scanner.scan(read: read) { record in
      guard let layout else {
        layout = try Layout(header: (0..<record.count).map { record.text($0) }, file: file)
        return
      }
      guard record.count == layout.count else {
        if record.isBlank { return }
        throw HorizonError(
          .data, "the row has \(record.count) fields where the header has \(layout.count)",
          at: .init(file: file, line: record.line), remedy: "Quote fields that hold commas")
      }
      rows += 1
      let key = record.text(layout.key)
      guard !key.isEmpty else { return }
      var replaces = false
      if let column = layout.year {
        guard let year = try number(record, column) else { return }
        if let known = years[key], known > year { return }
        replaces = years[key].map { $0 < year } ?? true
        years[key] = year
      }
      for (subject, column) in layout.values {
        guard let value = try number(record, column) else { continue }
        if !replaces, let known = figures[subject]?[key], known != value {
          throw HorizonError(
            .data, "a second figure for \"\(SafeText.printable(String(key.prefix(60))))\"",
            at: .init(file: file, line: record.line, column: column + 1), remedy: "Keep one row for each area")
        }
        figures[subject, default: [:]][key] = value
      }
      guard rows <= ContextTable.areaLimit else {
        throw HorizonError(
          .data, "the table has more than \(ContextTable.areaLimit) rows", at: .init(file: file, line: record.line),
          remedy: "Give one row for each area")
      }
    }
    guard let layout, !figures.isEmpty else {
      throw HorizonError(
        .data, "the table has no rows with figures", at: .init(file: file), remedy: "Export it again with its rows")
    }
    columns = Dictionary(uniqueKeysWithValues: layout.values.map { ($0.subject, layout.header[$0.column]) })
  }

  private func number(_ record: CSVRecord, _ column: Int) throws -> Int? {
    switch NumberCell(record[column].trimmed) {
    case .number(let number) where number >= 0 && number <= 1e12 && number == number.rounded(): return Int(number)
    case .blank, .notAvailable, .suppressed: return nil
    default:
      throw HorizonError(
        .data, "\"\(SafeText.printable(String(record.text(column).prefix(40))))\" is not a whole number",
        at: .init(file: file, line: record.line, column: column + 1), remedy: "Correct the cell, or leave it blank")
    }
  }

  private struct Layout {
    let count: Int
    let header: [String]
    let key: Int
    let year: Int?
    let values: [(subject: Subject, column: Int)]

    init(header: [String], file: String) throws {
      self.header = header
      count = header.count
      let words = header.map(Layout.words)
      let codes = CodeColumns(header: header)
      let kinds = AreaKind.allCases.compactMap { codes.newest($0) }
      let key =
        kinds.compactMap(\.code).first ?? words.firstIndex { Layout.codeNames.contains($0.joined(separator: " ")) }
        ?? words.firstIndex { ["area", "area name", "name", "geography"].contains($0.joined(separator: " ")) }
        ?? kinds.compactMap(\.name).first
      let year = words.firstIndex { $0 == ["year"] }
      var values: [(subject: Subject, column: Int)] = []
      if let column = Layout.newestPopulation(words) { values.append((.population, column)) }
      if let column = words.firstIndex(where: { $0.contains { $0.hasPrefix("household") } }) {
        values.append((.households, column))
      }
      if let column = words.firstIndex(where: { words in
        words.contains("decile")
          && (words.contains("imd") || (words.contains("multiple") && words.contains("deprivation")))
      }) {
        values.append((.deprivation, column))
      }
      guard let key, !values.isEmpty else {
        throw HorizonError(
          .data,
          (key == nil ? "the header names no area" : "the header has no population, households or deprivation decile")
            + "; found: \(header.prefix(20).map { SafeText.printable(String($0.prefix(40))) }.joined(separator: ", "))",
          at: .init(file: file, line: 1),
          remedy: "Give a table with a column like LAD24CD or area, and one like pop_mid2024, households or IMD_decile")
      }
      self.key = key
      self.year = values.contains { $0.subject == .population } ? year : nil
      self.values = values
    }

    private static let codeNames: Set = ["area code", "code", "geography code", "ons code", "gss code", "ecode"]

    /// `pop_mid2020` as "pop", "mid", "2020".
    private static func words(_ name: String) -> [String] {
      var words: [String] = []
      var isDigit = false
      var word = ""
      for character in name.lowercased() {
        if !word.isEmpty, !(character.isLetter || character.isNumber) || character.isNumber != isDigit {
          words.append(word)
          word = ""
        }
        isDigit = character.isNumber
        if character.isLetter || character.isNumber { word.append(character) }
      }
      return word.isEmpty ? words : words + [word]
    }

    /// The column of population of the latest year; of one year, mid-year estimates before the census of March.
    private static func newestPopulation(_ names: [[String]]) -> Int? {
      let columns = names.enumerated().compactMap { index, words -> (index: Int, year: Int, isMidYear: Bool)? in
        let year = words.compactMap { $0.count == 4 ? Int($0) : nil }.last { (1800...2199).contains($0) }
        let isPopulation = words.contains { ["pop", "population", "residents", "persons"].contains($0) }
        let isYearAlone = year != nil && words.allSatisfy { Int($0) != nil || ["mid", "year", "census"].contains($0) }
        return isPopulation || isYearAlone ? (index, year ?? 0, words.contains("mid")) : nil
      }
      return columns.max { a, b in
        (a.year, a.isMidYear ? 1 : 0, -a.index) < (b.year, b.isMidYear ? 1 : 0, -b.index)
      }?.index
    }
  }
}
