import TimeSeries

/// Where an alert stands.
public enum AlertPhase: String, CaseIterable, Hashable, Sendable, Codable {
  /// An exception that has not yet lasted as long as the rule asks.
  case pending
  /// Told, and nobody has taken it on.
  case firing
  /// Somebody has it in hand: nothing more is said until it ends.
  case acknowledged
  /// Silent until a moment.
  case snoozed
  /// Over, or never was: the next exception is told.
  case resolved
  /// The newest figures are missing, partial or within a known break: it neither ends nor fires.
  case noData = "no data"

  /// Whether its episode goes on, as far as is known.
  public var isOpen: Bool { self != .resolved }
}

/// The periods of an episode of exceptions.
public struct EpisodeMark: Hashable, Sendable, Codable {
  /// First period of the stretch that stood out.
  public var onset: Period
  /// Period whose verdict opened it.
  public var opened: Period
  /// Last unusual period.
  public var last: Period

  /// The periods of an episode.
  public init(onset: Period, opened: Period, last: Period) {
    self.onset = onset
    self.opened = opened
    self.last = last
  }

  /// Whether it is the same episode as one known from an earlier run. Data that were revised may move its ends, so that it is
  /// enough that they overlap.
  public func continues(_ known: EpisodeMark) -> Bool {
    opened == known.opened || (onset <= known.last && last >= known.onset)
  }
}

/// What a run says of one series and rule.
public enum AlertVerdict: Hashable, Sendable {
  /// An exception goes on.
  case exception(EpisodeMark)
  /// Judged, and there is no episode.
  case ordinary
  /// An episode ended.
  case over(EpisodeMark)
  /// An episode's level is what is expected from now on.
  case newNormal(EpisodeMark)
  /// The newest period has no verdict.
  case unknown(reason: String)
}

/// What happened to an alert.
public enum Happening: String, CaseIterable, Hashable, Sendable, Codable {
  /// An exception that waits to be confirmed.
  case opened
  /// It went before it was confirmed.
  case dropped
  /// New: the message that matters.
  case fired
  /// It had begun before alerts were kept.
  case adopted
  /// Still going on, after the interval of the rule.
  case reminded
  /// Somebody took it on.
  case acknowledged
  /// Somebody silenced it for a time.
  case snoozed
  /// That time is over and it still goes on.
  case snoozeEnded = "snooze ended"
  /// Back to what is expected.
  case resolved
  /// Its level is what is expected from now on.
  case newNormal = "new normal"
  /// Figures that came later take it away.
  case withdrawn
  /// Somebody ended it.
  case closed
  /// Somebody declared its level the new normal.
  case rebased
  /// Its newest figures are missing.
  case lost
  /// They are there again.
  case regained
  /// A remark.
  case noted

  /// Whether people are told, and not only the history.
  public var isTold: Bool {
    switch self {
    case .fired, .adopted, .reminded, .snoozeEnded, .resolved, .newNormal, .withdrawn, .closed, .rebased: true
    case .opened, .dropped, .acknowledged, .snoozed, .lost, .regained, .noted: false
    }
  }
}

/// A step of an episode.
public struct AlertTransition: Hashable, Sendable, Codable {
  /// What happened.
  public let happening: Happening
  /// Number of the alert's episode, from 1.
  public let episode: Int
  /// Number of the step within the episode, from 1.
  public let sequence: Int
}

/// All that is kept of an alert between runs.
public struct AlertState: Hashable, Sendable, Codable {
  /// Where it stands.
  public internal(set) var phase = AlertPhase.resolved
  /// Where it stood before its figures went missing; nil but in ``AlertPhase/noData``.
  public internal(set) var before: AlertPhase?
  /// Until when it is snoozed.
  public internal(set) var until: Moment?
  /// The number of its latest episode; 0 before the first.
  public internal(set) var episode = 0
  /// Steps of that episode so far.
  public internal(set) var sequence = 0
  /// The periods of that episode.
  public internal(set) var mark: EpisodeMark?
  /// Whether a person ended it although the exception goes on: it is not told again until that has ended.
  public internal(set) var isStanding = false
  /// When people were last told of it.
  public internal(set) var toldAt: Moment?

  /// An alert of which nothing has happened yet.
  public init() {}

  /// Where it stands, whether or not its newest figures are known.
  public var standing: AlertPhase { phase == .noData ? before ?? .firing : phase }
}
