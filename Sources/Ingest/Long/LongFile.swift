import CommunitySafety

/// One CSV of a run of long tables.
struct LongFile: Sendable {
  /// For errors.
  let location: String
  /// For notes.
  let label: String
  let contentHash: ContentHash
  let content: UnitResult.Content

  /// Its rows; nil for an empty file.
  var rows: LongRows? {
    if case .long(let rows) = content { rows } else { nil }
  }
}
