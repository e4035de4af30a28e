/// Names the nearest of the names that would have been right.
enum Suggestion {
  /// What to do about an unknown name: the nearest known one, or all of them where none is near and they are few.
  static func remedy(for name: String, among known: [String], kind: String) -> String {
    if let nearest = nearest(to: name, among: known) { return phrase(nearest) }
    guard !known.isEmpty, known.count <= 12 else { return "Use a known \(kind)" }
    return "Use one of: " + known.joined(separator: ", ")
  }

  /// The words that offer a name.
  static func phrase(_ name: String) -> String { "Perhaps '\(name)' was meant" }

  /// The known name with the fewest differences, first among equals; nil if all differ in more than a third.
  static func nearest(to name: String, among known: [String]) -> String? {
    // An absurdly long name is like nothing, and comparing it would cost.
    guard name.utf8.count <= 200 else { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in known {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let distance = editDistance(wanted, letters)
      guard distance <= max(1, max(wanted.count, letters.count) / 3) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Levenshtein (1966) distance: insertions, deletions and substitutions of one letter.
  static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, min(row[j], row[j + 1]) + 1)
      }
    }
    return row[b.count]
  }
}
