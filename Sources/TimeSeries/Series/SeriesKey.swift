/// What a series counts and where: the identity of a series in a panel.
public struct SeriesKey: Hashable, Comparable, Sendable, Codable {
  /// The area's name, or the whole `unique_id` of a series that stands alone.
  public let area: String
  /// The measure's name; nil for a series that stands alone, which models never pool with others.
  public let measure: String?

  /// A key of an area and a measure.
  public init(area: String, measure: String?) {
    self.area = area
    self.measure = measure
  }

  /// Splits a `unique_id` at its first `|`: `Hackney|Theft|Shoplifting` is area Hackney, measure Theft|Shoplifting.
  public init(uniqueID: some StringProtocol) {
    if let bar = uniqueID.firstIndex(of: "|") {
      self.init(area: String(uniqueID[..<bar]), measure: String(uniqueID[uniqueID.index(after: bar)...]))
    } else {
      self.init(area: String(uniqueID), measure: nil)
    }
  }

  /// `Area|Measure`, or the area alone: the inverse of ``init(uniqueID:)``.
  public var uniqueID: String { measure.map { "\(area)|\($0)" } ?? area }

  /// By area, then measure, in Unicode scalar order, which is that of UTF-8: the same on every machine.
  public static func < (a: SeriesKey, b: SeriesKey) -> Bool {
    if a.area != b.area { return a.area.utf8.lexicographicallyPrecedes(b.area.utf8) }
    return (a.measure ?? "").utf8.lexicographicallyPrecedes((b.measure ?? "").utf8)
  }
}
