/// Single outliers (``IsolatedOutliers``) as a series goes on: of a period only what was before it is used.
package enum IsolatedCounts {
  /// Counts without those before an offset that nothing should be learnt from; nothing from the offset on is looked at.
  ///
  /// - Parameters:
  ///   - counts: NaN where missing.
  ///   - year: periods in a cycle.
  package static func without(_ counts: [Double], before end: Int, year: Int) -> [Double] {
    guard let screen = IsolatedOutliers(counts, before: end, year: year) else { return counts }
    var values = counts
    for one in screen.found(in: 0..<counts.count) { values[one.offset] = one.held ?? .nan }
    return values
  }

  /// The counts that some periods are foreseen from: offsets beside one another for which they are the same stand together.
  ///
  /// - Parameters:
  ///   - offsets: of the periods foreseen, rising, none before `begin`.
  ///   - begin: first offset of the year that they lie in; what was before it is settled but for its last two counts.
  package static func runs(
    of offsets: [Int], _ counts: [Double], before begin: Int, year: Int
  ) -> [(offsets: [Int], values: [Double])] {
    guard let last = offsets.last else { return [] }
    guard let screen = IsolatedOutliers(counts, before: last, settled: begin, year: year) else {
      return [(offsets, counts)]
    }
    let settled = max(0, begin - 2)
    var values = counts
    for one in screen.found(in: 0..<settled, before: begin) { values[one.offset] = one.held ?? .nan }
    var runs: [(offsets: [Int], values: [Double])] = []
    var known: [(offset: Int, typical: Double, held: Double?)] = []
    for offset in offsets {
      let found = screen.found(in: settled..<offset, before: offset)
      if !runs.isEmpty, found.count == known.count,
        zip(found, known).allSatisfy({ $0.offset == $1.offset && $0.held == $1.held })
      {
        runs[runs.count - 1].offsets.append(offset)
        continue
      }
      var now = values
      for one in found { now[one.offset] = one.held ?? .nan }
      runs.append(([offset], now))
      known = found
    }
    return runs
  }
}
