import CommunitySafety
import Diagnostics

/// A sheet of a workbook.
struct Sheet: Sendable, Equatable {
  /// As the workbook names it.
  let name: String
  /// Whether it is not shown.
  let isHidden: Bool
  /// Whether it holds cells, rather than a chart or a macro.
  var hasCells = true
}

/// Hands over the rows of a workbook's sheets, one sheet after the other.
protocol SheetSource: AnyObject {
  /// Rows that have been parsed.
  var rows: SheetRows { get }
  /// Goes to the next sheet, past what is left of the one before; nil if there is none.
  func nextSheet() throws -> Sheet?
  /// The number of the sheet gone to, from 0.
  var current: Int { get }
  /// Whether its days are counted from 1904.
  var is1904: Bool { get }
  /// Parses more of the sheet; false if all of it has been.
  func parseMore() throws -> Bool
}

extension SheetSource {
  /// Hands over the rows of the sheet gone to from where the last call stopped, as long as it is told to go on.
  ///
  /// - Parameter width: fields that a record has at least.
  func scan(width: Int, while handle: (CSVRecord) throws -> Bool) throws {
    while true {
      while let sheet = rows.nextSheet {
        guard sheet <= current else { return }
        if sheet < current {
          rows.skip()
        } else if try !rows.handOver(width: width, handle) {
          return
        }
      }
      guard try parseMore() else { return }
    }
  }
}
