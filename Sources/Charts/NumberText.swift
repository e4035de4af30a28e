/// Numbers as text, the same on every machine: fixed decimals, thousands separators, no locale.
public enum NumberText {
  /// `12,345` or `12,345.6`; `fallback` for a number that is not finite.
  ///
  /// Rounds halves away from zero. Numbers of 10^15 and more are written in powers of ten (`1.2 x 10^18`).
  public static func grouped(_ value: Double, decimals: Int = 0, fallback: String = "not available") -> String {
    guard value.isFinite else { return fallback }
    let places = min(max(decimals, 0), 6)
    let factor = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let magnitude = value.magnitude
    guard magnitude * factor < 1e15 else { return powerOfTen(value) }
    let scaled = Int((magnitude * factor).rounded(.toNearestOrAwayFromZero))
    let unit = Int(factor)
    var text = (value < 0 && scaled != 0 ? "\u{2212}" : "") + grouped(scaled / unit)
    if places > 0 {
      let digits = String(scaled % unit)
      text += "." + String(repeating: "0", count: places - digits.count) + digits
    }
    return text
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

  /// A short form for axes: `250`, `0.25`, `1.5m`, `20bn`, with as many decimals as a step between ticks needs.
  public static func axis(_ value: Double, step: Double) -> String {
    if value == 0 { return "0" }
    let magnitude = max(value.magnitude, step.magnitude)
    let (unit, suffix): (Double, String) =
      switch magnitude {
      case ..<1e6: (1, "")
      case ..<1e9: (1e6, "m")
      case ..<1e15: (1e9, "bn")
      default: (1, "")
      }
    var decimals = 0
    var scaledStep = (step / unit).magnitude
    while decimals < 4, scaledStep.isFinite, scaledStep > 0, (scaledStep - scaledStep.rounded()).magnitude > 1e-6 {
      scaledStep *= 10
      decimals += 1
    }
    return grouped(value / unit, decimals: decimals) + suffix
  }

  /// A coordinate of a drawing: two decimals at most, no exponent; 0 if it is not finite.
  public static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((min(max(value, -1e7), 1e7) * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let magnitude = hundredths.magnitude
    let (whole, part) = magnitude.quotientAndRemainder(dividingBy: 100)
    if part == 0 { return "\(sign)\(whole)" }
    if part % 10 == 0 { return "\(sign)\(whole).\(part / 10)" }
    return "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
  }

  private static func powerOfTen(_ value: Double) -> String {
    var mantissa = value.magnitude
    var exponent = 0
    while mantissa >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    return (value < 0 ? "\u{2212}" : "") + grouped(mantissa, decimals: 1) + " \u{D7} 10^\(exponent)"
  }
}
