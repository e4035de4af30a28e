import Wording

extension NumberText {
  /// A short form for axes: `250`, `0.25`, `1.5m`, `20bn`, with as many decimals as a step between ticks needs.
  static func axis(_ value: Double, step: Double) -> String {
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
  static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((min(max(value, -1e7), 1e7) * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let magnitude = hundredths.magnitude
    let (whole, part) = magnitude.quotientAndRemainder(dividingBy: 100)
    if part == 0 { return "\(sign)\(whole)" }
    if part % 10 == 0 { return "\(sign)\(whole).\(part / 10)" }
    return "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
  }
}
