extension Series {
  /// The sum of series over the union of their spans. A period is missing in the sum where it is missing in, or outside
  /// the span of, any part: a total is never made of what happened to be there.
  ///
  /// - Returns: nil if `parts` is empty or holds no period.
  public static func sum(_ parts: [Series], key: SeriesKey) -> Series? {
    let filled = parts.filter { $0.count > 0 }
    guard let start = filled.map(\.start).min(), let end = filled.map(\.end).max() else { return nil }
    var total = [Double](repeating: 0, count: end - start + 1)
    for part in filled {
      let offset = part.start - start
      for i in total.indices {
        // A missing (NaN) part makes the sum missing.
        total[i] += part.values.indices.contains(i - offset) ? part.values[i - offset] : .nan
      }
    }
    return Series(key: key, start: start, values: total, kind: filled[0].kind)
  }
}
