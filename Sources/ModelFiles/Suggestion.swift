import Wording

/// What to do about a name that is not known.
enum Suggestion {
  /// The nearest known name, or all of them where none is near and they are few.
  static func remedy(for name: String, among known: [String], kind: String) -> String {
    if let phrase = phrase(for: name, among: known) { return phrase }
    guard !known.isEmpty, known.count <= 16 else { return "Use a known \(kind)" }
    return "Use one of: " + known.joined(separator: ", ")
  }

  /// The words that offer the nearest known name; nil if none is near.
  static func phrase(for name: String, among known: [String]) -> String? {
    NearestName.nearest(to: name, among: known).map { "Perhaps '\($0)' was meant" }
  }
}
