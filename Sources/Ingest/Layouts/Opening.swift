import CommunitySafety
import Diagnostics

/// The opening of a file: its header.
struct Opening: Sendable {
  /// The header.
  let header: TableHeader

  /// An opening of a header alone.
  init(header: TableHeader) { self.header = header }

  /// Hands over the records of the opening that stand below the header.
  func forEachRow(_ handle: (CSVRecord) throws -> Void) rethrows {}
}
