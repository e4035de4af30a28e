import CommunitySafety

/// One CSV of a run of long tables.
struct LongFile: Sendable {
  /// For messages.
  let location: String
  let contentHash: UInt64
  let content: UnitResult.Content

  /// Its rows; nil for an empty file.
  var rows: LongRows? {
    if case .long(let rows) = content { rows } else { nil }
  }
}
