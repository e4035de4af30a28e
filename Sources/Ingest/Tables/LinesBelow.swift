import Diagnostics

/// Notes and sources that stand below a table: rows of which one field alone says anything. What stands between rows with
/// values is no note, and the rows before it are then refused for what is wrong with them; but above a row that repeats the
/// header it may be a title, as at a new page.
struct LinesBelow: Sendable {
  /// The notes, in file order.
  private(set) var texts: [String] = []
  /// Titles and notes above rows that repeat the header.
  private(set) var between: [String] = []
  /// More lines than this are no notes but rows that lack something.
  private static let most = 50
  private var error: HorizonError?
  /// What is wrong with a line that is no note, unless it is a title.
  private var title: HorizonError?

  /// Takes in a record that is no row of the table, because of `error`.
  ///
  /// - Throws: `error` if the record is unmistakably no note either.
  mutating func take(_ record: CSVRecord, columns: Int, _ error: @autoclosure () -> HorizonError) throws {
    let filled = (0..<record.count).filter { !record[$0].trimmed.isEmpty }
    guard let first = filled.first else { return }
    let text = record.text(first)
    // Of a whole row that one field holds anything is enough; a short one may have been cut.
    let isNote =
      record.count == columns ? filled.count == 1 : filled.count <= 2 && LinesBelow.readsAsNote(text)
    if !isNote {
      guard filled.count == 1 else { throw error() }
      title = title ?? error()
    }
    self.error = self.error ?? error()
    guard texts.count < LinesBelow.most else { throw self.error ?? error() }
    texts.append(filled.map { record.text($0) }.joined(separator: ", "))
  }

  /// Says that a row with values follows.
  ///
  /// - Throws: what is wrong with the first row that was taken for a note.
  @inline(__always)
  func follow() throws {
    if let error { throw error }
  }

  /// Whether lines were taken that no row with values has followed.
  @inline(__always)
  var isOpen: Bool { error != nil }

  /// Says that a row which repeats the header follows: what stands above it were titles and notes of the table.
  mutating func followedByHeader() {
    between += texts
    texts = []
    (error, title) = (nil, nil)
  }

  /// Says that nothing follows.
  ///
  /// - Throws: what is wrong with a line that is no note and had no header below it.
  func end() throws {
    if let title { throw title }
  }

  /// Whether a text reads as a note rather than as a name.
  static func readsAsNote(_ text: String) -> Bool {
    let lower = text.lowercased()
    let openings = [
      "source", "note", "footnote", "data ", "figures", "crown copyright", "\u{A9}", "*", "[", "prepared", "produced",
      "published", "last updated", "this table", "end of",
    ]
    if openings.contains(where: lower.hasPrefix) { return true }
    let number = text.prefix { $0.isNumber }
    if !number.isEmpty, let next = text.dropFirst(number.count).first, ".)".contains(next), text.contains(" ") {
      return true
    }
    return text.split(separator: " ").count > 4
  }
}
