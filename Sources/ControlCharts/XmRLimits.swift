import NumericCore

/// Mean and process limits of individual points by their moving ranges (XmR; Wheeler 1993).
struct XmRLimits: Hashable, Sendable {
  /// Mean of the points.
  let mean: Double
  /// Mean of the moving ranges, those that are themselves out of the ordinary left out.
  let movingRange: Double
  /// 3 / d2 of two points, 3 / 1.128.
  static let factor = 2.66
  /// D4 of two points: ranges above this multiple of their mean are left out, once, so that a single jump does not widen the limits
  /// that should show it.
  static let rangeLimit = 3.267

  /// Distance from the mean to a limit.
  var reach: Double { XmRLimits.factor * movingRange }

  /// Limits from points without gaps; nil for fewer than two.
  init?(_ values: [Double]) {
    guard values.count >= 2 else { return nil }
    mean = values.reduce(0, +) / Double(values.count)
    movingRange = meanMovingRange(values)
  }
}

/// The mean absolute difference of neighbours, ranges beyond ``XmRLimits/rangeLimit`` of it left out.
func meanMovingRange(_ values: [Double]) -> Double {
  let ranges = zip(values, values.dropFirst()).map { abs($1 - $0) }
  guard !ranges.isEmpty else { return 0 }
  let mean = ranges.reduce(0, +) / Double(ranges.count)
  let kept = ranges.filter { $0 <= XmRLimits.rangeLimit * mean }
  return kept.reduce(0, +) / Double(max(kept.count, 1))
}

/// Mean and limits of a proportion, point by point (Laney 2002, Quality Engineering 14, 531-537: the p' chart).
struct ProportionLimits: Hashable, Sendable {
  /// Sum of the numerators over the sum of the denominators.
  let mean: Double
  /// Scatter of the points beyond that of binomial samples, as a ratio of standard deviations: the mean moving range of the standardised
  /// points over 1.128, never below 1. At 1 the chart is the classical p-chart.
  let scatter: Double
  /// Distance from the mean to a limit, one a point.
  let reaches: [Double]

  /// - Parameters: proportions and their denominators (> 0), without gaps; nil for fewer than two.
  init?(_ values: [Double], denominators: [Double]) {
    guard values.count >= 2, values.count == denominators.count else { return nil }
    let whole = denominators.reduce(0, +)
    guard whole > 0 else { return nil }
    let mean = zip(values, denominators).reduce(0) { $0 + $1.0 * $1.1 } / whole
    let errors = denominators.map { (mean * (1 - mean) / $0).squareRoot() }
    let standardised = zip(values, errors).map { $1 > 0 ? ($0 - mean) / $1 : 0 }
    let scatter = max(1, meanMovingRange(standardised) / 1.128)
    self.mean = mean
    self.scatter = scatter
    reaches = errors.map { 3 * $0 * scatter }
  }
}
