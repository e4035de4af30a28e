/// What to know about tables. Files are given by their labels, columns by their headers.
public enum TableNote: Hashable, Sendable, Codable {
  /// Rows for an area, measure and period that had one already were added to it.
  case summedDuplicates(rows: Int)
  /// Columns of periods that are blank in every row are taken as not there.
  case blankColumns([String], file: String)
  /// Columns that are no period, area or measure were left out; one without a header is given by its number.
  case columnsLeftOut([String], file: String)
  /// Dates such as this one are read day first, and no date tells otherwise.
  case dayFirst(example: String)
  /// Values that were suppressed, with the marks that said so.
  case suppressed(values: Int, marks: [String])
  /// Rows, or cells of wide tables, without a value.
  case missing(Int, unit: RowAccounting.Unit)
  /// Proportions with a denominator of nought.
  case zeroDenominators(rows: Int)
  /// Rows, or cells of wide tables, that repeat the header.
  case repeatedHeader(Int, unit: RowAccounting.Unit)
  /// Periods of so many series that have no row: missing, or nought where absence means that.
  case gaps(periods: Int, series: Int, areZero: Bool)

  var facts: DataNote.Facts {
    switch self {
    case .summedDuplicates: .init("summed-duplicates", .warning)
    case .blankColumns(_, let file): .init("blank-columns", .warning, .init(sources: [file]))
    case .columnsLeftOut(_, let file): .init("columns-left-out", .warning, .init(sources: [file]))
    case .dayFirst: .init("day-first", .warning)
    case .suppressed: .init("suppressed-values", .warning)
    case .missing: .init("missing-values", .warning)
    case .zeroDenominators: .init("zero-denominators", .warning)
    case .repeatedHeader: .init("repeated-header", .warning)
    case .gaps(_, _, let areZero): .init("gaps", areZero ? .information : .warning)
    }
  }
}
