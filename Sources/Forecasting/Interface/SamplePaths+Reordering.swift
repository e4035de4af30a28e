import NumericCore
import Synchronization

extension SamplePaths {
  /// The paths with the values of each step replaced, rank for rank, by quantiles: steps hang together as before and each
  /// has the distribution wanted (Clark, Gangopadhyay, Hay, Rajagopalan & Wilby 2004, Journal of Hydrometeorology 5, 243-262).
  ///
  /// - Parameters:
  ///   - random: draws the order of equal values, or they would be in the same order at every step.
  ///   - quantiles: the values at a step whose probabilities are those of rising standard normal deviates.
  func reordered(
    _ random: inout RandomSource, quantiles: (_ step: Int, _ deviates: [Double]) -> [Double]
  ) -> SamplePaths {
    var values = values
    let deviates = SamplePaths.deviates(count)
    var column = deviates
    var lots = deviates
    for h in 0..<horizon {
      for path in 0..<count { column[path] = values[path * horizon + h] }
      for path in 0..<count { lots[path] = random.uniform() }
      let ranked = quantiles(h, deviates)
      // Among the ranks that share the lowest value, often 0 of sparse counts, order makes no difference.
      let lowest = ranked.first ?? 0
      let low = ranked.firstIndex { $0 != lowest } ?? count
      let top = SamplePaths.top(count - low, of: column, lots: lots)
      values.withUnsafeMutableBufferPointer { values in
        for path in 0..<count { values[path * horizon + h] = lowest }
        for (offset, path) in top.enumerated() { values[path * horizon + h] = ranked[low + offset] }
      }
    }
    return SamplePaths(horizon: horizon, count: count, values: values)
  }

  /// The last `wanted` of ``orderByLot(_:lots:)``. Where they are few, only values above a bound are put in order, which
  /// is guessed from every sixteenth value: the guess costs or saves time and changes nothing.
  private static func top(_ wanted: Int, of values: [Double], lots: [Double]) -> ArraySlice<Int> {
    guard wanted > 0 else { return [] }
    if wanted * 4 <= values.count {
      let sample = stride(from: 0, to: values.count, by: 16).map { values[$0] }.sorted()
      let bound = sample[max(0, sample.count - wanted / 10 - 5)]
      for isStrict in [true, false] {
        let above = values.indices.filter { isStrict ? values[$0] > bound : values[$0] >= bound }
        guard above.count >= wanted, 2 * above.count <= values.count else { continue }
        return orderByLot(above.map { values[$0] }, lots: above.map { lots[$0] }).suffix(wanted).map { above[$0] }[...]
      }
    }
    return orderByLot(values, lots: lots).suffix(wanted)
  }

  /// Normal deviates in the middle of `count` equal shares of probability, ascending. Every series of a run wants the same.
  static func deviates(_ count: Int) -> [Double] {
    if let known = known.withLock({ $0.count == count ? $0 : nil }) { return known }
    let deviates = (0..<count).map { Normal.quantile((Double($0) + 0.5) / Double(count)) }
    known.withLock { $0 = deviates }
    return deviates
  }

  /// The deviates that were last asked for.
  private static let known = Mutex<[Double]>([])
}
