import CommunitySafety
import Diagnostics
import Foundation

/// A sheet of a workbook with its cells as they stand: for forms that people filled in.
public struct WorkbookCells: Sendable {
  /// A cell that is not blank.
  public struct Cell: Sendable, Hashable {
    /// What is shown, on one line; a number to 15 digits.
    public let text: String
    /// Whether it is a number rather than text.
    public let isNumber: Bool
    /// Whether a formula makes it, whose result it is if that is stored.
    public let isFormula: Bool
    /// Whether it shows an error of the spreadsheet program.
    public let isError: Bool
  }

  /// A row that is not blank.
  public struct Row: Sendable {
    /// From 1.
    public let number: Int
    /// By column, from 1.
    public let cells: [Int: Cell]
  }

  /// As the workbook names it.
  public let name: String
  /// Whether it is hidden.
  public let isHidden: Bool
  /// From the top.
  public let rows: [Row]

  /// Bytes of a form that people filled in, at most.
  public static let fileLimit = 20 << 20
  /// Bytes that it unpacks to, at most.
  static let unpackedLimit = 200 << 20
  /// Cells that it holds, at most.
  static let cellLimit = 1_000_000

  /// The sheets of a workbook without macros, `.xlsx` or `.ods`.
  ///
  /// - Throws: ``HorizonError``: noInput for a file that is not there, data for one that is too large, holds macros, is protected by a
  ///   password, is damaged or is no workbook.
  public static func sheets(ofFile path: String) throws -> [WorkbookCells] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw HorizonError(.noInput, "there is no such file", at: .init(file: path), remedy: "Check the name")
    }
    let remedy = "Give the workbook as Horizon made it, filled in and saved as .xlsx or .ods"
    guard !isFolder.boolValue else {
      throw HorizonError(.data, "this is a folder, not a workbook", at: .init(file: path), remedy: remedy)
    }
    guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int,
      let head = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 4)
    else {
      throw HorizonError(.noInput, "the file cannot be read", at: .init(file: path), remedy: "Check who may read it")
    }
    guard size <= fileLimit else {
      throw HorizonError(
        .data, "the workbook has \(size >> 20) MB, and at most \(fileLimit >> 20) MB are read", at: .init(file: path),
        remedy: remedy)
    }
    guard head.elementsEqual([0x50, 0x4B, 3, 4]) else {
      throw HorizonError(.data, "this is no workbook", at: .init(file: path), remedy: remedy)
    }
    let package = try WorkbookPackage(
      path: path, bytes: size, limit: UnpackLimit(path: path, maximum: unpackedLimit))
    guard package.format != .excelWithMacros, !path.lowercased().hasSuffix(".xlsm") else {
      throw HorizonError(
        .data, "the workbook is one with macros, which are not read", at: .init(file: path),
        remedy: "Save it as .xlsx, without macros")
    }
    return try sheets(of: try package.sheets(), path: path)
  }

  private static func sheets(of source: any SheetSource, path: String) throws -> [WorkbookCells] {
    var all: [WorkbookCells] = []
    var count = 0
    while let sheet = try source.nextSheet() {
      var rows: [Row] = []
      guard sheet.hasCells else { continue }
      do {
        try source.scan(width: 0) { record in
          let (numbers, formulas) = source.rows.kinds
          let marks = Dictionary(source.rows.marked.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
          var cells: [Int: Cell] = [:]
          for column in 0..<record.count {
            let mark = marks[column]
            let text = mark?.mark == .error ? mark?.text ?? "" : record.text(column)
            guard !text.isEmpty || mark != nil else { continue }
            cells[column + 1] = Cell(
              text: text, isNumber: numbers.contains(column), isFormula: formulas.contains(column),
              isError: mark?.mark == .error)
          }
          count += cells.count
          guard count <= cellLimit else {
            throw HorizonError(
              .data, "the workbook holds more than \(cellLimit) cells", at: .init(file: path),
              remedy: "Give the workbook as Horizon made it, filled in")
          }
          rows.append(Row(number: record.line, cells: cells))
          return true
        }
      } catch {
        throw WorkbookReader.placed(error, in: sheet.name, of: path)
      }
      all.append(WorkbookCells(name: sheet.name, isHidden: sheet.isHidden, rows: rows))
    }
    return all
  }
}
