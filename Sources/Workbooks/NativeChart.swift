/// A chart that the spreadsheet program draws from cells of the workbook.
public struct NativeChart: Sendable, Hashable {
  /// What it looks like.
  public enum Kind: Sendable, Hashable {
    case line
    /// Horizontal bars, the first category on top.
    case bars
    /// A line without axes and words, the size of a cell.
    case sparkline
  }

  /// Cells of one column or one row of a sheet; rows and columns from 0.
  public struct Span: Sendable, Hashable {
    let sheet: String
    let rows: ClosedRange<Int>
    let columns: ClosedRange<Int>

    /// The cells of a column.
    public static func column(_ column: Int, rows: ClosedRange<Int>, of sheet: String) -> Span {
      Span(sheet: sheet, rows: rows, columns: column...column)
    }

    /// The cells of a row.
    public static func row(_ row: Int, columns: ClosedRange<Int>, of sheet: String) -> Span {
      Span(sheet: sheet, rows: row...row, columns: columns)
    }
  }

  /// One line or one kind of bar.
  public struct Series: Sendable, Hashable {
    let name: String
    let values: Span
    /// 0xRRGGBB.
    let colour: Int
    let isDashed: Bool

    /// A series of the values in these cells.
    public init(_ name: String, values: Span, colour: Int, isDashed: Bool = false) {
      (self.name, self.values, self.colour, self.isDashed) = (name, values, colour, isDashed)
    }
  }

  /// What it looks like.
  public let kind: Kind
  /// The finding.
  public let title: String
  /// The text alternative: the finding and the last value.
  public let description: String
  /// What the values are of; one cell for each.
  public let categories: Span
  /// Most of them four.
  public let series: [Series]
  /// What the values' axis counts.
  public var unit: String?
  /// Number format of the values' axis.
  public var format = "#,##0"
  /// Whether values may be under 0: the axis of values then begins where it must, and categories stand at its lower end.
  public var hasNegatives = false
  /// Number format of categories that are dates; nil where they are text.
  public var categoryFormat: String?
  /// The row of its upper left corner, from 0.
  public let row: Int
  /// The column of it, from 0.
  public let column: Int
  /// In pixels.
  public var (width, height) = (760, 320)

  /// A chart at a place of its sheet.
  public init(
    _ kind: Kind, title: String, description: String, categories: Span, series: [Series], row: Int, column: Int
  ) {
    (self.kind, self.title, self.description) = (kind, title, description)
    (self.categories, self.series, self.row, self.column) = (categories, series, row, column)
  }
}
