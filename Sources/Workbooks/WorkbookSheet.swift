/// A sheet of a workbook as a value. Rows and columns count from 0.
public struct WorkbookSheet: Sendable {
  /// A column's width in characters, and whether it is shown.
  public struct ColumnLook: Sendable, Hashable {
    public var width: Double
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

    public let rows: ClosedRange<Int>
    public let columns: ClosedRange<Int>
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
    public let row: Int
    public let column: Int
    public let text: String

    /// A note.
    public init(row: Int, column: Int, _ text: String) { (self.row, self.column, self.text) = (row, column, text) }
  }

  /// Most rows of a sheet.
  public static let rowLimit = 1_048_576

  /// Unique within its workbook; see ``Workbook/name(_:among:)``.
  public let name: String
  public var rows: [[WorkbookCell]] = []
  public var columns: [ColumnLook] = []
  /// Heights in points of rows that have another than their text needs.
  public var heights: [Int: Double] = [:]
  /// Rows and columns that stay in sight.
  public var (frozenRows, frozenColumns) = (0, 0)
  /// The heading row and the last row of what can be filtered, over all columns.
  public var filter: ClosedRange<Int>?
  public var entries: [Entry] = []
  public var notes: [Note] = []
  public var charts: [NativeChart] = []
  /// Whether only open cells can be written in. There is no password: it guards against slips, not against intent.
  public var isProtected = false
  /// Whether it is shown.
  public var isHidden = false
  public var isLandscape = true
  /// Printed above and below every page: the marking.
  public var marking = ""
  /// The heading row that is printed on every page.
  public var repeatedRow: Int?

  /// A sheet without rows.
  public init(_ name: String) { self.name = name }
}
