/// The least-squares line after every period of a history.
///
/// A missing period gives the line a point of its own, which leaves it as it is.
struct ThetaHistory {
  /// Values about their mean in units of their scale; NaN where missing, the first one observed.
  let values: [Double]
  /// Mean and slope of the line after t + 1 periods.
  let mean: [Double]
  let slope: [Double]

  init(_ values: [Double]) {
    self.values = values
    var mean: [Double] = []
    var slope: [Double] = []
    mean.reserveCapacity(values.count)
    slope.reserveCapacity(values.count)
    var (m, b) = (0.0, 0.0)
    for (t, y) in values.enumerated() {
      let n = Double(t)
      let d = y.isNaN ? b * (n + 1) / 2 : y - m
      b = t == 0 ? 0 : ((n - 1) * b + 6 * d / (n + 1)) / (n + 2)
      m += d / (n + 1)
      mean.append(m)
      slope.append(b)
    }
    self.mean = mean
    self.slope = slope
  }

  /// Errors of these first periods are left out of the criterion, where two points or fewer make the line.
  static let warmUp = 3
}
