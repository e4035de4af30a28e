import Diagnostics

/// What a person may do with an alert.
public enum AlertAction: Hashable, Sendable {
  /// Take it on: nothing more is said until it ends.
  case acknowledge
  /// Silence it until a moment.
  case snooze(until: Moment)
  /// End it: it is told again when the exception has ended and another comes.
  case resolve
  /// Declare its level the new normal from its onset.
  case rebase
  /// Add a remark.
  case note
}

extension AlertState {
  /// The state after a person's action, and what happened.
  ///
  /// - Throws: ``HorizonError`` (usage) for an action on an alert that is not open, and a snooze that is over when it begins.
  public func taking(
    _ action: AlertAction, at now: Moment
  ) throws -> (state: AlertState, transitions: [AlertTransition]) {
    if action != .note {
      guard phase.isOpen else {
        throw HorizonError(
          .usage, "the alert is resolved", remedy: "See `horizon alert list` for those that are open")
      }
    }
    if case .snooze(let until) = action, until <= now {
      throw HorizonError(
        .usage, "--until \(until.text) is not later than now, \(now.text)", remedy: "Name a later day")
    }
    var step = AlertStep(self, at: now)
    step.take(action)
    return (step.state, step.transitions)
  }
}
