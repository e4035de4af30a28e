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
    var (shared, count) = (0, 0)
    forEachCell(beside: other) { _, there in
      count += 1
      if there != nil { shared += 1 }
    }
    return shared * 2 > count
  }

  package func differs(from other: any UnitContent) -> Bool {
    guard let other = other as? TableRows else { return false }
    var differs = false
    forEachCell(beside: other) { value, there in
      if let there, there != value, !(there.isNaN && value.isNaN) { differs = true }
    }
    return differs
  }

  /// Value of every row, or cell of a wide table, and what the other has in its place; nil where that has nothing.
  private func forEachCell(beside other: TableRows, _ body: (Double, Double?) -> Void) {
    let others = Dictionary(zip(other.keys, 0...), uniquingKeysWith: { first, _ in first })
    let periodsThere = Dictionary(zip(other.periods, 0...), uniquingKeysWith: { first, _ in first })
    let seriesThere = keys.map { others[$0] }
    let periodThere = periods.map { periodsThere[$0] }
    var there: [UInt64: Double] = [:]
    if seriesThere.contains(where: { $0 != nil }), periodThere.contains(where: { $0 != nil }) {
      other.forEachCell { there[UInt64($0) << 32 | UInt64($1)] = $2 }
    }
    forEachCell { series, period, value in
      guard let series = seriesThere[series], let period = periodThere[period] else { return body(value, nil) }
      body(value, there[UInt64(series) << 32 | UInt64(period)])
    }
  }

  /// Series, period and value of every row, or cell of a wide table.
  private func forEachCell(_ body: (Int, Int, Double) -> Void) {
    for row in rows { body(Int(row.series), Int(row.period), row.value) }
    for run in runs {
      for (period, value) in zip(runPeriods, run.values) { body(Int(run.series), Int(period), value) }
    }
  }
}

extension LongTableReader: RowReader {}
