import CommunitySafety
import Diagnostics

/// Tables of a row for each area, measure and period.
struct LongLayout: Layout {
  static let kind = InputKind.long
  static let source = IngestedData.SourceKind.table

  let columns: LongColumns

  static func recognised(in opening: Opening, options: IngestOptions) throws -> LongLayout? {
    LongColumns.isComplete(opening.header) ? try expected(in: opening, options: options) : nil
  }

  static func expected(in opening: Opening, options: IngestOptions) throws -> LongLayout {
    LongLayout(columns: try LongColumns(opening.header, measure: options.measure))
  }

  func reader(_ settings: LayoutSettings, file: String, bytes: Int) -> LongTableReader {
    LongTableReader(file: file, columns: columns, bytes: bytes)
  }

  static func assemble(_ input: IngestedUnits, _ run: LayoutRun) throws -> IngestedData {
    try TableAssembly.data(of: input, run)
  }
}

extension InputKind {
  /// A table of a row for each area, measure and period.
  public static let long = InputKind(declared: "long")
}

extension IngestedData.SourceKind {
  /// Tables of counts or other measures by area and period.
  public static let table = IngestedData.SourceKind(rawValue: "table", article: "a table")
}

extension TableRows: UnitContent {
  package static var source: IngestedData.SourceKind { .table }
  package var rowCount: Int { count }
}

extension LongTableReader: RowReader {}
