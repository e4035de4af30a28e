/// A known event that changes a series for a reason other than what the series measures: a change of recording
/// practice, a lockdown, a boundary change. Models neither learn from it nor sell it as news.
public struct Intervention: Hashable, Sendable {
  /// How a model treats the event.
  public enum Effect: Hashable, Sendable {
    /// The level moves for good from `start` on: earlier values are brought to the later level by an estimated factor.
    case step
    /// The values from `start` to the given period are not typical: they are left out of every fit.
    case window(through: Period)
  }

  /// First period affected.
  public let start: Period
  /// What happens from then on.
  public let effect: Effect
  /// The event in a few words, for charts and explanations.
  public let label: String

  /// An event that begins in `start`.
  public init(start: Period, effect: Effect, label: String) {
    self.start = start
    self.effect = effect
    self.label = label
  }

  /// Whether `period` lies in the window of an untypical stretch (always false for a step).
  public func masks(_ period: Period) -> Bool {
    guard case .window(let end) = effect else { return false }
    return start <= period && period <= end
  }
}
