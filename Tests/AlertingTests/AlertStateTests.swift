import Diagnostics
import Testing
import TimeSeries

@testable import Alerting

/// The transition table, row by row, and what holds of every walk through it.
@Suite struct AlertStateTests {
  static let month = Period.month(2026, 1)
  private let noon = Moment(seconds: 1_800_000_000)

  private func mark(_ from: Int, _ last: Int? = nil) -> EpisodeMark {
    EpisodeMark(onset: Self.month + from, opened: Self.month + from, last: Self.month + (last ?? from))
  }

  /// Takes verdicts a month apart; returns the state and what happened each month.
  private func walk(
    _ verdicts: [AlertVerdict], from state: AlertState = AlertState(), policy: AlertPolicy = AlertPolicy(),
    firstRun: Bool = false, starting: Int = 0
  ) -> (state: AlertState, happenings: [[Happening]]) {
    var state = state
    var happenings: [[Happening]] = []
    for (i, verdict) in verdicts.enumerated() {
      let context = AlertContext(
        now: noon + (starting + i) * 30 * 86_400, period: Self.month + (starting + i), isFirstRun: firstRun && i == 0)
      let step = state.taking(verdict, context, policy, judgedFrom: Self.month - 12)
      state = step.state
      happenings.append(step.transitions.map(\.happening))
    }
    return (state, happenings)
  }

  @Test func anExceptionIsToldOnceAndItsEndOnce() {
    let (state, happenings) = walk([
      .ordinary, .exception(mark(1)), .exception(mark(1, 2)), .over(mark(1, 2)), .ordinary, .exception(mark(5)),
    ])
    #expect(happenings == [[], [.fired], [], [.resolved], [], [.fired]])
    #expect(state.phase == .firing && state.episode == 2 && state.sequence == 1)
  }

  @Test func missingFiguresNeitherFireNorEndAnything() {
    let unknown = AlertVerdict.unknown(reason: "missing")
    #expect(walk([unknown, unknown]).happenings == [[], []])
    let (state, happenings) = walk([.exception(mark(0)), unknown, unknown, .exception(mark(0, 3)), .ordinary])
    #expect(happenings == [[.fired], [.lost], [], [.regained], [.withdrawn]])
    #expect(state.phase == .resolved)
  }

  @Test func whatComesLateWithdrawsAndAnEndIsNoWithdrawal() {
    #expect(walk([.exception(mark(0)), .ordinary]).happenings == [[.fired], [.withdrawn]])
    #expect(walk([.exception(mark(0)), .newNormal(mark(0))]).happenings == [[.fired], [.newNormal]])
    // An episode that opened before what the run could see has ended.
    let old = EpisodeMark(onset: Self.month - 20, opened: Self.month - 20, last: Self.month)
    #expect(walk([.exception(old), .ordinary]).happenings == [[.fired], [.resolved]])
  }

  /// One that the run could have seen and did not was taken away, to the very first period that it judged.
  @Test func whatWasJudgedAndIsGoneIsWithdrawn() {
    let first = Self.month - 12
    for (opened, told) in [(first, Happening.withdrawn), (first - 1, .resolved)] {
      let begun = EpisodeMark(onset: opened, opened: opened, last: Self.month)
      #expect(walk([.exception(begun), .ordinary]).happenings == [[.fired], [told]])
    }
  }

  /// Ends that meet in one month are an overlap.
  @Test func episodesThatShareOneMonthAreOne() {
    func mark(_ onset: Int, _ opened: Int, _ last: Int) -> EpisodeMark {
      EpisodeMark(onset: Self.month + onset, opened: Self.month + opened, last: Self.month + last)
    }
    #expect(mark(2, 3, 4).continues(mark(0, 0, 2)) && mark(0, 0, 2).continues(mark(2, 3, 4)))
    #expect(!mark(3, 4, 4).continues(mark(0, 0, 2)) && !mark(0, 0, 2).continues(mark(3, 4, 4)))
    #expect(mark(3, 3, 4).continues(mark(0, 3, 2)))
  }

