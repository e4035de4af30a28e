import CommunitySafety
import Diagnostics
import Wording

/// The tables of residents, households or deprivation that a workbook holds.
///
/// Every sheet that is shown and begins as such a table is one, as if it were a file of its own; those named for one of the
/// sexes are not, for they hold part of the residents.
package struct ContextWorkbook {
  /// What was read of one sheet.
  package struct Content {
    let sheet: String
    let table: ContextTable
  }

  private let package: WorkbookPackage
  private let source: any SheetSource

  /// Looks at a path; nil for what is no workbook.
  ///
  /// - Throws: `HorizonError`: noInput for a path that is not there, data for a workbook that cannot be read.
  package init?(path: String, maximumUnpackedBytes: Int) throws {
    guard case .archive(let bytes) = try FileKind(path: path) else { return nil }
    let archive = try ZipArchive(path: path)
    guard try WorkbookPackage.format(of: archive.entries(), in: archive) != nil else { return nil }
    let limit = UnpackLimit(path: path, maximum: maximumUnpackedBytes)
    package = try WorkbookPackage(path: path, bytes: bytes, limit: limit)
    source = try package.sheets()
  }

  /// The tables, in the workbook's order.
  ///
  /// - Throws: `HorizonError` of kind data, with sheet and cell, if no sheet holds one.
  package func contents() throws -> [Content] {
    var contents: [Content] = []
    var failures: [(error: HorizonError, isTable: Bool)] = []
    while let sheet = try source.nextSheet() {
      guard !sheet.isHidden, sheet.hasCells, !ContextWorkbook.isOfOneSex(sheet.name) else { continue }
      var reader = ContextTable.Reader(file: package.archive.location(of: sheet.name), isSheet: true)
      do {
        try read(into: &reader)
        contents.append(Content(sheet: sheet.name, table: try reader.finish()))
      } catch {
        failures.append((WorkbookReader.placed(error, in: sheet.name, of: package.path), reader.layout != nil))
      }
    }
    guard contents.isEmpty else { return contents }
    if let failure = failures.first(where: \.isTable) ?? (failures.count == 1 ? failures.first : nil) {
      throw failure.error
    }
    throw HorizonError(
      .data, "no sheet of the workbook that is shown holds residents, households or deprivation by area",
      at: .init(file: package.path), remedy: "Give a workbook with such a sheet, or a CSV of its table")
  }

  private func read(into reader: inout ContextTable.Reader) throws {
    try source.scan(width: 0) { record in
      try reader.add(record)
      return reader.layout == nil
    }
    guard let layout = reader.layout else { return }
    try source.scan(width: layout.count) { record in
      if let cell = source.rows.marked.first(where: { $0.mark == .uncalculated && layout.reads($0.column) }) {
        throw WorkbookReader.uncalculated(
          .init(file: reader.file, line: record.line, column: cell.column + 1))
      }
      try reader.add(record)
      return true
    }
  }

  private static func isOfOneSex(_ sheet: String) -> Bool {
    let sexes: Set<Substring> = ["male", "males", "men", "female", "females", "women"]
    return NameForm.form(sheet).split(whereSeparator: { !$0.isLetter }).contains(where: sexes.contains)
  }
}
