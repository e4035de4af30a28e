/// Numbers as text, the same on every machine.
enum DecimalText {
  /// A number with a fixed number of decimals, 0...6; rounds half away from zero.
  static func format(_ value: Double, places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    return fixed(Int((value * Double(scale)).rounded()), scale: scale)
  }

  /// `value / scale` with as many decimals as the scale (a power of ten) has noughts.
  static func fixed(_ value: Int, scale: Int) -> String {
    let digits = String(value.magnitude % UInt(scale))
    let places = String(scale).utf8.count - 1
    let whole = "\(value < 0 ? "-" : "")\(value.magnitude / UInt(scale))"
    return places == 0 ? whole : "\(whole).\(String(repeating: "0", count: places - digits.utf8.count))\(digits)"
  }

  /// A whole number in hexadecimal, 16 digits.
  static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// A whole number with leading noughts.
  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
