import CommunitySafety
import Diagnostics

/// The merged cells of one sheet of an Excel workbook, which its part tells only after all cells.
final class ExcelMerges: XMLHandler {
  enum Name: Int, CaseIterable { case mergeCell, ref }
  static let names = Name.spelled(hyphenated: false)
  /// Most merged cells of a sheet.
  static let limit = 200_000

  /// Columns and rows that are merged with a cell, by the cell's row and column from 1.
  private var spans: [Int: (columns: Int, rows: Int)] = [:]
  private let location: String

  /// No merged cells.
  init(location: String) { self.location = location }

  /// Those of a part, which is looked through for them first: most sheets have none.
  convenience init(part: String, in package: WorkbookPackage, location: String) throws {
    self.init(location: location)
    guard try package.holds("mergeCell", inPart: part) else { return }
    let part = try package.part(part, handler: self, isFirstPass: true)
    while try part.parseMore() {}
  }

  /// What the cell at a row and column from 1 is merged with.
  func span(row: Int, column: Int) -> (columns: Int, rows: Int) {
    spans.isEmpty ? (1, 1) : spans[row * SheetRows.columnLimit + column] ?? (1, 1)
  }

  func start(_ element: XMLElement) throws {
    guard element.name == Name.mergeCell.rawValue, let reference = element[Name.ref.rawValue] else { return }
    let corners = reference.split(separator: UInt8(ascii: ":")).compactMap { CellReference.parse($0) }
    guard corners.count == 2, corners[0].column <= corners[1].column, corners[0].row <= corners[1].row else { return }
    spans[corners[0].row * SheetRows.columnLimit + corners[0].column] = (
      corners[1].column - corners[0].column + 1, corners[1].row - corners[0].row + 1
    )
    guard spans.count <= ExcelMerges.limit else {
      throw HorizonError(
        .data, "the sheet has more than \(ExcelMerges.limit) merged cells", at: .init(file: location),
        remedy: "Export the sheet as CSV")
    }
  }

  func end(_ name: Int) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
