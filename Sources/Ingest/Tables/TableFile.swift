import CommunitySafety

/// One CSV of a run of tables.
struct TableFile: CountedFile, Sendable {
  /// For errors.
  let location: String
  /// For notes.
  let label: String
  let contentHash: ContentHash
  /// Its rows; nil for an empty file.
  let rows: TableRows?

  /// A file that was read.
  init(_ unit: IngestedUnit) {
    location = unit.location
    label = unit.label
    contentHash = unit.contentHash
    rows = unit.content as? TableRows
  }

  var rowCount: Int { rows?.count ?? 0 }
}
