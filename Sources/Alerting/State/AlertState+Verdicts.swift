import TimeSeries

/// How a rule tells.
public struct AlertPolicy: Hashable, Sendable, Codable {
  /// Periods for which an exception must have lasted before it is told, that which opened it included.
  public var confirmation = 1
  /// Seconds after which an alert that nobody has taken on is told again; nil for never.
  public var reminder: Int?

  /// At once, and once.
  public init() {}
}

/// When a verdict is taken.
public struct AlertContext: Hashable, Sendable {
  /// The clock.
  public var now: Moment
  /// The newest period of the data.
  public var period: Period
  /// Whether alerts are kept for the first time: what had begun before the newest period is adopted and not news.
  public var isFirstRun: Bool

  /// A run at a moment, on data up to a period.
  public init(now: Moment, period: Period, isFirstRun: Bool = false) {
    self.now = now
    self.period = period
    self.isFirstRun = isFirstRun
  }
}

extension AlertState {
  /// The state after a run's verdict, and what happened: a function of nothing else.
  ///
  /// | | exception | ordinary | over, new normal | unknown |
  /// |---|---|---|---|---|
  /// | resolved | fired; pending (opened) until confirmed; adopted in a first run; nothing while a person's `resolve` or `rebase` stands | re-armed | re-armed | as it is |
  /// | pending | fired once confirmed | resolved (dropped) | resolved (dropped) | no data (lost) |
  /// | firing | reminded after the interval | resolved: withdrawn, or resolved where it had begun before what was judged | resolved (resolved, new normal) | no data (lost) |
  /// | acknowledged | as it is | as firing | as firing | no data (lost) |
  /// | snoozed | firing when its time is over (snooze ended) | as firing | as firing | no data (lost) |
  /// | no data | as it was (regained), then its row | the same | the same | as it is |
  ///
  /// An exception that does not overlap the one that is open is another: the old one is resolved, the new one fires. The same
  /// verdict again at the same moment changes nothing.
  ///
  /// - Parameter judgedFrom: the first period whose verdicts the run could see: an episode that opened before it cannot be
  ///   missed there, so that its absence is its end and no withdrawal.
  public func taking(
    _ verdict: AlertVerdict, _ context: AlertContext, _ policy: AlertPolicy, judgedFrom: Period
  ) -> (state: AlertState, transitions: [AlertTransition]) {
    var step = AlertStep(self, at: context.now)
    if case .unknown = verdict {
      step.lose()
      return (step.state, step.transitions)
    }
    step.regain()
    switch verdict {
    case .exception(let mark): step.see(mark, context, policy)
    case .over(let mark): step.end(mark, .resolved)
    case .newNormal(let mark): step.end(mark, .newNormal)
    case .ordinary:
      let isGone = step.state.mark.map { $0.opened < judgedFrom } ?? true
      step.end(nil, isGone ? .resolved : .withdrawn)
    case .unknown: break
    }
    return (step.state, step.transitions)
  }
}

/// A state on its way to the next, with what has happened.
struct AlertStep {
  private(set) var state: AlertState
  private(set) var transitions: [AlertTransition] = []
  private let now: Moment

  init(_ state: AlertState, at now: Moment) {
    self.state = state
    self.now = now
  }

  mutating func lose() {
    guard state.phase.isOpen, state.phase != .noData else { return }
    state.before = state.phase
    state.phase = .noData
    happen(.lost)
  }

  mutating func regain() {
    guard state.phase == .noData else { return }
    state.phase = state.before ?? .firing
    state.before = nil
    happen(.regained)
  }

  mutating func see(_ mark: EpisodeMark, _ context: AlertContext, _ policy: AlertPolicy) {
    let isSame = state.mark.map(mark.continues) ?? false
    switch state.phase {
    case .resolved:
      if state.isStanding && isSame {
        state.mark = mark
      } else {
        begin(mark, context, policy)
      }
    case .pending, .firing, .acknowledged, .snoozed, .noData:
      guard isSame else {
        end(state.mark, .resolved)
        begin(mark, context, policy)
        return
      }
      state.mark = mark
      goOn(context, policy)
    }
  }

  /// Ends the open episode; of another one, or of none that is open, it says nothing.
  mutating func end(_ mark: EpisodeMark?, _ happening: Happening) {
    guard state.phase.isOpen else {
      state.isStanding = false
      return
    }
    let isOther = mark.flatMap { mark in state.mark.map { !mark.continues($0) } } ?? false
    if state.phase == .pending {
      conclude(.dropped)
    } else {
      conclude(isOther ? .resolved : happening)
    }
  }

  private mutating func begin(_ mark: EpisodeMark, _ context: AlertContext, _ policy: AlertPolicy) {
    state.episode += 1
    state.sequence = 0
    state.mark = mark
    state.isStanding = false
    if context.isFirstRun && mark.opened < context.period {
      state.phase = .firing
      happen(.adopted)
    } else if isConfirmed(context, policy) {
      state.phase = .firing
      happen(.fired)
    } else {
      state.phase = .pending
      happen(.opened)
    }
  }

  private mutating func goOn(_ context: AlertContext, _ policy: AlertPolicy) {
    switch state.phase {
    case .pending where isConfirmed(context, policy):
      state.phase = .firing
      happen(.fired)
    case .snoozed where state.until.map({ $0 <= now }) ?? true:
      state.phase = .firing
      state.until = nil
      happen(.snoozeEnded)
    case .firing:
      if let interval = policy.reminder, let told = state.toldAt, now.seconds - told.seconds >= interval {
        happen(.reminded)
      }
    default: break
    }
  }

  private func isConfirmed(_ context: AlertContext, _ policy: AlertPolicy) -> Bool {
    state.mark.map { context.period - $0.opened + 1 >= policy.confirmation } ?? false
  }

  mutating func conclude(_ happening: Happening) {
    state.phase = .resolved
    state.before = nil
    state.until = nil
    happen(happening)
  }

  mutating func happen(_ happening: Happening) {
    state.sequence += 1
    if happening.isTold { state.toldAt = now }
    transitions.append(.init(happening: happening, episode: state.episode, sequence: state.sequence))
  }

  /// Takes a person's word.
  mutating func take(_ action: AlertAction) {
    switch action {
    case .acknowledge:
      move(to: .acknowledged, until: nil)
      happen(.acknowledged)
    case .snooze(let until):
      move(to: .snoozed, until: until)
      happen(.snoozed)
    case .resolve:
      conclude(.closed)
      state.isStanding = true
    case .rebase:
      conclude(.rebased)
      state.isStanding = true
    case .note: happen(.noted)
    }
  }

  private mutating func move(to phase: AlertPhase, until: Moment?) {
    if state.phase == .noData { state.before = phase } else { state.phase = phase }
    state.until = until
  }
}
