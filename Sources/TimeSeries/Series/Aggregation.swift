extension Series {
  /// The sum of series over the union of their spans; of proportions the sum of numerators over that of denominators. A
  /// period is missing in the sum where it is missing in, or outside the span of, any part: a total is never made of
  /// what happened to be there. It is partial where any part is.
  ///
  /// - Returns: nil if `parts` is empty or holds no period, is of several kinds, or holds more than one series of values:
  ///   the satisfaction of two districts does not add up to that of both.
  public static func sum(_ parts: [Series], key: SeriesKey) -> Series? {
    let filled = parts.filter { $0.count > 0 }
    guard let start = filled.map(\.start).min(), let end = filled.map(\.end).max(),
      filled.allSatisfy({ $0.kind == filled[0].kind }), filled[0].kind != .value || filled.count == 1
    else { return nil }
    let count = end - start + 1
    let partial = Set(filled.flatMap { part in part.partial.map { $0 + (part.start - start) } }).sorted()
    guard filled[0].kind == .proportion else {
      let total = total(filled.map { ($0.values, $0.start - start) }, count: count)
      return Series(key: key, start: start, values: total, kind: filled[0].kind, partial: partial)
    }
    let numerators = total(filled.map { ($0.numerators ?? [], $0.start - start) }, count: count)
    let denominators = total(filled.map { ($0.denominators ?? [], $0.start - start) }, count: count)
    return Series(
      key: key, start: start, values: zip(numerators, denominators).map { $1 > 0 ? $0 / $1 : .nan },
      kind: .proportion, denominators: denominators, partial: partial)
  }

  private static func total(_ parts: [(values: [Double], offset: Int)], count: Int) -> [Double] {
    var total = [Double](repeating: 0, count: count)
    for part in parts {
      for i in total.indices {
        // A missing (NaN) part makes the sum missing.
        total[i] += part.values.indices.contains(i - part.offset) ? part.values[i - part.offset] : .nan
      }
    }
    return total
  }
}
