import TimeSeries

/// What to know about tables. Files are given by their labels, columns by their headers.
public enum TableNote: Hashable, Sendable, Codable {
  /// What rows of a table are told apart by.
  public enum Dimension: String, CaseIterable, Hashable, Sendable, Codable {
    case area, measure
  }

  /// An area or measure that is a sum of others, and how the two compare.
  public struct Sum: Hashable, Sendable, Codable {
    /// What it is.
    public let dimension: Dimension
    /// Its name.
    public let name: String
    /// The names of its parts, in file order.
    public let parts: [String]
    /// Values that are exactly the sum of their parts, and how many could be compared.
    public let exact: Int
    /// Values that could be compared.
    public let compared: Int
    /// Where the two differ most; nil if they never do.
    public let period: Period?
    /// The value there.
    public let total: Double?
    /// The sum of its parts there.
    public let ofParts: Double?

    package init(
      dimension: Dimension, name: String, parts: [String], exact: Int, compared: Int, period: Period? = nil,
      total: Double? = nil, ofParts: Double? = nil
    ) {
      self.dimension = dimension
      self.name = name
      self.parts = parts
      self.exact = exact
      self.compared = compared
      self.period = period
      self.total = total
      self.ofParts = ofParts
    }
  }

  /// What figures that are no counts of single periods are.
  public enum Cumulative: Hashable, Sendable, Codable {
    /// Sums over the last year, given every period.
    case rollingYear
    /// Sums over the year so far, which begins in this month.
    case yearToDate(firstMonth: Int)

    /// Place among the kinds in what is said: 0 for rolling years, then by the first month.
    var order: Int {
      switch self {
      case .rollingYear: 0
      case .yearToDate(let month): month
      }
    }
  }

  /// What negative values among counts were taken for, and what became of them.
  public enum Negatives: String, CaseIterable, Hashable, Sendable, Codable {
    /// A number that stands for missing.
    case areCode
    /// Corrections of earlier periods, which are missing.
    case missing
    /// Corrections that were taken from the periods before.
    case netted
    /// Corrections of more than the periods before hold, which are missing.
    case largerThanBefore
  }

  /// Cumulative figures of these measures (none: of all) were taken apart, and so many values could not be.
  case takenApart(Cumulative, measures: [String], lost: Int)
  /// Measures beside cumulative ones that are too small to be told, and were taken for counts of single periods.
  case notJudgedCumulative(measures: [String])
  /// Negative values among the counts of these series.
  case negativeCounts([SeriesKey], values: Int, Negatives)
  /// The newest periods are not yet loaded, or in part: all series together at this share of what is usual.
  case notYetLoaded([Period], shareOfUsual: Double)
  /// Points between groups of three digits, as in this example, were taken for separators of thousands.
  case thousandPoints(example: String, values: Int)
  /// Areas or measures that are sums of others stand apart from them, as a check or dropped.
  case sums([Sum], isCheck: Bool)
  /// Areas or measures named as of everything that are not the sum of the others: series of their own, or dropped.
  case unlikeTotals([Sum], areDropped: Bool)
  /// Series of a column of counts that holds fractions.
  case fractionalCounts([SeriesKey])
  /// Names written in several ways were brought under one spelling.
  case spellings(Dimension, [CountedNote.Spelling])
  /// Rows for an area, measure and period that had one already were added to it.
  case summedDuplicates(rows: Int)
  /// Columns of periods that are blank in every row are taken as not there.
  case blankColumns([String], file: String)
  /// Columns that are no period, area or measure were left out; one without a header is given by its number.
  case columnsLeftOut([String], file: String)
  /// What the columns of a wide table were taken for.
  case columnRoles(areas: [String], measures: [String], file: String)
  /// Notes below a table were passed over.
  case linesBelow([String], file: String)
  /// Notes or titles within a table, above a row that repeats the header, were passed over.
  case linesBetween([String], file: String)
  /// So many periods bear marks such as these, of provisional or revised figures or of notes, and were read without them.
  case periodMarks([String], periods: Int)
  /// Periods written in several ways were read as one form: this one as that.
  case periodsAlike(example: String, readAs: String)
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
    case .sums(let sums, _):
      .init(
        "sums-among-rows", .warning,
        .init(
          areas: sums.filter { $0.dimension == .area }.map(\.name),
          measures: sums.filter { $0.dimension == .measure }.map(\.name)))
    case .unlikeTotals(let sums, _):
      .init(
        "unlike-totals", .warning,
        .init(
          areas: sums.filter { $0.dimension == .area }.map(\.name),
          measures: sums.filter { $0.dimension == .measure }.map(\.name)))
    case .fractionalCounts(let keys):
      .init("fractional-counts", .warning, .init(areas: keys.map(\.area), measures: keys.compactMap(\.measure)))
    case .takenApart(_, let measures, _): .init("cumulative-figures", .warning, .init(measures: measures))
    case .notJudgedCumulative(let measures):
      .init("cumulative-not-judged", .warning, .init(measures: measures))
    case .negativeCounts(let keys, _, _):
      .init(
        "negative-counts", .warning, .init(areas: keys.map(\.area), measures: keys.compactMap(\.measure)))
    case .notYetLoaded(let periods, _): .init("not-yet-loaded", .warning, .init(periods: periods))
    case .thousandPoints: .init("thousand-points", .warning)
    case .spellings(let dimension, let names):
      .init(
        "spelling", .warning,
        dimension == .area ? .init(areas: names.map(\.now)) : .init(measures: names.map(\.now)))
    case .summedDuplicates: .init("summed-duplicates", .warning)
    case .blankColumns(_, let file): .init("blank-columns", .warning, .init(sources: [file]))
    case .columnsLeftOut(_, let file): .init("columns-left-out", .warning, .init(sources: [file]))
    case .columnRoles(_, _, let file): .init("column-roles", .information, .init(sources: [file]))
    case .linesBelow(_, let file): .init("lines-below", .warning, .init(sources: [file]))
    case .linesBetween(_, let file): .init("lines-between", .warning, .init(sources: [file]))
    case .periodMarks: .init("period-marks", .warning)
    case .periodsAlike: .init("periods-alike", .warning)
    case .dayFirst: .init("day-first", .warning)
    case .suppressed: .init("suppressed-values", .warning)
    case .missing: .init("missing-values", .warning)
    case .zeroDenominators: .init("zero-denominators", .warning)
    case .repeatedHeader: .init("repeated-header", .warning)
    case .gaps(_, _, let areZero): .init("gaps", areZero ? .information : .warning)
    }
  }
}
