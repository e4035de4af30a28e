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

  func role(ofColumn column: Int) -> ColumnRole {
    let isValue =
      switch columns.value {
      case .number(let value), .count(let value), .value(let value, _): column == value
      case .proportion(let numerator, let denominator): column == numerator || column == denominator
      }
    if isValue || column == columns.population { return .value }
    return [columns.identity, columns.measure, columns.period, columns.part?.column].contains(column) ? .name : .unread
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

  package func repeats(_ other: any UnitContent) -> Bool {
    guard let other = other as? TableRows else { return false }
    let others = Dictionary(zip(other.keys, 0...), uniquingKeysWith: { first, _ in first })
    let periodsThere = Dictionary(zip(other.periods, 0...), uniquingKeysWith: { first, _ in first })
    let seriesThere = keys.map { others[$0] }
    let periodThere = periods.map { periodsThere[$0] }
    guard seriesThere.contains(where: { $0 != nil }), periodThere.contains(where: { $0 != nil }) else { return false }
    var there = Set<UInt64>()
    other.forEachCell { there.insert(UInt64($0) << 32 | UInt64($1)) }
    var (shared, count) = (0, 0)
    forEachCell { series, period in
      count += 1
      guard let series = seriesThere[series], let period = periodThere[period] else { return }
      if there.contains(UInt64(series) << 32 | UInt64(period)) { shared += 1 }
    }
    return shared * 2 > count
  }

  /// Series and period of every row, or cell of a wide table.
  private func forEachCell(_ body: (Int, Int) -> Void) {
    for row in rows { body(Int(row.series), Int(row.period)) }
    for run in runs { for period in runPeriods { body(Int(run.series), Int(period)) } }
  }
}

extension LongTableReader: RowReader {}
