import TimeSeries

/// A mark behind a period that says how firm its figures are, or points to a note: `Mar 2024 (p)`, `2024r`, `2024 [note 2]`.
enum PeriodMark {
  /// The period without its mark, and the mark; nil for a text that is a period as it stands, or none without its end either.
  ///
  /// What is forecast, planned or a target is no figure: such words are no marks.
  static func split(_ text: String, isPeriod: (String) -> Bool) -> (period: String, mark: String)? {
    guard let last = text.last, !last.isNumber || superscripts.contains(last), let cut = end(text) else { return nil }
    let period = String(text[..<cut]).trimmedOfBlanks
    guard !period.isEmpty, !isPeriod(text), isPeriod(period) else { return nil }
    return (period, String(text[cut...]).trimmedOfBlanks)
  }

  /// Where the mark begins.
  private static func end(_ text: String) -> String.Index? {
    guard let last = text.last else { return nil }
    if last == ")" || last == "]" {
      let open: Character = last == ")" ? "(" : "["
      guard let start = text.lastIndex(of: open) else { return nil }
      return isMark(text[text.index(after: start)...].dropLast()) ? start : nil
    }
    let signs = text.reversed().prefix { "*\u{2020}\u{2021}".contains($0) || superscripts.contains($0) }.count
    if signs > 0 { return text.index(text.endIndex, offsetBy: -signs) }
    // A word after a blank, or a letter right behind a digit.
    let word = text.reversed().prefix { $0.isLetter || $0 == "." }.count
    let start = text.index(text.endIndex, offsetBy: -word)
    guard start > text.startIndex, word > 0, words.contains(plain(text[start...])) else { return nil }
    let before = text[text.index(before: start)]
    return before.isWhitespace || before.isNumber && word == 1 ? start : nil
  }

  private static let superscripts: Set<Character> = ["\u{B9}", "\u{B2}", "\u{B3}", "\u{1D56}", "\u{2B3}"]
  private static let words: Set = ["p", "r", "prov", "provisional", "rev", "revised"]

  private static func plain(_ text: some StringProtocol) -> String {
    text.lowercased().filter { $0 != "." }.trimmedOfBlanks
  }

  private static func isMark(_ text: some StringProtocol) -> Bool {
    let text = plain(text)
    if words.contains(text) { return true }
    let number = text.hasPrefix("note") ? text.drop { $0.isLetter }.drop { $0 == " " } : text[...]
    return (1...2).contains(number.count) && number.allSatisfy(\.isNumber)
      || text.count == 1 && "abcdeghijklmnopqrsuvwxyz".contains(text)
  }
}
