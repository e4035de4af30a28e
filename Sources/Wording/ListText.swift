/// Several things in one sentence.
public enum ListText {
  /// `a`, `a and b`, `a, b and c`; `none` where there is nothing to list.
  public static func joined(_ items: [String], none: String = "none") -> String {
    guard let last = items.last else { return none }
    return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `a`, `a or b`, `a, b or c`: what may be chosen.
  public static func choice(_ items: [String]) -> String {
    guard let last = items.last else { return "nothing" }
    return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " or " + last
  }

  /// `a, b, c and 7 more`: at most `most` of them by name.
  public static func abridged(_ items: [String], most: Int = 12) -> String {
    items.count <= most
      ? items.joined(separator: ", ")
      : items.prefix(most).joined(separator: ", ") + " and \(NumberText.grouped(items.count - most)) more"
  }
}
