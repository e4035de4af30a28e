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
    let order = series.indices.sorted { a, b in
      let (ka, kb) = (series[a].key, series[b].key)
      let (ma, mb) = (ka.measure ?? "", kb.measure ?? "")
      if ma != mb { return ma.unicodeScalars.lexicographicallyPrecedes(mb.unicodeScalars) }
      return ka == kb ? a < b : ka < kb
    }
    var pools: [[Int]] = []
    for i in order {
      if let last = pools.last, let measure = series[i].key.measure, series[last[0]].key.measure == measure {
        pools[pools.count - 1].append(i)
      } else {
        pools.append([i])
      }
    }
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
