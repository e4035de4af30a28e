/// Text that came from outside, fit to be shown.
public enum SafeText {
  /// The text with every control character as U+FFFD, so that a hostile name cannot command a terminal: those under 32,
  /// DEL, and the C1 controls, of which U+009B opens a command as ESC and `[` do.
  ///
  /// - Parameter keepsLines: whether line feeds stay.
  public static func printable(_ text: String, keepsLines: Bool = false) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 10 where keepsLines: scalar
          case ..<32, 127...159: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
