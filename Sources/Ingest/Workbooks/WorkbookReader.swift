import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Reads the tables of a workbook: the sheets asked for, or the first that fits a layout and those that continue it.
///
/// A sheet continues the first if it has the same layout and header (of a wide table: the same columns but for the periods),
/// and is not of the same areas, measures and periods. Hidden sheets are read only if they are named.
struct WorkbookReader {
  /// What was read of one sheet.
  struct Content {
    let sheet: String
    let content: any UnitContent
  }

  /// Examples of errors that a note gives.
  private static let exampleLimit = 3

  private let path: String
  private let settings: LayoutSettings
  private let package: WorkbookPackage
  private let source: any SheetSource

  private var contents: [Content] = []
  private var notes: [DataNote] = []
  private var passed: [WorkbookNote.PassedOver] = []
  private var first: (layout: any Layout, header: TableHeader)?
  private var failures: [(sheet: String, error: HorizonError, isFault: Bool)] = []
  /// A number that was read as a date, and the date.
  private var serials: (serial: String, date: String)?
  private var errors: (count: Int, examples: [String]) = (0, [])

  /// A reader that has looked at the list of parts.
  ///
  /// - Throws: `HorizonError` of kind data for what is no workbook that can be read.
  init(path: String, bytes: Int, limit: UnpackLimit, _ settings: LayoutSettings) throws {
    self.path = path
    self.settings = settings
    package = try WorkbookPackage(path: path, bytes: bytes, limit: limit)
    source = try package.sheets()
  }

  /// Reads the workbook.
  ///
  /// - Throws: `HorizonError`: data with file, sheet and cell for what is wrong in it, usage for a sheet that it does not have.
  mutating func read() throws -> (contents: [Content], notes: [DataNote]) {
    let wanted = settings.options.sheets
    var names: [(name: String, isHidden: Bool)] = []
    while let sheet = try source.nextSheet() {
      names.append((sheet.name, sheet.isHidden))
      do { try read(sheet, isNamed: wanted.contains { WorkbookReader.matches($0, sheet.name) }) } catch {
        throw WorkbookReader.placed(error, in: sheet.name, of: path)
      }
    }
    if let missing = wanted.first(where: { name in !names.contains { WorkbookReader.matches(name, $0.name) } }) {
      throw HorizonError(
        .usage, "the workbook has no sheet \"\(SafeText.printable(missing))\"", at: .init(file: path),
        remedy: "It has " + ListText.abridged(names.map { "\"\(SafeText.printable($0.name))\"" }, most: 20))
    }
    if contents.isEmpty { throw nothingFits(names) }
    noteSheets()
    return (contents, notes)
  }

  /// Whether a sheet is the one of this name, in any case and without blanks around it.
  private static func matches(_ wanted: String, _ name: String) -> Bool {
    wanted.trimmedOfBlanks.lowercased() == name.trimmedOfBlanks.lowercased()
  }

  /// Whether names of sheets differ in nothing but numbers and months: `2019-20` and `2020-21`, `Table 1` and `Table 2`.
  static func isOfOneSeries(_ first: String, _ second: String) -> Bool {
    func stem(_ name: String) -> [Substring] {
      name.lowercased().split { !$0.isLetter }.filter { PeriodStyle.monthNumber(String($0)) == nil }
    }
    return stem(first) == stem(second)
  }

  private mutating func read(_ sheet: Sheet, isNamed: Bool) throws {
    guard settings.options.sheets.isEmpty || isNamed else { return pass(sheet, .notNamed) }
    if sheet.isHidden, !isNamed { return pass(sheet, .hidden) }
    let hiddenBefore = source.rows.hiddenRows
    let records = sheet.hasCells ? try opening() : []
    let location = package.archive.location(of: sheet.name)
    guard !records.isEmpty else {
      if isNamed {
        throw HorizonError(
          .data, sheet.hasCells ? "nothing stands in the sheet" : "the sheet has no cells", at: .init(file: location),
          remedy: "Name another sheet")
      }
      return pass(sheet, .blank)
    }
    let (layout, found): (any Layout, Opening)
    var isFault = true
    do {
      let opened = records.map(\.record)
      if let fitting = try RecordReader.fitting(opened, location, settings.options, fillsUp: true) {
        (layout, found) = fitting
      } else if let fitting = try RecordReader.fitting(
        opened, location, settings.options, fillsUp: true,
        header: { [source] in SerialDates.header($0, is1904: source.is1904) })
      {
        (layout, found) = fitting
        noteSerials(fitting.1.header)
      } else {
        isFault = false
        (layout, found) = try RecordReader.asLong(opened, location, settings.options)
      }
      if let first {
        guard type(of: layout) == type(of: first.layout), layout.continues(first.header, found.header) else {
          if isNamed {
            throw HorizonError(
              .data, "the sheet has another header than the first of those named", at: .init(file: location),
              remedy: "Read sheets of different tables each in a run of its own")
          }
          return pass(sheet, .otherTable)
        }
      }
    } catch let error as HorizonError where !isNamed {
      failures.append((sheet.name, error, isFault))
      return pass(sheet, isFault ? .faulty(error.message) : .noTable)
    }
    try readRows(
      sheet, layout, found, hiddenBefore: hiddenBefore,
      marked: records.flatMap { record in record.marked.map { (record.record.line, $0) } })
  }

