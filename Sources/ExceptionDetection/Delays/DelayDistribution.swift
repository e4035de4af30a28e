import NumericCore

/// What share of a period's eventual total is known at each delay, with its uncertainty.
///
/// The reverse-time hazard of Lawless (1994, Canadian Journal of Statistics 22, 15-31): r(d) is the share of what is known at delay d
/// that was known at d - 1 already, estimated by the sums over all periods seen at both, which is the chain ladder's inverse development
/// factor (Mack 1993, ASTIN Bulletin 23, 213-225). Completeness at d is the product of the later r. Where vintages skip delays, what arrived
/// in between is shared out by the current estimate, in turns (expectation-maximisation). What arrives after the longest delay seen is
/// taken to be nothing.
public struct DelayDistribution: Sendable {
  /// Share known at delay 0, 1, ... of what is known at the longest delay seen. Above 1 where later vintages take records away.
  public let completeness: [Double]
  /// Variance of the logarithm of the share that a new period will show: the scatter of periods around the share and the uncertainty of the
  /// share itself.
  public let logVariance: [Double]
  /// Number of periods it was learnt from.
  public let periods: Int

  /// The longest delay seen.
  public var longest: Int { completeness.count - 1 }

  /// Learns from a triangle.
  ///
  /// - Returns: nil if no period was seen twice.
  public init?(_ triangle: ReportingTriangle) {
    let steps = triangle.steps
    guard let longest = steps.map(\.to).max(), triangle.periods > 0 else { return nil }
    var ratios = [Double](repeating: 1, count: longest + 1)
    // One pass is exact where no delay is skipped; otherwise until the split of what was skipped settles.
    for _ in 0..<500 {
      var before = [Double](repeating: 0, count: longest + 1)
      var after = before
      for step in steps {
        DelayDistribution.share(step, ratios) { d, low, high in
          before[d] += low
          after[d] += high
        }
      }
      var change = 0.0
      for d in ratios.indices where after[d] > 0 {
        // Half of one record keeps a delay at which nothing was known yet from a share of 0.
        let next = max(before[d], 0.5) / max(after[d], 0.5)
        change = max(change, abs(next - ratios[d]))
        ratios[d] = next
      }
      if change < 1e-12 { break }
    }
    var completeness = [Double](repeating: 1, count: longest + 1)
    for d in stride(from: longest, to: 0, by: -1) { completeness[d - 1] = completeness[d] * ratios[d] }
    self.completeness = completeness
    periods = triangle.periods
    logVariance = DelayDistribution.variances(steps, ratios)
  }

  /// A known distribution.
  init(completeness: [Double], logVariance: [Double], periods: Int) {
    self.completeness = completeness
    self.logVariance = logVariance
    self.periods = periods
  }

  /// Splits what a step adds over the delays it spans, in the proportions of the ratios: totals before and after each.
  private static func share(_ step: ReportingTriangle.Step, _ ratios: [Double], _ body: (Int, Double, Double) -> Void) {
    guard step.to - step.from > 1 else { return body(step.to, step.before, step.after) }
    // Totals at the delays between, relative to the last, by the ratios; stretched to meet both ends. With ratios still all 1
    // what was added is shared out evenly.
    var shares = [1.0]
    for d in stride(from: step.to, to: step.from, by: -1) { shares.append(shares[shares.count - 1] * ratios[d]) }
    shares.reverse()
    let expected = shares[shares.count - 1] - shares[0]
    let width = Double(step.to - step.from)
    var low = step.before
    for d in (step.from + 1)...step.to {
      let position = d - step.from
      let part = abs(expected) > 1e-9 ? (shares[position] - shares[0]) / expected : Double(position) / width
      let high = step.before + (step.after - step.before) * part
      body(d, low, high)
      low = high
    }
  }

  /// Variances of log completeness by delay, for a new period.
  ///
  /// A period's share at one step scatters around r with variance s² / total, s² estimated from all periods (at least the
  /// binomial r (1 - r); Mack's assumption 3); the estimate's own variance is s² / sum of totals. Steps are independent, so that relative
  /// variances add up along the delays still to come.
  private static func variances(_ steps: [ReportingTriangle.Step], _ ratios: [Double]) -> [Double] {
    let longest = ratios.count - 1
    var relative = [Double](repeating: 0, count: longest + 1)
    for d in 1...longest {
      let seen = steps.filter { $0.from < d && d <= $0.to && $0.after > 0 }
      let totals = seen.reduce(0) { $0 + $1.after }
      guard totals > 0 else { continue }
      let r = ratios[d]
      var squares = 0.0
      for step in seen {
        let ratio = ((step.from + 1)...step.to).reduce(1.0) { $0 * ratios[$1] }
        let error = step.before / step.after - ratio
        // A step over several delays tells of all of them: each has its share.
        squares += step.after * error * error / Double(step.to - step.from)
      }
      let binomial = max(0, r * (1 - r))
      let scatter = seen.count > 1 ? max(binomial, squares / Double(seen.count - 1)) : max(4 * binomial, squares)
      let typical = totals / Double(seen.count)
      relative[d] = (scatter / typical + scatter / totals) / max(r * r, 1e-6)
    }
    var variances = [Double](repeating: 0, count: longest + 1)
    for d in stride(from: longest, to: 0, by: -1) { variances[d - 1] = min(4, variances[d] + relative[d]) }
    return variances
  }

  /// The share known of a total at a delay and the variance of its logarithm; nil where all is known.
  public subscript(delay: Int) -> Completeness? {
    guard completeness.indices.contains(max(0, delay)) else { return nil }
    let share = completeness[max(0, delay)]
    let variance = logVariance[max(0, delay)]
    return abs(share - 1) < 1e-9 && variance < 1e-12 ? nil : Completeness(share: share, logVariance: variance)
  }
}

/// How much of a period's figure had been reported when it was read.
public struct Completeness: Hashable, Sendable, Codable {
  /// Expected share of the eventual figure, > 0.
  public let share: Double
  /// Variance of its logarithm.
  public let logVariance: Double

  /// A share and the variance of its logarithm.
  public init(share: Double, logVariance: Double) {
    self.share = share
    self.logVariance = logVariance
  }
}
