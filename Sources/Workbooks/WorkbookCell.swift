/// How a cell looks, and whether it may be written in where its sheet is protected.
public struct CellStyle: Sendable, Hashable {
  /// Where text stands in a cell.
  public enum Alignment: Sendable, Hashable { case left, right, centre }

  /// Number format as spreadsheet programs write it, such as `#,##0`; nil for the general one.
  public var format: String?
  /// Whether it is in bold type.
  public var isBold = false
  /// In points.
  public var size = 11.0
  /// Whether long text goes on in lines below.
  public var isWrapped = false
  /// Colour of the ground as 0xRRGGBB; nil for none.
  public var fill: Int?
  /// Colour of the text as 0xRRGGBB; nil for black.
  public var colour: Int?
  /// Whether lines stand around it.
  public var hasBorder = false
  /// Whether people may write in it where the sheet is protected.
  public var isOpen = false
  /// Where text stands; nil for what is usual of its kind.
  public var alignment: Alignment?

  /// The plain style: a general number or text at the top of its cell.
  public init(format: String? = nil, isBold: Bool = false, isWrapped: Bool = false) {
    (self.format, self.isBold, self.isWrapped) = (format, isBold, isWrapped)
  }
}

/// A value of a sheet with its style.
public struct WorkbookCell: Sendable, Hashable {
  /// What stands in a cell. No value is ever a formula: text that begins with `=` is text.
  public enum Value: Sendable, Hashable {
    case blank
    case text(String)
    /// One that is not finite is blank.
    case number(Double)
    /// A day of the calendar.
    case date(year: Int, month: Int, day: Int)
    /// Text that leads to an address: a relative path, or `internal:'Sheet'!A1` within the workbook.
    case link(String, to: String)
  }

  /// What stands in it.
  public var value: Value
  /// How it looks.
  public var style: CellStyle

  /// A value in a style.
  public init(_ value: Value, _ style: CellStyle = CellStyle()) {
    (self.value, self.style) = (value, style)
  }

  /// Text in a style.
  public static func text(_ text: String, _ style: CellStyle = CellStyle()) -> WorkbookCell {
    WorkbookCell(text.isEmpty ? .blank : .text(text), style)
  }

  /// A number, or nothing, in a style.
  public static func number(_ number: Double?, _ style: CellStyle = CellStyle()) -> WorkbookCell {
    WorkbookCell(number.map { .number($0) } ?? .blank, style)
  }
}
