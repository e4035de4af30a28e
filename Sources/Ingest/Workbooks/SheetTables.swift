import CommunitySafety
import Diagnostics

/// Tells a second table on a sheet from rows and columns of the first.
///
/// Columns without a header and without anything below it part a sheet; what stands to the right of them is a second table if
/// it has two headers or more, and texts below one of them or a header that the first table has too. Below a blank row, a row
/// that would be a header and is not that of the table is that of a second one. A row that repeats the header is passed over, as at a
/// new page, but below a title it is that of a second table.
struct SheetTables {
  private let header: TableHeader
  private let options: IngestOptions
  private var lastLine: Int
  /// Whether the last row that is not blank held one text alone, as a title does.
  private var isBelowTitle = false

  /// The table that begins so.
  ///
  /// - Throws: `HorizonError` of kind data for two tables side by side.
  init(_ opening: Opening, options: IngestOptions) throws {
    header = opening.header
    self.options = options
    lastLine = header.place.line ?? 1
    try SheetTables.refuseSideBySide(opening)
  }

  private static func refuseSideBySide(_ opening: Opening) throws {
    let header = opening.header
    let rows = opening.rows.filter { $0.count == header.names.count }.map(\.texts)
    let isBlank = header.names.indices.map { column in
      header.names[column].isEmpty && rows.allSatisfy { $0[column].isEmpty }
    }
    guard let first = isBlank.firstIndex(of: false), let gap = isBlank[first...].firstIndex(of: true) else { return }
    var next = gap
    while let start = isBlank[next...].firstIndex(of: false) {
      let end = isBlank[start...].firstIndex(of: true) ?? isBlank.endIndex
      next = end
      let named = (start..<end).filter { !header.names[$0].isEmpty }
      let isSecond = named.contains { column in
        let texts = rows.map { $0[column] }.filter { !$0.isEmpty }
        let isText = texts.count * 2 >= rows.count && !texts.isEmpty && !texts.contains { $0.first?.isNumber ?? false }
        return isText && !WideColumns.isPeriod(header.names[column])
          || header.keys[first..<gap].contains(header.keys[column])
      }
      guard named.count > 1, isSecond else { continue }
      throw HorizonError(
        .data,
        "two tables seem to stand side by side: columns \(letters(first)) to \(letters(gap - 1)), and from \(letters(start))",
        at: header.place(ofColumn: start), remedy: "Give each table a sheet of its own")
    }
  }

  private static func letters(_ column: Int) -> String { HorizonError.Location.letters(ofColumn: column + 1) }

  /// Looks at the next row of the table.
  ///
  /// - Throws: `HorizonError` of kind data for one with which a second table begins, or that reaches beyond the header.
  mutating func check(_ record: CSVRecord) throws {
    defer { lastLine = record.line }
    if record.count > header.names.count {
      throw HorizonError(
        .data,
        "the cell stands to the right of the table, whose header ends in column \(SheetTables.letters(header.names.count - 1))",
        at: .init(file: header.place.file, line: record.line, column: record.count),
        remedy: "Give its column a header, or move what stands in it")
    }
    if isBelowTitle, header.isRepeated(in: record) { throw second(record.line) }
    noteTitle(record)
    guard record.line > lastLine + 1 else { return }
    let texts = (0..<min(record.count, 200)).map { record.text($0) }
    guard texts.count(where: { !$0.isEmpty }) > 1, !header.isRepeated(in: record), looksLikeHeader(texts, record) else {
      return
    }
    throw second(record.line)
  }

  private mutating func noteTitle(_ record: CSVRecord) {
    var filled: Int?
    for field in 0..<record.count where !record[field].trimmed.isEmpty {
      guard filled == nil else {
        isBelowTitle = false
        return
      }
      filled = field
    }
    if let filled { isBelowTitle = Double(record.text(filled)) == nil }
  }

  private func second(_ line: Int) -> HorizonError {
    HorizonError(
      .data, "a second table seems to begin here, below the one whose header is on row \(header.place.line ?? 1)",
      at: .init(file: header.place.file, line: line), remedy: "Give each table a sheet of its own")
  }

  private func looksLikeHeader(_ texts: [String], _ record: CSVRecord) -> Bool {
    let filled = texts.filter { !$0.isEmpty }
    let numbers = filled.compactMap { Int($0) }
    // Numbers are of a row, unless they are years that follow each other.
    if numbers.count > 1 {
      guard numbers.allSatisfy({ (1900...2100).contains($0) }) else { return false }
      return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }
    if numbers.count == 1 || filled.contains(where: { Double($0) != nil }) { return false }
    let opening = Opening(header: TableHeader(record, file: header.place.file))
    return (try? Layouts.recognised(in: opening, options: options)) != nil
  }
}
