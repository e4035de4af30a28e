/// A map from values to a coordinate, with round tick values.
struct LinearScale {
  /// Values at the ends of the axis; the lower is 0 unless a value is negative.
  let domain: ClosedRange<Double>
  /// Coordinates of those ends.
  let low: Double, high: Double
  /// Distance between ticks.
  let step: Double

  /// A scale from zero that holds every finite value; at most about `ticks` intervals. Its ends are on ticks, or, if
  /// `isTight`, at the extreme values.
  init(values: some Sequence<Double>, low: Double, high: Double, ticks: Int = 4, isTight: Bool = false) {
    var smallest = 0.0
    var largest = 0.0
    for value in values where value.isFinite {
      smallest = min(smallest, value)
      largest = max(largest, value)
    }
    // Beyond 1e300 the arithmetic of ticks would overflow.
    smallest = max(smallest, -1e300)
    largest = min(largest, 1e300)
    if smallest == largest { largest = smallest + 1 }
    step = LinearScale.niceStep((largest - smallest) / Double(max(ticks, 1)))
    domain =
      isTight ? smallest...largest : (smallest / step).rounded(.down) * step...(largest / step).rounded(.up) * step
    self.low = low
    self.high = high
  }

  /// The coordinate of a value, kept within the axis.
  func callAsFunction(_ value: Double) -> Double {
    let width = domain.upperBound - domain.lowerBound
    guard value.isFinite, width > 0 else { return low }
    let share = (min(max(value, domain.lowerBound), domain.upperBound) - domain.lowerBound) / width
    return low + share * (high - low)
  }

  /// Values to mark.
  var ticks: [Double] {
    let count = ((domain.upperBound - domain.lowerBound) / step).rounded()
    guard count.isFinite, count >= 1, count <= 20 else { return [domain.lowerBound, domain.upperBound] }
    return (0...Int(count)).map { domain.lowerBound + Double($0) * step }
  }

  /// 1, 2, 2.5 or 5 times a power of ten, at least `raw`.
  static func niceStep(_ raw: Double) -> Double {
    guard raw.isFinite, raw > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    guard power > 0 else { return 1 }
    for multiple in [1.0, 2, 2.5, 5] where power * multiple >= raw * (1 - 1e-12) { return power * multiple }
    return power * 10
  }
}
