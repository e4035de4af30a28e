/// How a place's rate has stood against its peers' over some years: a label with the test behind it.
///
/// A year is high where the place's rate is above that of all its peers together by more than chance explains: the test of two counts
/// (``NumericCore/TwoCounts``) over the months of the year, each with its residents, at ``WindowComparison/significance``.
public struct EmergingPattern: Sendable, Hashable, Codable {
  /// The label.
  public enum Label: String, CaseIterable, Sendable, Hashable, Codable {
    /// High in the last year, and in none before.
    case new
    /// High in the last year and in three of four of those before, and up on the year before by more than chance.
    case intensifying
    /// High likewise, and neither up nor down.
    case persistent
    /// High in some years.
    case sporadic
    /// High likewise, and down by more than chance.
    case diminishing
    /// High in three of four of the years before, and not in the last.
    case historical
    /// Its next year only goes back to what was usual.
    case returnToUsual = "return to usual"
    /// High in no year.
    case none = "not above its peers"
  }

  /// The label.
  public let label: Label
  /// Years looked at, and how many of them were high, the last among them.
  public let years: Int, high: Int
  /// Whether the last was.
  public let isLastHigh: Bool

  /// Share of the earlier years that makes a habit.
  private static let habit = 0.75
  /// Least years that a label takes.
  public static let leastYears = 3

  /// The label of some years.
  ///
  /// - Parameters:
  ///   - isHigh: whether each year was, the last first.
  ///   - change: whether the last year is up (positive) or down (negative) on the year before by more than chance; 0 if neither.
  ///   - returns: whether what is likely of the next year goes no further than back to what was usual.
  /// - Returns: nil of fewer than ``leastYears``.
  public init?(isHigh: [Bool], change: Int, returns: Bool) {
    guard isHigh.count >= EmergingPattern.leastYears else { return nil }
    let earlier = isHigh.dropFirst()
    let before = earlier.count { $0 }
    let isHabit = Double(before) >= EmergingPattern.habit * Double(earlier.count)
    (years, high, isLastHigh) = (isHigh.count, before + (isHigh[0] ? 1 : 0), isHigh[0])
    if returns {
      label = .returnToUsual
    } else if isHigh[0] {
      label =
        before == 0 ? .new : !isHabit ? .sporadic : change > 0 ? .intensifying : change < 0 ? .diminishing : .persistent
    } else {
      label = before == 0 ? .none : isHabit ? .historical : .sporadic
    }
  }
}
