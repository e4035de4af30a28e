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

/// The value that would stand at an index if the values were sorted; they are left in another order. Linear on average
/// (Hoare 1961, Communications of the ACM 4, 321, Algorithm 65).
///
/// - Parameters:
///   - index: from 0, less than the number of values.
///   - values: none is NaN.
public func selected(_ index: Int, of values: inout [Double]) -> Double {
  precondition(values.indices.contains(index), "no value stands there")
  var low = 0
  var high = values.count - 1
  values.withUnsafeMutableBufferPointer { values in
    while low < high {
      let pivot = values[index]
      var (i, j) = (low, high)
      repeat {
        while values[i] < pivot { i += 1 }
        while pivot < values[j] { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      } while i <= j
      if j < index { low = i }
      if index < i { high = j }
    }
  }
  return values[index]
}
