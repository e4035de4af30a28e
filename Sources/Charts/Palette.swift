/// The colours of charts and pages: the Government Analysis Function's categorical palette (2022), with greys and tints.
///
/// The tints differ in lightness as well as in hue, so that charts work in greyscale.
public enum Palette {
  /// Dark blue: forecasts, links, headings.
  public static let darkBlue = "#12436D"
  /// Turquoise: marks only; its contrast on white is too low for text.
  public static let turquoise = "#28A197"
  /// Dark pink: known breaks.
  public static let darkPink = "#801650"
  /// Orange: marks only; its contrast on white is too low for text.
  public static let orange = "#F46A25"
  /// Text.
  public static let ink = "#1A1A1A"
  /// Recorded history.
  public static let history = "#4D4D4D"
  /// Quieter text: subtitles, axis labels, notes.
  public static let quiet = "#595959"
  /// Grid lines and rules.
  public static let rule = "#D0D0D0"
  /// Band of an 80 % interval.
  public static let innerBand = "#9DB4C8"
  /// Band of a 95 % interval.
  public static let outerBand = "#D5E0E9"
  /// Band of an expected range, and untypical or missing stretches.
  public static let shade = "#EDEDED"
  /// The page.
  public static let paper = "#FFFFFF"

  /// Colours in which text is written on `paper` or `shade`.
  public static let textColours = [darkBlue, darkPink, ink, history, quiet]

  /// Contrast ratio of two `#RRGGBB` colours, 1...21 (WCAG 2.2, "contrast ratio"); nil if either is not a colour.
  public static func contrast(_ a: String, _ b: String) -> Double? {
    guard let first = luminance(a), let second = luminance(b) else { return nil }
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  // Relative luminance of WCAG 2.2, with x^2.4 as x^2 * (x^2)^(1/5).
  static func luminance(_ colour: String) -> Double? {
    let digits = colour.utf8.dropFirst()
    guard colour.utf8.first == UInt8(ascii: "#"), digits.count == 6, let value = Int(colour.dropFirst(), radix: 16)
    else { return nil }
    func channel(_ shift: Int) -> Double {
      let c = Double((value >> shift) & 0xFF) / 255
      guard c > 0.04045 else { return c / 12.92 }
      let base = (c + 0.055) / 1.055
      return base * base * fifthRoot(base * base)
    }
    return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  }

  // Newton's method for y^5 = x with x in (0, 1].
  private static func fifthRoot(_ x: Double) -> Double {
    var y = 1.0
    for _ in 0..<40 { y -= (y - x / (y * y * y * y)) / 5 }
    return y
  }
}