  /// The first rows of the sheet, with their cells that are marked.
  private func opening() throws -> [(record: OwnedRecord, marked: [MarkedCell])] {
    var records: [(record: OwnedRecord, marked: [MarkedCell])] = []
    var size = 0
    try source.scan(width: 0) { record in
      records.append((OwnedRecord(record), source.rows.marked))
      size += record.byteCount
      return records.count < Opening.recordLimit && size < Opening.byteLimit
    }
    return records
  }

  private mutating func readRows(
    _ sheet: Sheet, _ layout: any Layout, _ opening: Opening, hiddenBefore: Int, marked: [(line: Int, cell: MarkedCell)]
  ) throws {
    let headerLine = opening.header.place.line ?? 1
    let before = errors
    var tables = try SheetTables(opening, options: settings.options)
    for (line, cell) in marked where line >= headerLine {
      try judge(cell, line, layout, opening.header, isHeader: line == headerLine)
    }
    try opening.forEachRow { try tables.check($0) }
    let source = source
    var content = try layout.content(of: opening, settings, bytes: 0) { handle in
      try source.scan(width: opening.header.names.count) { record in
        for cell in source.rows.marked { try judge(cell, record.line, layout, opening.header, isHeader: false) }
        try tables.check(record)
        return try handle(record)
      }
    }
    if var rows = content as? TableRows, let read = SerialDates.resolve(&rows, is1904: source.is1904) {
      content = rows
      serials = serials ?? read
    }
    if first != nil, let same = contents.first(where: { content.repeats($0.content) }) {
      if settings.options.sheets.contains(where: { WorkbookReader.matches($0, sheet.name) }) {
        throw HorizonError(
          .data,
          "the sheet has the same areas, measures and periods as \"\(SafeText.printable(same.sheet))\"",
          at: .init(file: opening.header.place.file),
          remedy: "Read each in a run of its own, with --sheet NAME and --measure NAME")
      }
      errors = before
      return pass(
        sheet, content.differs(from: same.content) ? .otherValues(than: SafeText.printable(same.sheet)) : .sameRows)
    }
    if let wide = layout as? WideLayout, wide.columns.measure.isEmpty,
      wide.columns.onlyMeasure == nil || settings.options.sheets.isEmpty,
      let other = contents.first(where: { !WorkbookReader.isOfOneSeries($0.sheet, sheet.name) })
    {
      throw HorizonError(
        .data,
        "the sheet and \"\(SafeText.printable(other.sheet))\" have the same columns, no column of measures, and names that "
          + "are not of periods or numbers: they may count different things",
        at: .init(file: opening.header.place.file),
        remedy: "Read each in a run of its own, with --sheet NAME and --measure NAME")
    }
    if first == nil { first = (layout, opening.header) }
    contents.append(Content(sheet: sheet.name, content: content))
    let label = FileKind.lastComponent(package.archive.location(of: sheet.name))
    notes += opening.notes(file: label)
    let hidden = source.rows.hiddenRows - hiddenBefore
    if hidden > 0 { notes.append(.workbook(.hiddenRows(hidden, file: label))) }
    let columns = hiddenColumns(layout, opening.header)
    if !columns.isEmpty { notes.append(.workbook(.hiddenColumns(columns, file: label))) }
  }

