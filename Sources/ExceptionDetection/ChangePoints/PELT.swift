/// What a stretch of a sequence costs if it is one segment: minus twice its maximised log-likelihood, up to a constant
/// that is the same for every way to cut the whole.
///
/// Cutting a segment in two must never cost more than leaving it whole, which holds for every cost of that form.
protocol SegmentCost {
  /// Number of observations.
  var count: Int { get }
  /// Cost of the observations `range`, which is not empty.
  func callAsFunction(_ range: Range<Int>) -> Double
}

/// A way to cut a sequence into segments.
struct Segmentation: Hashable, Sendable {
  /// First index of every segment but the first, rising.
  let changes: [Int]
  /// Sum of the costs of the segments, without penalties.
  let cost: Double
}

/// The segmentation that minimises the sum of costs plus `penalty` for each change, among those whose segments have at
/// least `minimumLength` observations: pruned exact linear time (Killick, Fearnhead & Eckley 2012, JASA 107, 1590-1598,
/// algorithm PELT with K = 0).
///
/// A candidate for the last change is dropped where it can no longer win (their theorem 3.1). With a minimum length the
/// bound at `t` speaks only of ends from `t + minimumLength` on, so that it takes effect then. Of equally good ways the one
/// with the earliest last change is taken. Time grows linearly with the number of observations where changes do, else with
/// its square.
func pelt(_ cost: some SegmentCost, penalty: Double, minimumLength: Int) -> Segmentation {
  let n = cost.count
  let shortest = max(1, minimumLength)
  guard n > 0 else { return Segmentation(changes: [], cost: 0) }
  guard n >= 2 * shortest else { return Segmentation(changes: [], cost: cost(0..<n)) }
  // best[t]: least penalised cost of the first t observations, the first segment charged like any other.
  var best = [Double](repeating: .infinity, count: n + 1)
  var last = [Int](repeating: 0, count: n + 1)
  best[0] = -penalty
  var candidates = [0]
  /// From which end on a candidate cannot win.
  var dropped = [Int](repeating: .max, count: n + 1)
  for end in shortest...n {
    let newest = end - shortest
    if newest >= shortest { candidates.append(newest) }
    candidates.removeAll { dropped[$0] <= end }
    for start in candidates {
      let total = best[start] + cost(start..<end) + penalty
      if total < best[end] {
        best[end] = total
        last[end] = start
      }
    }
    for start in candidates where dropped[start] == .max && best[start] + cost(start..<end) > best[end] {
      dropped[start] = end + shortest
    }
  }
  var changes: [Int] = []
  var at = last[n]
  while at > 0 {
    changes.append(at)
    at = last[at]
  }
  return Segmentation(changes: changes.reversed(), cost: best[n] - penalty * Double(changes.count))
}
