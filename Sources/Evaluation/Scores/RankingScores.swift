import NumericCore

/// How good an order was, once it is known what it should have put first.
///
/// An order is a list of indices, best first; what it leaves out stands behind everything in it and earns nothing.
public enum RankingScores {
  /// The share of the first `k` that were relevant; of fewer than `k` in all, of those.
  ///
  /// - Returns: NaN of nothing.
  public static func precision(of order: [Int], relevant: [Bool], at k: Int) -> Double {
    let size = min(k, relevant.count)
    guard size > 0 else { return .nan }
    return Double(order.prefix(size).count { relevant[$0] }) / Double(size)
  }

  /// Normalised discounted cumulative gain of the first `k` (Järvelin & Kekäläinen 2002, ACM Transactions on Information
  /// Systems 20, 422-446, with the discount 1 / log2(1 + place)): 1 for the best possible order.
  ///
  /// - Parameter gains: what each is worth, >= 0.
  /// - Returns: NaN where nothing is worth anything.
  public static func normalisedGain(of order: [Int], gains: [Double], at k: Int) -> Double {
    func discounted(_ values: some Sequence<Double>) -> Double {
      var sum = 0.0
      for (place, value) in values.enumerated() { sum += value / (logarithm(Double(place + 2)) / logarithm(2)) }
      return sum
    }
    let best = discounted(gains.sorted(by: >).prefix(k))
    return best > 0 ? discounted(order.prefix(k).lazy.map { gains[$0] }) / best : .nan
  }

  /// Spearman's rank correlation, ties by their mean ranks.
  ///
  /// - Returns: NaN of fewer than two pairs, or where one side does not vary.
  public static func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "every value has a partner")
    let (x, y) = (meanRanks(a), meanRanks(b))
    let middle = Double(a.count + 1) / 2
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (p, q) in zip(x, y) {
      xy += (p - middle) * (q - middle)
      xx += (p - middle) * (p - middle)
      yy += (q - middle) * (q - middle)
    }
    return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : .nan
  }

  /// Ranks from 1, equal values with the mean of theirs.
  private static func meanRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
      for place in first..<end { ranks[order[place]] = Double(first + end + 1) / 2 }
      first = end
    }
    return ranks
  }
}
