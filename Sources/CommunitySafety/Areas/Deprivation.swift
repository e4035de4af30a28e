/// How deprived the neighbourhoods of an area are: its LSOAs by national decile of the Index of Multiple Deprivation.
public struct Deprivation: Hashable, Sendable {
  /// Number of LSOAs in each decile, the most deprived tenth of the country first.
  public let lsoasByDecile: [Int]

  /// Counts LSOAs by decile, 1 being the most deprived; numbers outside 1 to 10 are ignored. Nil without any.
  public init?(deciles: [Int]) {
    var counts = [Int](repeating: 0, count: 10)
    for decile in deciles where (1...10).contains(decile) { counts[decile - 1] += 1 }
    guard counts.contains(where: { $0 > 0 }) else { return nil }
    lsoasByDecile = counts
  }

  /// The LSOAs of several areas together; nil of none.
  public init?(adding parts: [Deprivation]) {
    guard !parts.isEmpty else { return nil }
    lsoasByDecile = (0..<10).map { decile in parts.reduce(0) { $0 + $1.lsoasByDecile[decile] } }
  }

  /// Number of LSOAs.
  public var lsoas: Int { lsoasByDecile.reduce(0, +) }
  /// Share of LSOAs in the most deprived tenth of the country.
  public var shareInMostDeprivedDecile: Double { share(1) }
  /// Share of LSOAs in the most deprived fifth of the country.
  public var shareInMostDeprivedQuintile: Double { share(2) }

  /// The middle decile of the LSOAs; the mean of the two middle ones of an even number.
  public var medianDecile: Double {
    func decile(ofRank rank: Int) -> Int {
      var passed = 0
      for (index, count) in lsoasByDecile.enumerated() {
        passed += count
        if passed > rank { return index + 1 }
      }
      return 10
    }
    return Double(decile(ofRank: (lsoas - 1) / 2) + decile(ofRank: lsoas / 2)) / 2
  }

  private func share(_ deciles: Int) -> Double {
    Double(lsoasByDecile.prefix(deciles).reduce(0, +)) / Double(lsoas)
  }
}
