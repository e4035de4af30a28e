/// The middle value; the mean of the two middle ones of an even number; 0 of nothing.
///
/// Cost: one sort.
public func median(_ values: some Sequence<Double>) -> Double {
  let sorted = values.sorted()
  guard !sorted.isEmpty else { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The smallest of some draws with at least a share `p` of them at or below it: the inverse of their empirical
/// distribution (Hyndman & Fan 1996, definition 1).
///
/// - Parameter sorted: the draws, ascending; at least one.
public func quantile(_ p: Double, ofSorted sorted: [Double]) -> Double {
  sorted[min(sorted.count - 1, max(0, Int((p * Double(sorted.count)).rounded(.up)) - 1))]
}
