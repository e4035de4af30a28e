/// The rules by which a point of a control chart is more than common-cause variation (NHS England, Making Data Count, "Strengthening your
/// decisions", 2019; the chart is Wheeler's, "Understanding Variation", 1993).
public enum SPCRule: String, CaseIterable, Hashable, Sendable {
  /// A single point beyond a process limit.
  case outsideLimits = "outside limits"
  /// Part of seven successive points that each rise, or each fall, from the one before.
  case trend = "7-point trend"
  /// Part of seven or more successive points on one side of the mean.
  case oneSide = "7 on one side"
  /// One of two of three successive points, all three on one side of the mean, that lie beyond two thirds of the way to the limit.
  case twoOfThree = "2 of 3 near the limit"
}

/// What the rules say of one point.
public struct SPCSignal: Hashable, Sendable {
  /// The rules it is part of, in the order of ``SPCRule``.
  public internal(set) var rules: [SPCRule] = []
  /// Whether what stands out is high (above the mean, rising) or low; of a point with both, the limits and sides decide before a
  /// trend.
  public internal(set) var isHigh = false
}

/// Applies the rules to points between two rebases, missing points left out. A run is not broken by a missing period: it
/// is one of the points there are.
///
/// - Parameters:
///   - deviations: points minus their mean.
///   - reaches: upper limit minus mean, one a point, >= 0. A point on a limit is not beyond it.
///   - values: the points themselves, whose order makes a trend; they may have means that differ.
func spcSignals(deviations: [Double], reaches: [Double], values: [Double]) -> [SPCSignal] {
  let n = deviations.count
  var marked = [Set<SPCRule>](repeating: [], count: n)
  var trendIsHigh = [Bool](repeating: false, count: n)
  for i in 0..<n where abs(deviations[i]) > reaches[i] { marked[i].insert(.outsideLimits) }
  // Counts of rounding's size from the mean are on it, and on no side.
  let side = (0..<n).map { abs(deviations[$0]) <= 1e-12 * abs(values[$0]) ? 0 : deviations[$0] > 0 ? 1 : -1 }
  forEachRun(side, atLeast: 7) { range, sign in
    if sign != 0 { for i in range { marked[i].insert(.oneSide) } }
  }
  let steps = (0..<max(0, n - 1)).map { values[$0 + 1] > values[$0] ? 1 : values[$0 + 1] < values[$0] ? -1 : 0 }
  forEachRun(steps, atLeast: 6) { range, sign in
    guard sign != 0 else { return }
    // Six steps lead through seven points.
    for i in range.lowerBound...range.upperBound {
      marked[i].insert(.trend)
      trendIsHigh[i] = sign > 0
    }
  }
  for i in 0..<max(0, n - 2) {
    let three = i..<(i + 3)
    guard side[i] != 0, three.allSatisfy({ side[$0] == side[i] }) else { continue }
    let near = three.filter { abs(deviations[$0]) > reaches[$0] * 2 / 3 }
    if near.count >= 2 { for k in near { marked[k].insert(.twoOfThree) } }
  }
  return (0..<n).map { i in
    SPCSignal(
      rules: SPCRule.allCases.filter(marked[i].contains),
      isHigh: marked[i] == [.trend] ? trendIsHigh[i] : deviations[i] > 0)
  }
}

/// Calls `body` with every maximal run of equal signs of at least this length.
private func forEachRun(_ signs: [Int], atLeast length: Int, _ body: (Range<Int>, Int) -> Void) {
  var start = 0
  for i in 0...signs.count {
    if i == signs.count || signs[i] != signs[start] {
      if i - start >= length { body(start..<i, signs[start]) }
      start = i
    }
    if i == signs.count { break }
  }
}
