/// Student's t distribution.
public enum StudentT {
  /// P(T <= t) and P(T > t) with this many degrees of freedom (> 0), the smaller without cancellation.
  ///
  /// By the incomplete beta function (Abramowitz & Stegun 1964, 26.7.1).
  public static func tails(_ t: Double, degreesOfFreedom: Double) -> (lower: Double, upper: Double) {
    guard degreesOfFreedom > 0, !t.isNaN else { return (.nan, .nan) }
    if degreesOfFreedom > 1e8 { return (Normal.cdf(t), Normal.cdf(-t)) }
    let outside =
      t.isInfinite
      ? 0 : incompleteBetaTails(degreesOfFreedom / (degreesOfFreedom + t * t), a: degreesOfFreedom / 2, b: 0.5).lower
    let tail = outside / 2
    return t > 0 ? (1 - tail, tail) : (tail, 1 - tail)
  }

  /// The t with P(T <= t) = p, for p in (0, 1); NaN otherwise.
  public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    guard p > 0, p < 1, degreesOfFreedom > 0 else { return .nan }
    let tail = min(p, 1 - p)
    var high = 1.0
    while tails(high, degreesOfFreedom: degreesOfFreedom).upper > tail, high < 1e300 { high *= 2 }
    var low = 0.0
    for _ in 0..<200 where high - low > 1e-13 * high {
      let middle = (low + high) / 2
      if tails(middle, degreesOfFreedom: degreesOfFreedom).upper > tail { low = middle } else { high = middle }
    }
    return p < 0.5 ? -(low + high) / 2 : (low + high) / 2
  }
}
