/// Fragments made into sentences.
public enum SentenceText {
  /// With its first letter a capital.
  public static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// With one full stop at its end, unless it ends in a stop, an exclamation or a question mark; nothing stays nothing.
  public static func stopped(_ text: String) -> String {
    guard let last = text.last else { return "" }
    return ".!?".contains(last) ? text : text + "."
  }
}
