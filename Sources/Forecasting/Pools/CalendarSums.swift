import NumericCore

/// Exact sums over series period by period, from the first period of any to the last of any.
struct CalendarSums: Codable, Equatable, Sendable {
  /// Ordinal of the first period; 0 while nothing was added.
  private(set) var first = 0
  private var sums = ExactSums(count: 0)

  /// Periods from the first to the last.
  var count: Int { sums.count }

  /// The sums, one a period.
  var values: [Double] { sums.values }

  /// Adds a series' values from the period of an ordinal on.
  mutating func add(_ values: [Double], from ordinal: Int) {
    reach(ordinal, values.count)
    sums.add(values, at: ordinal - first)
  }

  /// Adds what was added to other sums.
  mutating func add(_ other: CalendarSums) {
    guard other.count > 0 else { return }
    reach(other.first, other.count)
    var part = other.sums
    let before = other.first - first
    part.extend(before: before, after: count - before - part.count)
    sums.add(part)
  }

  private mutating func reach(_ ordinal: Int, _ periods: Int) {
    guard periods > 0 else { return }
    guard count > 0 else {
      first = ordinal
      sums.extend(before: 0, after: periods)
      return
    }
    let (before, after) = (max(0, first - ordinal), max(0, ordinal + periods - first - count))
    guard before > 0 || after > 0 else { return }
    sums.extend(before: before, after: after)
    first -= before
  }
}
