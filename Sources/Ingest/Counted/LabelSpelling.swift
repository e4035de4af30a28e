/// Brings labels that differ in their writing only (``NameForm``) under one spelling: that of the latest period, of several
/// then the first in scalar order.
struct LabelSpelling {
  private var index: [String: Int] = [:]
  private var variants: [[String: Int]] = []

  /// The number of a label, last seen in the period with ordinal `lastSeen`.
  mutating func note(_ label: String, lastSeen: Int) -> Int {
    let form = NameForm.form(label)
    let number = index[form] ?? variants.count
    if number == variants.count {
      index[form] = number
      variants.append([:])
    }
    let tidy = label.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    variants[number][tidy] = max(variants[number][tidy] ?? lastSeen, lastSeen)
    return number
  }

  /// How the label with this number is spelled.
  func spelling(_ number: Int) -> String {
    variants[number].min { a, b in a.value != b.value ? a.value > b.value : FileKind.scalarOrder(a.key, b.key) }?.key
      ?? ""
  }

  /// Labels written in several ways.
  var drift: [CountedNote.Spelling] {
    variants.indices.filter { variants[$0].count > 1 }.map { number in
      let now = spelling(number)
      return .init(now: now, others: variants[number].keys.filter { $0 != now }.sorted(by: FileKind.scalarOrder))
    }
  }
}
