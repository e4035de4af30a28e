import CommunitySafety
import Diagnostics

/// Tables of a row for each area and measure, with a column a period.
struct WideLayout: Layout {
  static let kind = InputKind.wide
  static let source = IngestedData.SourceKind.table
  static let needsRows = true

  let columns: WideColumns

  static func recognised(in opening: Opening, options: IngestOptions) throws -> WideLayout? {
    WideColumns.isRecognised(opening.header) ? try expected(in: opening, options: options) : nil
  }

  static func expected(in opening: Opening, options: IngestOptions) throws -> WideLayout {
    WideLayout(columns: try WideColumns(opening, options: options))
  }

  func reader(_ settings: LayoutSettings, file: String, bytes: Int) throws -> WideTableReader {
    try WideTableReader(file: file, columns: columns)
  }

  /// Sheets by year have the same columns but for the periods.
  func continues(_ first: TableHeader, _ header: TableHeader) -> Bool {
    func others(_ header: TableHeader) -> [String] { header.keys.filter { !WideColumns.isPeriod($0) } }
    return others(first) == others(header)
  }

  func role(ofColumn column: Int) -> ColumnRole {
    if columns.periods.contains(column) { return .value }
    let names = [columns.identity, columns.code].compactMap(\.self) + columns.wider + columns.measure
    return names.contains(column) ? .name : .unread
  }

  static func assemble(_ input: IngestedUnits, _ run: LayoutRun) throws -> IngestedData {
    try TableAssembly.data(of: input, run)
  }
}

extension InputKind {
  /// A table of a row for each area and measure, with a column a period.
  public static let wide = InputKind(declared: "wide")
}

extension WideTableReader: RowReader {}
