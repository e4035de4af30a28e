/// The name that was probably meant.
public enum NearestName {
  /// Longest name that is compared, in Unicode scalars: the work grows with the product of two lengths.
  static let longest = 200

  /// The known name with the fewest differences, without regard to case, first among equals; nil if all differ in more
  /// than a third of their letters, or if `name` is absurdly long.
  public static func nearest(to name: String, among known: [String]) -> String? {
    guard name.utf8.count <= longest else { return nil }
    let wanted = name.lowercased()
    var best: (name: String, distance: Int)?
    for candidate in known {
      let letters = candidate.lowercased()
      let distance = distance(wanted, letters)
      let longer = max(wanted.unicodeScalars.count, letters.unicodeScalars.count)
      guard distance <= max(1, longer / 3) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Levenshtein's distance (Soviet Physics Doklady 10, 1966): the insertions, deletions and substitutions of one Unicode
  /// scalar that lead from one text to the other. Of texts over 200 scalars the rest is not looked at.
  ///
  /// - Complexity: O(*m n*) time and O(*n*) memory.
  public static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.unicodeScalars.prefix(longest)), Array(b.unicodeScalars.prefix(longest)))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, corner + (x == y ? 0 : 1))
        corner = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
