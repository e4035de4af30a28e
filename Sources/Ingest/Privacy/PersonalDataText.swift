/// Finds personal data in the text of a field.
///
/// What is certain in itself (an e-mail address, a postcode written with its blank, a house number before a street) needs
/// one field; what may be chance in a column of references or codes needs a good part of the column.
enum PersonalDataText {
  /// How sure a finding is.
  enum Weight {
    /// One field is enough.
    case certain
    /// A good part of the column must look alike.
    case likely
  }

  /// What the field looks like; nil if it looks like nothing personal. `isIdentifier` is true of references and
  /// pseudonyms, where letters and digits fall as they may.
  static func find(_ field: UnsafeBufferPointer<UInt8>, isIdentifier: Bool) -> (PersonalDataKind, Weight)? {
    // Most fields are dates, codes and words: bytes tell at once that nothing can be found.
    var (digits, blanks, hasAt, hasUpper) = (0, 0, false, false)
    for byte in field {
      if byte &- 48 < 10 {
        digits &+= 1
      } else if byte == 64 {
        hasAt = true
      } else if byte == 32 || byte == 44 {
        blanks &+= 1
      } else if byte &- 65 < 26 {
        hasUpper = true
      }
    }
    if hasAt, isEmail(field) { return (.email, .certain) }
    if digits >= 10, let weight = phone(field, isIdentifier: isIdentifier) { return (.phone, weight) }
    if digits >= 2, let weight = PostcodeText.find(field, isIdentifier: isIdentifier) { return (.postcode, weight) }
    guard blanks > 0 else { return nil }
    let words = field.split(maxSplits: 40, omittingEmptySubsequences: true) { $0 == 32 || $0 == 44 }
      .map { String(decoding: $0, as: UTF8.self) }
    if digits > 0 {
      if isAddress(words) { return (.address, .certain) }
      if isBirth(words) { return (.birth, .certain) }
    }
    if hasUpper { return PersonNameText.find(words).map { (.name, $0) } }
    return nil
  }

  /// `local@domain.tld`, anywhere in the text.
  private static func isEmail(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    func isPart(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte >= 128 }
    return field.indices.contains { at in
      guard field[at] == 64, at > 0, isPart(field[at - 1]), at + 1 < field.count, isPart(field[at + 1]) else {
        return false
      }
      let domain = field[(at + 1)...].prefix { isPart($0) || $0 == 46 || $0 == 45 }
      guard let dot = domain.lastIndex(of: 46) else { return false }
      return domain.endIndex - dot > 2
    }
  }

  /// A British number: `+44` or `0` and nine or ten digits more, in groups or not. A reference may be such digits without
  /// any sign between them by chance, so that of references only mobile numbers are looked at.
  private static func phone(_ field: UnsafeBufferPointer<UInt8>, isIdentifier: Bool) -> Weight? {
    for run in field.split(whereSeparator: { !($0 &- 48 < 10 || [32, 40, 41, 43, 45].contains($0)) }) {
      let text = Array(run.drop { $0 == 32 || $0 == 45 })
      let digits = text.filter { $0 &- 48 < 10 }
      let isInternational = text.starts(with: Array("+44".utf8)) || text.starts(with: Array("(+44".utf8))
      if isInternational, (11...13).contains(digits.count) { return .certain }
      // 01, 02, 03, 05, 07, 08 and 09 are the ranges in use.
      guard digits.count == 10 || digits.count == 11, digits.first == 48,
        [49, 50, 51, 53, 55, 56, 57].contains(digits[1])
      else { continue }
      // 30-06-2024 and an hour.
      if text[2] == 45, text[5] == 45 { continue }
      if isIdentifier {
        if digits.count == 11, digits[1] == 55 { return .likely }
      } else {
        return text.count > digits.count ? .certain : .likely
      }
    }
    return nil
  }

  /// A house or flat number before a name that ends in a word for a street.
  private static func isAddress(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() {
      let digits = word.prefix { $0.isNumber }
      guard (1...4).contains(digits.count), word.dropFirst(digits.count).allSatisfy(\.isLetter),
        word.count <= digits.count + 1
      else { continue }
      let name = words[(index + 1)...].prefix(4)
      guard let first = name.first, first.first?.isLetter == true, first.count > 1 else { continue }
      if name.dropFirst().contains(where: { streets.contains($0.lowercased().filter(\.isLetter)) }) { return true }
    }
    return false
  }

  private static let streets: Set = [
    "street", "road", "avenue", "lane", "close", "drive", "crescent", "terrace", "gardens", "grove", "mews", "way",
    "court", "place", "square", "walk", "row", "rd", "ave", "cres", "hill", "green", "parade", "rise",
  ]

  /// "DOB 1 2 1980", "born 01/02/1980".
  private static func isBirth(_ words: [String]) -> Bool {
    words.indices.contains { index in
      let word = words[index].lowercased().filter(\.isLetter)
      guard word == "dob" || word == "born" else { return false }
      return words[index...].prefix(4).contains { $0.contains(where: \.isNumber) }
    }
  }
}
