/// Goes through the finite sizes of the negative binomial from one outwards, up to four at a time, as long as they matter.
struct SizeWalk {
  /// The sizes taken so far, as indices of ``LevelProcess/sizes``.
  private(set) var evaluated: ClosedRange<Int>
  /// The sizes to evaluate next, as indices; of those there are fewer of, the last again.
  private(set) var indices: SIMD4<Int>

  /// Begins at a size and its neighbours, the last three of ``indices``.
  init(around middle: Int) {
    let middle = min(max(middle, 1), SizeWalk.last - 1)
    evaluated = middle - 1...middle + 1
    indices = SIMD4(middle, middle - 1, middle, middle + 1)
  }

  private static let last = LevelProcess.sizes.count - 2

  /// The sizes to evaluate next.
  var sizes: SIMD4<Double> {
    let all = LevelProcess.sizes
    return SIMD4(all[indices[0]], all[indices[1]], all[indices[2]], all[indices[3]])
  }

  /// Chooses what to evaluate next: on either side whatever is left, while log-likelihoods are not yet below `least` or
  /// still rise outwards.
  ///
  /// - Parameter rows: log-likelihoods by size, a process a lane.
  /// - Returns: which of ``indices`` are new; none where the walk is over.
  mutating func advance(_ rows: [SIMD8<Double>], least: Double) -> Range<Int> {
    let (low, high) = (evaluated.lowerBound, evaluated.upperBound)
    let down = rows[low].max() > least || any(rows[low] .> rows[low + 1])
    let up = rows[high].max() > least || any(rows[high] .> rows[high - 1])
    let above = up ? min(SizeWalk.last - high, down ? max(2, 4 - low) : 4) : 0
    let below = down ? min(low, 4 - above) : 0
    guard above + below > 0 else { return 0..<0 }
    for i in 0..<4 {
      let step = min(i, above + below - 1)
      indices[i] = step < below ? low - 1 - step : high + 1 + step - below
    }
    evaluated = low - below...high + above
    return 0..<above + below
  }
}
