import NumericCore

/// The cost of a segment of counts whose level is constant but for known exposures.
///
/// Count i has mean level x exposure_i and is negative binomial with size `size` x exposure_i, so that the ratio of
/// variance to mean, 1 + level / size, is the same in every season. Such counts add up to one of the same family: the level
/// that maximises the likelihood is sum of counts / sum of exposures, and the cost follows from those two sums. An infinite
/// size is the Poisson distribution.
struct CountSegmentCost: SegmentCost {
  let count: Int
  private let counts: [Double]
  private let exposures: [Double]
  private let size: Double
  /// size x exposure x log of the same, of the sums, where exposures are all 1.
  private let table: [Double]

  /// - Parameters:
  ///   - counts: >= 0.
  ///   - exposures: > 0, one a count.
  ///   - size: > 0, of a count of exposure 1; infinite is Poisson.
  init(counts: [Double], exposures: [Double], size: Double) {
    precondition(counts.count == exposures.count, "every count has its exposure")
    count = counts.count
    self.size = size > 1e10 ? .infinity : size
    self.counts = counts.runningTotals
    self.exposures = exposures.runningTotals
    let isFlat = exposures.allSatisfy { $0 == 1 }
    table = isFlat && size.isFinite ? (0...counts.count).map { timesOwnLog(size * Double($0)) } : []
  }

  func callAsFunction(_ range: Range<Int>) -> Double {
    let total = counts[range.upperBound] - counts[range.lowerBound]
    let exposure = exposures[range.upperBound] - exposures[range.lowerBound]
    guard size.isFinite else { return -2 * (timesOwnLog(total) - total * logarithm(exposure)) }
    let own = table.isEmpty ? timesOwnLog(size * exposure) : table[range.count]
    return -2 * (own + timesOwnLog(total) - timesOwnLog(size * exposure + total))
  }

  /// Level of a segment: its counts over its exposures.
  func level(_ range: Range<Int>) -> Double { total(range) / exposure(range) }

  /// Sum of the counts of a segment.
  func total(_ range: Range<Int>) -> Double { counts[range.upperBound] - counts[range.lowerBound] }

  /// Sum of the exposures of a segment.
  func exposure(_ range: Range<Int>) -> Double { exposures[range.upperBound] - exposures[range.lowerBound] }
}

/// x log x, 0 at 0.
private func timesOwnLog(_ x: Double) -> Double { x > 0 ? x * logarithm(x) : 0 }

extension [Double] {
  /// Sums of the first 0, 1, ... elements.
  fileprivate var runningTotals: [Double] {
    var totals = [0.0]
    totals.reserveCapacity(count + 1)
    for value in self { totals.append(totals[totals.count - 1] + value) }
    return totals
  }
}

/// The size of counts of exposure 1 (``CountSegmentCost``) from neighbours compared in pairs, so that a change of level
/// somewhere does not pass for scatter; infinite where neighbours differ no more than Poisson counts do.
///
/// Given their sum, two neighbours are a split whatever the level: its chi-squared has mean 1 for Poisson counts and
/// 1 + (sum - 1) / (size x exposures + 1) in this family (the beta-binomial's). The size is the one at which the
/// chi-squareds add up to their means.
package func pairedSize(counts: [Double], exposures: [Double]) -> Double {
  var excess = 0.0
  var pairs: [(sum: Double, exposure: Double)] = []
  for i in counts.indices.dropFirst() {
    let sum = counts[i - 1] + counts[i]
    let exposure = exposures[i - 1] + exposures[i]
    guard sum >= 1, exposure > 0 else { continue }
    let share = exposures[i] / exposure
    let error = counts[i] - sum * share
    excess += error * error / (sum * share * (1 - share)) - 1
    pairs.append((sum, exposure))
  }
  guard excess > 0 else { return .infinity }
  let expected = { (size: Double) in pairs.reduce(0) { $0 + ($1.sum - 1) / (size * $1.exposure + 1) } }
  var low = logarithm(1e-6)
  var high = logarithm(1e10)
  guard expected(exponential(low)) > excess else { return exponential(low) }
  guard expected(exponential(high)) < excess else { return .infinity }
  while high - low > 1e-10 {
    let middle = (low + high) / 2
    if expected(exponential(middle)) > excess { low = middle } else { high = middle }
  }
  return exponential((low + high) / 2)
}
