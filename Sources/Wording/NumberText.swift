/// Numbers as text, the same on every machine: fixed decimals, thousands separators, no locale.
public enum NumberText {
  /// `12,345` or `12,345.6`; `fallback` for a number that is not finite.
  ///
  /// Rounds halves away from zero. Numbers of 10^15 and more are written in powers of ten (`1.2 x 10^18`).
  public static func grouped(_ value: Double, decimals: Int = 0, fallback: String = "not available") -> String {
    text(value, decimals, minus: "\u{2212}", fallback: fallback) { grouped($0) }
  }

  /// `12,345` with a minus sign (U+2212) for negative numbers.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var out = value < 0 ? "\u{2212}" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return out
  }

  /// `12345.68` for files and plain sentences: no separators, a hyphen for a minus; otherwise as ``grouped(_:decimals:fallback:)``.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    text(value, decimals, minus: "-", fallback: "not available") { String($0) }
  }

  /// `value / scale` with as many decimals as the scale, a power of ten, has noughts.
  public static func fixed(_ value: Int, scale: Int) -> String {
    let places = String(scale).utf8.count - 1
    let whole = "\(value < 0 ? "-" : "")\(value.magnitude / UInt(scale))"
    return places == 0 ? whole : "\(whole).\(padded(Int(value.magnitude % UInt(scale)), places))"
  }

  /// A whole number of at least nought with leading noughts up to `width` digits.
  public static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// The 16 hexadecimal digits of a word, in lower case.
  public static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// A share as `68 %`; `joint` stands before the sign (pages take a space that does not break).
  public static func percent(_ share: Double, decimals: Int = 0, joint: String = " ") -> String {
    share.isFinite ? "\(grouped(share * 100, decimals: decimals))\(joint)%" : "not available"
  }

  /// `1 row`, `2,034 rows`: nouns whose plural takes an s.
  public static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `no`, `one` to `nine`, and digits from ten on.
  public static func spelled(_ number: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return words.indices.contains(number) ? words[number] : String(number)
  }

  private static func text(
    _ value: Double, _ decimals: Int, minus: String, fallback: String, whole: (Int) -> String
  ) -> String {
    guard value.isFinite else { return fallback }
    let places = min(max(decimals, 0), 6)
    let factor = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let magnitude = value.magnitude
    guard magnitude * factor < 1e15 else { return powerOfTen(value, minus: minus) }
    let scaled = Int((magnitude * factor).rounded(.toNearestOrAwayFromZero))
    let unit = Int(factor)
    let sign = value < 0 && scaled != 0 ? minus : ""
    return sign + whole(scaled / unit) + (places > 0 ? "." + padded(scaled % unit, places) : "")
  }

  private static func powerOfTen(_ value: Double, minus: String) -> String {
    var mantissa = value.magnitude
    var exponent = 0
    while mantissa >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    return (value < 0 ? minus : "") + grouped(mantissa, decimals: 1) + " \u{D7} 10^\(exponent)"
  }
}
