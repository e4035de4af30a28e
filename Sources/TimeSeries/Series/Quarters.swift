extension Series {
  /// The series by calendar quarters, of which all months are known: counts added up, shares pooled, values averaged. A quarter of which
  /// a month is missing or known in part is missing.
  ///
  /// - Returns: itself if it is by quarters; nil if it is not by months, or has no whole quarter.
  public func byQuarter() -> Series? {
    guard start.frequency != .quarterly else { return self }
    guard start.frequency == .monthly, count > 0 else { return nil }
    // The first quarter that begins in the series, the last that ends in it.
    let first = Period(frequency: .quarterly, ordinal: (start.ordinal + 2).flooredQuotient(by: 3))
    let last = Period(frequency: .quarterly, ordinal: (end.ordinal + 1).flooredQuotient(by: 3) - 1)
    guard first <= last else { return nil }
    var (values, wholes): ([Double], [Double]) = ([], [])
    for quarter in first.ordinal...last.ordinal {
      let months = (0..<3).map { Period(frequency: .monthly, ordinal: quarter * 3 + $0) }
      let known = months.compactMap { isPartial($0) ? nil : self[$0] }
      let isWhole = known.count == 3
      switch kind {
      case .count: values.append(isWhole ? known.reduce(0, +) : .nan)
      case .value: values.append(isWhole ? known.reduce(0, +) / 3 : .nan)
      case .proportion:
        let offsets = months.map { $0 - start }
        let whole = offsets.reduce(0) { $0 + (denominators?[$1] ?? .nan) }
        let part = offsets.reduce(0) { $0 + (numerators?[$1] ?? .nan) }
        wholes.append(whole)
        values.append(whole > 0 && offsets.allSatisfy { !partial.contains($0) } ? part / whole : .nan)
      }
    }
    return Series(
      key: key, start: first, values: values, kind: kind, denominators: kind == .proportion ? wholes : nil)
  }
}
