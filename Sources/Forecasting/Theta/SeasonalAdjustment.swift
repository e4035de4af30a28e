import NumericCore

/// The season taken out of a series before a method without one, and put back after it: the rule of the theta method
/// (Assimakopoulos & Nikolopoulos 2000, International Journal of Forecasting 16, 521-530; Fiorucci et al. 2016,
/// section 2.1).
///
/// A season is taken out if the autocorrelation at the lag of the season differs from zero by a test at 90 %,
///
///     |r_m| > 1.645 sqrt((1 + 2 (r_1² + ... + r_(m-1)²)) / n),
///
/// for seasons of 4 periods or more and two cycles or more of history. It is multiplicative; additive where a value is
/// not positive or a figure is below 0.01. Unlike theirs, the figures are shrunk (``ClassicalDecomposition/shrunken``).
struct SeasonalAdjustment: Sendable {
  /// One figure a season from that of the first value; empty where no season is taken out.
  let figures: [Double]
  /// Whether values are divided by their figure; else it is subtracted.
  let isMultiplicative: Bool

  /// - Parameters:
  ///   - y: values, NaN where missing, the first and the last observed.
  ///   - m: season length.
  ///   - positive: whether every observation is above zero.
  init(_ y: [Double], m: Int, positive: Bool) {
    guard m >= 4, y.count >= 2 * m, SeasonalAdjustment.isSeasonal(y, m: m) else {
      figures = []
      isMultiplicative = false
      return
    }
    let filled = ObservedStretch.bridged(y)
    if positive {
      let factors = ClassicalDecomposition(filled, m: m, multiplicative: true)
      if !factors.figures.contains(where: { $0 < 0.01 }) {
        figures = factors.shrunken
        isMultiplicative = true
        return
      }
    }
    figures = ClassicalDecomposition(filled, m: m, multiplicative: false).shrunken
    isMultiplicative = false
  }

  /// Values without the season.
  func adjusted(_ y: [Double]) -> [Double] {
    guard !figures.isEmpty else { return y }
    return y.indices.map {
      isMultiplicative ? y[$0] / figures[$0 % figures.count] : y[$0] - figures[$0 % figures.count]
    }
  }

  /// What an adjusted value at place `t` (0 is the first value) is multiplied by, and what is then added.
  func factorAndShift(_ t: Int) -> (factor: Double, shift: Double) {
    guard !figures.isEmpty else { return (1, 0) }
    let figure = figures[t % figures.count]
    return isMultiplicative ? (figure, 0) : (1, figure)
  }

  /// The test; missing values are left out of the sums.
  static func isSeasonal(_ y: [Double], m: Int) -> Bool {
    var n = 0.0
    var sum = 0.0
    for value in y where !value.isNaN {
      n += 1
      sum += value
    }
    let mean = sum / n
    let x = y.map { $0.isNaN ? 0 : $0 - mean }
    let square = x.reduce(0) { $0 + $1 * $1 }
    guard square > 0 else { return false }
    var last = 0.0
    var others = 0.0
    for k in 1...m {
      var cross = 0.0
      for t in k..<x.count { cross += x[t] * x[t - k] }
      last = cross / square
      if k < m { others += last * last }
    }
    return abs(last) > 1.6448536269514722 * ((1 + 2 * others) / n).squareRoot()
  }
}
