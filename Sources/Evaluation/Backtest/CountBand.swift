/// How large the counts of a series are: what makes a forecast of it hard or easy.
public struct CountBand: Sendable, Hashable, Comparable {
  /// Lower bounds of the bands, in events a period.
  public static let bounds: [Double] = [0, 1, 3, 10, 30, 100]
  /// Index into ``bounds``.
  public let index: Int

  /// The band of a mean count a period; what is no positive number belongs to the lowest.
  public init(mean: Double) { index = CountBand.bounds.lastIndex { mean >= $0 } ?? 0 }

  /// "under 1", "1 to 3", "100 and more".
  public var label: String {
    let low = Int(CountBand.bounds[index])
    guard index + 1 < CountBand.bounds.count else { return "\(low) and more" }
    let high = Int(CountBand.bounds[index + 1])
    return low == 0 ? "under \(high)" : "\(low) to under \(high)"
  }

  /// By size.
  public static func < (a: CountBand, b: CountBand) -> Bool { a.index < b.index }
}
