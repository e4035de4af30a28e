/// How precisely something foreseen can honestly be said: the one home of rounding for forecasts and chances. Files keep every digit.
public enum RealisticNumber {
  /// A foreseen count in two to three significant figures, at most a hundredth from what it was: whole below 100, then in steps of 2
  /// up to 250, of 5 up to 500, of 10 up to 1,000, of 20 up to 2,500 and so on.
  public static func count(_ value: Double) -> Double {
    let step = step(at: value)
    return step > 0 ? (value / step).rounded(.toNearestOrAwayFromZero) * step : value
  }

  /// The step that ``count(_:)`` rounds to: the largest of 1, 2, 5, 10, 20 and so on that is at most a fiftieth of the value; 0 for
  /// what is not finite or too large to have one, and for less than a half, which no whole number stands for.
  public static func step(at value: Double) -> Double {
    let size = value.magnitude
    guard size.isFinite, size >= 0.5, size < 1e15 else { return 0 }
    var scale = 1.0
    while size >= scale * 500 { scale *= 10 }
    return scale * (size >= scale * 250 ? 5 : size >= scale * 100 ? 2 : 1)
  }

  /// How far a foreseen count lies from a recorded one, as the two are printed; 0 where it is less than the foreseen is rounded by.
  public static func change(from base: Double, to value: Double) -> Double {
    (value - base).magnitude * 2 < step(at: value) ? 0 : count(value) - base.rounded()
  }

  /// A probability in steps of 5 in 100, which a thousand drawn futures can bear. Where that would carry it over one of these bounds,
  /// which words stand on, it stays on its own side of it.
  public static func chance(_ probability: Double, bounds: [Double]) -> Double {
    let rounded = (probability * 20).rounded(.toNearestOrAwayFromZero) / 20
    if bounds.contains(where: { probability < $0 && rounded >= $0 }) { return rounded - 0.05 }
    if bounds.contains(where: { probability >= $0 && rounded < $0 }) { return rounded + 0.05 }
    return rounded
  }
}
