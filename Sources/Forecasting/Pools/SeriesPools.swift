import TimeSeries

/// The pools of a panel: the series of one measure learn from each other, and a series without a measure stands alone.
///
/// Within a pool series are taken in the order of their keys, so that results depend neither on the order of the panel nor
/// on the number of threads, and not at all on the series of other pools.
public struct SeriesPools: Sendable {
  /// Indices of each pool's series by ascending key; pools in the order of their measures, after the series that stand alone.
  public let members: [[Int]]
  /// The pool of each series.
  public let index: [Int]

  /// The pools of some series, in any order.
  public init(_ series: [Series]) {
    // Series that stand alone first, each a pool of its own; then measures by name.
    var alone: [Int] = []
    var numberOf: [String: Int] = [:]
    var (measures, named): ([String], [[Int]]) = ([], [])
    for (i, one) in series.enumerated() {
      guard let measure = one.key.measure else {
        alone.append(i)
        continue
      }
      let number = numberOf[measure] ?? measures.count
      if number == measures.count {
        numberOf[measure] = number
        measures.append(measure)
        named.append([])
      }
      named[number].append(i)
    }
    // The order of UTF-8 is that of Unicode scalars.
    func sorted(_ pool: [Int]) -> [Int] {
      pool.sorted { a, b in
        let (x, y) = (series[a].key.area, series[b].key.area)
        return x == y ? a < b : x.utf8.lexicographicallyPrecedes(y.utf8)
      }
    }
    let order = measures.indices.sorted { measures[$0].utf8.lexicographicallyPrecedes(measures[$1].utf8) }
    let pools = sorted(alone).map { [$0] } + order.map { sorted(named[$0]) }
    members = pools
    var index = [Int](repeating: 0, count: series.count)
    for (p, pool) in pools.enumerated() { for i in pool { index[i] = p } }
    self.index = index
  }

  /// The pools in batches of as few whole ones as hold `count` series: what is worked out of a batch is done with before the
  /// next.
  func batches(of count: Int) -> [[[Int]]] {
    var batches: [[[Int]]] = []
    var size = 0
    for pool in members {
      if size == 0 || size >= count {
        batches.append([])
        size = 0
      }
      batches[batches.count - 1].append(pool)
      size += pool.count
    }
    return batches
  }
}
