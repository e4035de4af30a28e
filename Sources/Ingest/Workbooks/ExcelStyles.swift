/// Which cells of an Excel workbook hold dates: what the number format of each style makes of a number.
final class ExcelStyles: XMLHandler {
  enum Name: Int, CaseIterable { case xf, numFmtId, numFmt, formatCode, cellXfs }
  static let names = Name.spelled(hyphenated: false)

  private var codes: [Int: SpreadsheetDate.Format] = [:]
  private var formats: [Int] = []
  private var isInCells = false

  /// No styles: numbers are numbers.
  init() {}

  /// Those of a workbook.
  convenience init(part: String, in package: WorkbookPackage) throws {
    self.init()
    try package.parse(part, into: self)
  }

  /// What the style of this number, if there is one, makes of numbers.
  func format(ofStyle style: Int) -> SpreadsheetDate.Format {
    guard style < formats.count else { return .number }
    return codes[formats[style]] ?? SpreadsheetDate.format(builtIn: formats[style]) ?? .number
  }

  func start(_ element: XMLElement) {
    switch Name(rawValue: element.name) {
    case .numFmt:
      guard let id = element.number(Name.numFmtId.rawValue), let code = element.text(Name.formatCode.rawValue) else {
        return
      }
      codes[id] = SpreadsheetDate.format(code: code)
    case .cellXfs: isInCells = true
    case .xf:
      if isInCells { formats.append(element.number(Name.numFmtId.rawValue) ?? 0) }
    case .numFmtId, .formatCode, nil: break
    }
  }

  func end(_ name: Int) {
    if name == Name.cellXfs.rawValue { isInCells = false }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
