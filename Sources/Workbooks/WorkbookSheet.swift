/// A sheet of a workbook as a value. Rows and columns count from 0.
public struct WorkbookSheet: Sendable {
  /// A column's width in characters, and whether it is shown.
  public struct ColumnLook: Sendable, Hashable {
    /// In characters.
    public var width: Double
    /// Whether it is hidden.
    public var isHidden = false

    /// A column of this width.
    public init(width: Double, isHidden: Bool = false) { (self.width, self.isHidden) = (width, isHidden) }
  }

  /// What may be entered in a block of cells.
  public struct Entry: Sendable, Hashable {
    /// The rule.
    public enum Rule: Sendable, Hashable {
      /// One of these, offered in a list; 255 characters at most with their commas.
      case choice([String])
      /// Text of at most so many characters.
      case text(most: Int)
    }

    /// From the top.
    public let rows: ClosedRange<Int>
    /// From the left.
    public let columns: ClosedRange<Int>
    /// What may be entered.
    public let rule: Rule
    /// What is shown beside a cell that is chosen: up to 32 and up to 255 characters.
    public let (promptTitle, prompt): (String, String)
    /// What is said of another entry: up to 255 characters.
    public let refusal: String

    /// A rule for the cells of a block.
    public init(
      rows: ClosedRange<Int>, columns: ClosedRange<Int>, _ rule: Rule, promptTitle: String, prompt: String,
      refusal: String
    ) {
      (self.rows, self.columns, self.rule) = (rows, columns, rule)
      (self.promptTitle, self.prompt, self.refusal) = (promptTitle, prompt, refusal)
    }
  }

  /// A note of a cell.
  public struct Note: Sendable, Hashable {
    /// From 0.
    public let row: Int
    /// From 0.
    public let column: Int
    /// What it says.
    public let text: String

    /// A note.
    public init(row: Int, column: Int, _ text: String) { (self.row, self.column, self.text) = (row, column, text) }
  }

  /// Most rows of a sheet.
  public static let rowLimit = 1_048_576

  /// Unique within its workbook; see ``Workbook/name(_:among:)``.
  public let name: String
  /// From the top.
  public var rows: [[WorkbookCell]] = []
  /// From the left.
  public var columns: [ColumnLook] = []
  /// Heights in points of rows that have another than their text needs.
  public var heights: [Int: Double] = [:]
  /// Rows and columns that stay in sight.
  public var (frozenRows, frozenColumns) = (0, 0)
  /// The heading row and the last row of what can be filtered, over all columns.
  public var filter: ClosedRange<Int>?
  /// Rules for what people enter.
  public var entries: [Entry] = []
  /// Notes of cells.
  public var notes: [Note] = []
  /// Charts over the cells.
  public var charts: [NativeChart] = []
  /// Whether only open cells can be written in. There is no password: it guards against slips, not against intent.
  public var isProtected = false
  /// Whether it is shown.
  public var isHidden = false
  /// Whether it is printed across.
  public var isLandscape = true
  /// Printed above and below every page: the marking.
  public var marking = ""
  /// The heading row that is printed on every page.
  public var repeatedRow: Int?

  /// Heights of the rows that need another than the usual: those that were given, and those of wrapped or large text, which not every
  /// program finds by itself.
  var allHeights: [Int: Double] {
    var all: [Int: Double] = [:]
    for (row, cells) in rows.enumerated() {
      var height = 15.0
      for (column, cell) in cells.enumerated() {
        guard case .text(let text) = cell.value else { continue }
        let width = columns.indices.contains(column) ? columns[column].width : 8
        // Bold text is wider than the digits that widths count.
        let perLine = max(1, width * (cell.style.isBold ? 0.88 : 1) * 11 / cell.style.size)
        let lines = cell.style.isWrapped ? (Double(text.count) / perLine).rounded(.up) : 1
        height = max(height, max(1, lines) * cell.style.size * 15 / 11)
      }
      if height > 15 { all[row] = min(height, WorkbookSheet.heightLimit) }
    }
    return all.merging(heights) { _, given in given }
  }

  /// The highest that a row may be, in points.
  private static let heightLimit = 409.0

  /// A sheet without rows.
  public init(_ name: String) { self.name = name }
}