  /// Columns of the sheet gone to that are read and not shown.
  private func hiddenColumns(_ layout: any Layout, _ header: TableHeader) -> [String] {
    let hidden = source.rows.hiddenColumns[source.current] ?? []
    return header.names.indices.filter { column in
      layout.role(ofColumn: column) != .unread && hidden.contains { $0.contains(column) }
    }.map { column in
      let name = header.names[column]
      return name.isEmpty
        ? HorizonError.Location.letters(ofColumn: column + 1) : "\"\(SafeText.printable(String(name.prefix(40))))\""
    }
  }

  /// Counts a cell with an error among the values; where it should name what a row is of, or should hold a result, nothing
  /// can stand for it.
  private mutating func judge(
    _ cell: MarkedCell, _ line: Int, _ layout: any Layout, _ header: TableHeader, isHeader: Bool
  ) throws {
    let role = layout.role(ofColumn: cell.column)
    guard isHeader || role != .unread else { return }
    let place = HorizonError.Location(file: header.place.file, line: line, column: cell.column + 1)
    if cell.mark == .uncalculated { throw WorkbookReader.uncalculated(place) }
    guard !isHeader, role == .value else {
      throw HorizonError(
        .data, "the cell holds the error \(cell.text) where a name or a period is wanted", at: place,
        remedy: "Mend the formula of the cell")
    }
    errors.count += 1
    if errors.examples.count < WorkbookReader.exampleLimit {
      errors.examples.append("\(cell.text) in \(HorizonError.Location.letters(ofColumn: cell.column + 1))\(line)")
    }
  }

  private mutating func noteSerials(_ header: TableHeader) {
    let pairs = zip(header.written, header.names)
    serials = serials ?? pairs.first { $0 != $1 }.map { (serial: $0, date: $1) }
  }

  private mutating func pass(_ sheet: Sheet, _ reason: WorkbookNote.Reason) {
    passed.append(.init(sheet: SafeText.printable(sheet.name), reason: reason))
  }

  private mutating func noteSheets() {
    let file = SafeText.printable(FileKind.lastComponent(path))
    if !passed.isEmpty || contents.count > 1 {
      notes.insert(
        .workbook(.sheets(read: contents.map { SafeText.printable($0.sheet) }, passedOver: passed, file: file)), at: 0)
    }
    if errors.count > 0 {
      notes.append(.workbook(.errorCells(errors.count, examples: errors.examples, file: file)))
    }
    if let serials { notes.append(.workbook(.serialDates(serials.serial, date: serials.date, file: file))) }
    if package.format == .excelWithMacros { notes.append(.workbook(.macros(file: file))) }
  }

  /// The error for a workbook without any sheet that was read: what is wrong with the only one, or with the one that comes
  /// nearest to a table.
  private func nothingFits(_ names: [(name: String, isHidden: Bool)]) -> HorizonError {
    if let failure = failures.first(where: \.isFault) ?? (failures.count == 1 ? failures.first : nil) {
      return WorkbookReader.placed(failure.error, in: failure.sheet, of: path)
    }
    let shown = names.filter { !$0.isHidden }.map { "\"\(SafeText.printable($0.name))\"" }
    guard !shown.isEmpty else {
      return HorizonError(
        .data, names.isEmpty ? "the workbook has no sheet" : "every sheet of the workbook is hidden",
        at: .init(file: path), remedy: names.isEmpty ? SheetRows.remedy : "Name the one to read with --sheet")
    }
    return HorizonError(
      .data, "no sheet of the workbook holds a table that is recognised: \(ListText.abridged(shown, most: 6))",
      at: .init(file: path), remedy: "Name one with --sheet to be told what it lacks")
  }

  /// The error for a formula without its result.
  static func uncalculated(_ place: HorizonError.Location) -> HorizonError {
    HorizonError(
      .data, "the cell holds a formula whose result is not stored", at: place,
      remedy: "Open the workbook in a spreadsheet program, let it calculate, and save it again")
  }

  /// An error whose place is a cell of a sheet.
  static func placed(_ error: any Error, in sheet: String, of path: String) -> HorizonError {
    guard let error = error as? HorizonError else { return HorizonError(.data, "\(error)", at: .init(file: path)) }
    guard var location = error.location, location.file == "\(path)!\(SafeText.printable(sheet))" else { return error }
    location.file = path
    location.sheet = SafeText.printable(sheet)
    return HorizonError(error.kind, error.message, at: location, remedy: error.remedy)
  }
}