  /// The exception was over, and is there again as the data were revised: news, where no person has ended it.
  @Test func anEndedEpisodeThatComesBackIsToldAgain() {
    let (state, happenings) = walk([.exception(mark(0)), .over(mark(0)), .exception(mark(0, 2))])
    #expect(happenings == [[.fired], [.resolved], [.fired]] && state.episode == 2)
  }

  @Test func anotherEpisodeIsNews() {
    let (_, happenings) = walk([.exception(mark(0)), .ordinary, .exception(mark(2))])
    #expect(happenings == [[.fired], [.withdrawn], [.fired]])
    let (state, skipped) = walk([.exception(mark(0)), .exception(mark(1))])
    #expect(skipped == [[.fired], [.resolved, .fired]])
    #expect(state.episode == 2)
  }

  @Test func aRevisedOnsetIsTheSameEpisode() {
    let moved = EpisodeMark(onset: Self.month - 2, opened: Self.month + 1, last: Self.month + 1)
    let (state, happenings) = walk([.exception(mark(0)), .exception(moved)])
    #expect(happenings == [[.fired], []])
    #expect(state.mark == moved && state.episode == 1)
  }

  @Test func confirmationWaits() {
    var policy = AlertPolicy()
    policy.confirmation = 2
    #expect(
      walk([.exception(mark(0)), .exception(mark(0, 1))], policy: policy).happenings == [[.opened], [.fired]])
    #expect(walk([.exception(mark(0)), .ordinary], policy: policy).happenings == [[.opened], [.dropped]])
  }

  @Test func aFirstRunAdoptsWhatHadBegun() {
    #expect(walk([.exception(mark(-3, 0))], firstRun: true).happenings == [[.adopted]])
    #expect(walk([.exception(mark(0))], firstRun: true).happenings == [[.fired]])
  }

  @Test func remindersStopWhenSomebodyHasIt() throws {
    var policy = AlertPolicy()
    policy.reminder = 50 * 86_400
    let (state, happenings) = walk((0..<5).map { .exception(mark(0, $0)) }, policy: policy)
    #expect(happenings == [[.fired], [], [.reminded], [], [.reminded]])
    let taken = try state.taking(.acknowledge, at: noon)
    #expect(taken.transitions.map(\.happening) == [.acknowledged])
    let later = walk(
      (5..<12).map { .exception(mark(0, $0)) } + [.over(mark(0, 11))], from: taken.state, policy: policy, starting: 5)
    #expect(later.happenings == Array(repeating: [], count: 7) + [[.resolved]])
  }

  @Test func aSnoozeEndsAloudAndOnlyWhileItLasts() throws {
    let fired = walk([.exception(mark(0))]).state
    let snoozed = try fired.taking(.snooze(until: noon + 45 * 86_400), at: noon).state
    #expect(snoozed.phase == .snoozed)
    #expect(
      walk([.exception(mark(0, 1)), .exception(mark(0, 2)), .exception(mark(0, 3))], from: snoozed, starting: 1)
        .happenings
        == [[], [.snoozeEnded], []])
    #expect(walk([.over(mark(0))], from: snoozed, starting: 1).happenings == [[.resolved]])
    #expect(throws: HorizonError.self) { try fired.taking(.snooze(until: noon), at: noon) }
  }

  @Test func aPersonsEndStandsUntilTheExceptionHasEnded() throws {
    for action in [AlertAction.resolve, .rebase] {
      let fired = walk([.exception(mark(0))]).state
      let ended = try fired.taking(action, at: noon)
      #expect(ended.state.phase == .resolved)
      let (state, happenings) = walk(
        [.exception(mark(0, 1)), .exception(mark(0, 2)), .ordinary, .exception(mark(4))], from: ended.state, starting: 1
      )
      #expect(happenings == [[], [], [], [.fired]])
      #expect(state.episode == 2)
      #expect(throws: HorizonError.self) { try ended.state.taking(action, at: noon) }
    }
  }

  @Test func anAcknowledgementOutlastsAGapInTheFigures() throws {
    let lost = walk([.exception(mark(0)), .unknown(reason: "missing")]).state
    let taken = try lost.taking(.acknowledge, at: noon).state
    #expect(taken.phase == .noData && taken.standing == .acknowledged)
    let (state, happenings) = walk([.exception(mark(0, 2))], from: taken, starting: 2)
    #expect(happenings == [[.regained]] && state.phase == .acknowledged)
  }

  /// Thousands of random walks: what must hold whatever comes.
  @Test func everyWalkKeepsAccount() throws {
    var generator = SplitMix(state: 18)
    for _ in 0..<3000 {
      var state = AlertState()
      var told: [Int: [Happening]] = [:]
      var policy = AlertPolicy()
      policy.confirmation = Int.random(in: 1...3, using: &generator)
      policy.reminder = Bool.random(using: &generator) ? 40 * 86_400 : nil
      var onset: Int?
      for i in 0..<24 {
        let now = noon + i * 30 * 86_400
        let context = AlertContext(now: now, period: Self.month + i)
        if Int.random(in: 0..<6, using: &generator) == 0, state.phase.isOpen {
          let actions: [AlertAction] = [
            .acknowledge, .snooze(until: now + 70 * 86_400), .resolve, .rebase, .note,
          ]
          let action = actions[Int.random(in: 0..<actions.count, using: &generator)]
          let step = try state.taking(action, at: now)
          told[step.state.episode, default: []] += step.transitions.map(\.happening)
          state = step.state
        }
        let verdict: AlertVerdict
        switch (onset, Int.random(in: 0..<10, using: &generator)) {
        case (_, 0): verdict = .unknown(reason: "missing")
        case (nil, 1...3):
          onset = i
          verdict = .exception(mark(i))
        case (let from?, 1...2):
          onset = nil
          verdict = .over(mark(from, i))
        case (_?, 3):
          onset = nil
          verdict = .ordinary
        case (let from?, _): verdict = .exception(mark(from, i))
        case (nil, _): verdict = .ordinary
        }
        let step = state.taking(verdict, context, policy, judgedFrom: Self.month - 12)
        #expect(step.transitions.count <= 3)
        if case .unknown = verdict { #expect(step.transitions.allSatisfy { !$0.happening.isTold }) }
        for transition in step.transitions { told[transition.episode, default: []].append(transition.happening) }
        if let last = step.transitions.last { #expect(last.sequence == step.state.sequence) }
        // The same verdict again changes nothing.
        let again = step.state.taking(verdict, context, policy, judgedFrom: Self.month - 12)
        #expect(again.transitions == [] && again.state == step.state)
        #expect((step.state.phase == .noData) == (step.state.before != nil))
        state = step.state
      }
      for (_, happenings) in told {
        let news = happenings.count { $0 == .fired || $0 == .adopted }
        let ends = happenings.count { [.resolved, .newNormal, .withdrawn, .closed, .rebased].contains($0) }
        #expect(news <= 1 && ends <= 1)
        // Nothing ends aloud that was not told; a pending one that a person ended is the person's own doing.
        if ends == 1 && news == 0 {
          #expect(happenings.contains { [.closed, .rebased, .acknowledged, .snoozed].contains($0) })
        }
      }
    }
  }

  @Test func momentsReadBack() {
    for text in ["1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2026-11-28T09:30:05Z", "2028-02-29T23:59:59Z"] {
      #expect(Moment(text)?.text == text)
    }
    #expect(Moment("2026-11-28")?.text == "2026-11-28T00:00:00Z")
    for text in ["", "2026-02-30", "2026-11-28T24:00:00Z", "2026-11-28T09:30:05", "2026-11-28T09:30", "yesterday"] {
      #expect(Moment(text) == nil)
    }
  }
}

/// A small generator with a seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
