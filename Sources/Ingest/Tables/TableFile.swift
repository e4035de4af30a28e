import CommunitySafety

/// One CSV of a run of tables.
struct TableFile: CountedFile, Sendable {
  /// For errors.
  let location: String
  /// For notes.
  let label: String
  let contentHash: ContentHash
  let content: UnitResult.Content

  /// A file that was read.
  init(_ unit: IngestedUnit) {
    location = unit.location
    label = unit.label
    contentHash = unit.contentHash
    content = unit.content
  }

  var rowCount: Int { content.rows }

  /// Its rows; nil for an empty file.
  var rows: TableRows? {
    if case .table(let rows) = content { rows } else { nil }
  }
}
