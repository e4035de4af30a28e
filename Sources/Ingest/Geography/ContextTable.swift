import CommunitySafety
import Diagnostics
import Wording

/// Figures by area from one CSV: residents by year, households, or deprivation deciles of LSOAs.
package struct ContextTable: Sendable {
  /// What the figures are.
  typealias Subject = AreaNote.Subject

  /// Most rows of a table: estimates by single year of age and sex have some sixty thousand a year.
  static let rowLimit = 1 << 20
  /// Most lines above a header.
  static let titleLimit = 20

  /// Households and deciles by ONS code or name of the area.
  private(set) var figures: [Subject: [String: Int]] = [:]
  /// Residents by area, then by calendar year; 0 for a figure without a year.
  private(set) var populations: [String: [Int: Int]] = [:]
  /// District codes that a table of deprivation gives for its LSOAs.
  private(set) var districtOfLSOA: [String: String] = [:]
  /// Names of the columns read.
  private(set) var columns: [Subject: String] = [:]
  /// For each form of a name (``NameForm``) how the table writes it first: what it calls areas by.
  private(set) var names: [String: String] = [:]

  /// Reads a table: a column of ONS codes (`ltla21_code`, `LSOA11CD`, `LSOA code (2021)`, `ladcode23`, `LAD 2023 Code`,
  /// `area_code`) or of names (`area`), and columns whose names speak of population, a year each (`pop_mid2020`,
  /// `population_2011`, `Mid-2023`; of one year mid-year before census), households, or the decile of the Index of Multiple
  /// Deprivation; or `area,year,population`. Rows by sex and age are added up, unless there are rows of all. A column `Total`
  /// or `All ages` is of the year that a line above the header, or the name of the file, says.
  ///
  /// - Throws: `HorizonError` of kind data for a table without such columns, a cell that is no whole number, two
  ///   figures for one area, or no rows.
  package init(file: String, read: (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    var reader = Reader(file: file)
    var scanner = CSVScanner(file: file)
    try scanner.scan(read: read) { try reader.add($0) }
    self = try reader.finish()
  }

  private init() {}

  /// Takes in the rows of one table.
  struct Reader {
    /// Named in errors.
    let file: String
    /// Whether rows end with their last field that holds anything, unless they are notes.
    private let isSheet: Bool
    /// What the header says; nil above it.
    private(set) var layout: ContextLayout?
    private var titles: [[String]] = []
    private var rows = 0
    private var counts = DetailedCounts()
    private var table = ContextTable()
    private var last: (written: String, key: String) = ("", "")

    /// A reader that has read nothing; `file` is named in errors.
    init(file: String, isSheet: Bool = false) {
      self.file = file
      self.isSheet = isSheet
    }

    /// Takes in a record.
    mutating func add(_ record: CSVRecord) throws {
      guard let layout else {
        let cells = (0..<record.count).map { record.text($0) }
        layout = try ContextLayout(header: cells, titles: titles, file: file)
        if layout == nil {
          titles.append(cells)
          if titles.count > ContextTable.titleLimit { throw ContextLayout.none(titles, file: file) }
        }
        return
      }
      guard record.count == layout.count else {
        if record.isBlank || isSheet && record.count < layout.count { return }
        throw HorizonError(
          .data, "the row has \(record.count) fields where the header has \(layout.count)",
          at: .init(file: file, line: record.line), remedy: "Quote fields that hold commas")
      }
      rows += 1
      guard rows <= ContextTable.rowLimit else {
        throw HorizonError(
          .data, "the table has more than \(ContextTable.rowLimit) rows", at: .init(file: file, line: record.line),
          remedy: "Give one row for each area")
      }
      let key = key(record.text(layout.key))
      guard !key.isEmpty else { return }
      let year = try layout.year.map { try self.year(record, $0) }
      let details = layout.details.map { record.text($0) }
      for column in layout.populations {
        guard let value = try number(record, column.index) else { continue }
        guard counts.add(value, area: key, year: year ?? column.year, details: details) else {
          throw secondFigure(record, layout.key, column.index)
        }
      }
      for (subject, column) in layout.values {
        guard let value = try number(record, column) else { continue }
        if let known = table.figures[subject]?[key], known != value {
          throw secondFigure(record, layout.key, column)
        }
        table.figures[subject, default: [:]][key] = value
        if subject == .deprivation, let district = layout.district {
          table.districtOfLSOA[key] = record.text(district)
        }
      }
    }

    /// What was read.
    ///
    /// - Throws: `HorizonError` of kind data for a table without a header or figures.
    consuming func finish() throws -> ContextTable {
      guard let layout else { throw ContextLayout.none(titles, file: file) }
      table.populations = counts.byArea
      guard !table.figures.isEmpty || !table.populations.isEmpty else {
        throw HorizonError(
          .data, "the table has no rows with figures", at: .init(file: file), remedy: "Export it again with its rows")
      }
      for (subject, column) in layout.values where table.figures[subject] != nil {
        table.columns[subject] = layout.header[column]
      }
      if !table.populations.isEmpty {
        let names = layout.populations.map { layout.header[$0.index] }
        table.columns[.population] =
          names.count > 2 ? "\(names[0])\" to \"\(names[names.count - 1])" : names.last ?? ""
      }
      return table
    }

    /// An area as the table writes it first: figures under two spellings are of one area.
    private mutating func key(_ written: String) -> String {
      if written == last.written { return last.key }
      let form = NameForm.form(written)
      let key = table.names[form] ?? written
      if table.names[form] == nil { table.names[form] = written }
      last = (written, key)
      return key
    }

    private func secondFigure(_ record: CSVRecord, _ key: Int, _ column: Int) -> HorizonError {
      HorizonError(
        .data, "a second figure for \"\(SafeText.printable(String(record.text(key).prefix(60))))\"",
        at: .init(file: file, line: record.line, column: column + 1),
        remedy: "Keep one row for each area, however its name is written")
    }

    /// A year: `2023`, or the year in `Mid-2023`.
    private func year(_ record: CSVRecord, _ column: Int) throws -> Int {
      let text = record.text(column)
      guard let year = ContextLayout.year(in: ContextLayout.words(text)) else {
        throw HorizonError(
          .data, "\"\(SafeText.printable(String(text.prefix(40))))\" is not a year",
          at: .init(file: file, line: record.line, column: column + 1), remedy: "Write a year such as 2023")
      }
      return year
    }

    private func number(_ record: CSVRecord, _ column: Int) throws -> Int? {
      switch NumberCell(record[column].trimmed) {
      case .number(let number) where number >= 0 && number <= 1e12 && number == number.rounded(): return Int(number)
      case .blank, .notAvailable, .suppressed: return nil
      default:
        throw HorizonError(
          .data, "\"\(SafeText.printable(String(record.text(column).prefix(40))))\" is not a whole number",
          at: .init(file: file, line: record.line, column: column + 1),
          remedy: "Correct the cell, or leave it blank")
      }
    }
  }
}

/// Residents by area and year, added up over sex and age where a table has them apart.
private struct DetailedCounts {
  private struct Cell: Hashable {
    let area: String
    let year: Int
  }

  /// Sums by how many of the columns of sex and age say "all": where a table has its own totals, they are taken.
  private var sums: [[Cell: Int]] = []
  private var seen = Set<[String]>()

  private static let all: Set = [
    "persons", "people", "total", "all", "all ages", "all persons", "all people", "both", "both sexes", "t", "p", "",
  ]

  /// Whether the figure is the first of its area, year, sex and age, or the same again.
  mutating func add(_ value: Int, area: String, year: Int, details: [String]) -> Bool {
    let cell = Cell(area: area, year: year)
    let totals = details.count { DetailedCounts.all.contains($0.lowercased()) }
    while sums.count <= totals { sums.append([:]) }
    guard !details.isEmpty else {
      let known = sums[totals].updateValue(value, forKey: cell)
      return known == nil || known == value
    }
    guard seen.insert([area, String(year)] + details).inserted else { return false }
    sums[totals][cell, default: 0] += value
    return true
  }

  /// Residents by area and year, from the rows that say "all" of most.
  var byArea: [String: [Int: Int]] {
    var found: [String: [Int: Int]] = [:]
    for sums in sums {
      for (cell, count) in sums { found[cell.area, default: [:]][cell.year] = count }
    }
    return found
  }
}
