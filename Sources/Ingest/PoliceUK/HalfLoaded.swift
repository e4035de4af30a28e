import NumericCore

/// Finds months of which a force seems to have delivered only part.
///
/// A month is half-loaded if it holds less than 60 % of the median of the force's other months and lies further below
/// it than the force's own variation explains: more than 4.5 robust standard deviations of log counts (1.4826 times the
/// median absolute deviation, Hampel 1974; at least 5 % and at least Poisson). A small force whose months vary
/// by a third, as the City of London's did in 2020-21, is therefore not accused. Below six other months nothing is said.
enum HalfLoaded {
  static let share = 0.6
  static let deviations = 4.5
  static let fewestOthers = 6

  /// Which of these months are half-loaded.
  static func flags(_ rows: [Int]) -> [Bool] {
    rows.indices.map { index in
      var others = rows.map(Double.init)
      let own = others.remove(at: index)
      guard others.count >= fewestOthers else { return false }
      let centre = median(others)
      guard own < share * centre else { return false }
      let spread = 1.4826 * median(others.map { abs(logarithm(max($0, 0.5) / centre)) })
      let scale = max(spread, 0.05, 1 / centre.squareRoot())
      return logarithm(centre / max(own, 0.5)) > deviations * scale
    }
  }

  /// The middle value; the mean of the two middle ones of an even number; 0 of nothing.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
