/// A known event that changes a series for a reason other than what the series measures: a change of recording
/// practice, a lockdown, a boundary change. Models neither learn from it nor sell it as news.
public struct Intervention: Hashable, Sendable, Codable {
  /// How a model treats the event.
  public enum Effect: Hashable, Sendable, Codable {
    /// The level moves for good from `start` on: earlier values are brought to the later level by an estimated factor.
    case step
    /// The values from `start` to the given period are not typical: they are left out of every fit.
    case window(through: Period)
  }

  /// What kind of event it is.
  public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
    case recordingChange = "recording change"
    case boundaryChange = "boundary change"
    case covidRestriction = "COVID restriction"
    case reportingCampaign = "reporting campaign"
    /// A change in the share of records that name no place, which counts of places leave out.
    case geocodingDrift = "geocoding drift"
  }

  /// First period affected.
  public let start: Period
  /// What happens from then on.
  public let effect: Effect
  /// What kind of event it is, as declared; nil of one that was found in the data.
  public let kind: Kind?
  /// The event in a few words.
  public let note: String

  /// An event that begins in `start`.
  public init(start: Period, effect: Effect, kind: Kind? = nil, note: String) {
    self.start = start
    self.effect = effect
    self.kind = kind
    self.note = note
  }

  /// The event as charts and explanations name it: "recording change: new crime-recording practice".
  public var label: String { kind.map { "\($0.rawValue): \(note)" } ?? note }

  /// Whether `period` lies in the window of an untypical stretch (always false for a step).
  public func masks(_ period: Period) -> Bool {
    guard case .window(let end) = effect else { return false }
    return start <= period && period <= end
  }

  /// The periods of a window, none after `last`; none for a step.
  public func periods(through last: Period) -> [Period] {
    guard case .window(let end) = effect, start <= min(end, last) else { return [] }
    return (0...(min(end, last) - start)).map { start + $0 }
  }
}
