import TimeSeries

/// The episodes of one series in one direction, period by period.
///
/// An episode opens with a flag that passes the run's filters. It goes on while periods stay below a laxer level
/// (``EpisodeSettings/keepFactor``) on its side of the expectation, is over after a few quiet ones in a row, and becomes
/// the new normal when a test against its own level no longer finds anything.
struct EpisodeTrack: Sendable {
  let isHigher: Bool
  private(set) var finished: [Episode] = []
  private(set) var open: Episode?
  /// First periods of levels that became normal.
  private(set) var steps: [Period] = []
  private var untested = 0
  /// Observed and expected of the judged periods since the last unusual one.
  private var pending = (judged: 0, observed: 0.0, expected: 0.0)
  private var strongest = 1.0

  init(isHigher: Bool) { self.isHigher = isHigher }

  /// What the baseline of `tested` must not learn from, or must take for a change of level. Nothing after the guard gap's
  /// begin, so that the windows of the scan still see the episode.
  func interventions(lastLearnt: Period) -> [Intervention] {
    var found = steps.filter { $0 <= lastLearnt }.map {
      Intervention(start: $0, effect: .step, note: "a new normal level")
    }
    if let open, open.onset <= lastLearnt {
      found.append(Intervention(start: open.onset, effect: .window(through: lastLearnt), note: "an open episode"))
    }
    return found
  }

  /// Whether an episode goes on.
  var isOpen: Bool { open != nil }

  /// Whether a level that has lasted might be the new normal.
  func mayRebase(at period: Period, after periods: Int) -> Bool { open.map { period - $0.onset >= periods } ?? false }

  /// Takes the verdict on the next period.
  ///
  /// - Parameters:
  ///   - passes: whether the run's filters let it open an episode.
  ///   - isNewNormal: whether it is as expected at the level of the open episode.
  mutating func take(
    _ test: PeriodTest, passes: Bool, q: Double, isNewNormal: Bool, keep: Double, quietPeriods: Int
  ) {
    guard test.kind != .notTested, let observed = test.observed else {
      untested += 1
      if open != nil, untested >= quietPeriods { close(.over, at: test.period) }
      return
    }
    untested = 0
    let p = isHigher ? test.pValue : test.pLow
    let isFlag = isHigher ? test.kind.isHigher : test.kind == .drop
    guard var episode = open else {
      if isFlag && passes { begin(test, q: q) }
      return
    }
    pending.judged += 1
    pending.observed += observed
    pending.expected += test.expected
    let edge = isHigher ? test.upper : test.lower
    let reach = isHigher ? observed - test.expected : test.expected - observed
    // After a large count its windows go on standing out for a while; a period belongs to the episode only if it is a good
    // part of the way to the edge of its own interval itself, and is quiet only if nothing stands out.
    if (isFlag || p < keep) && reach > 0 && reach >= abs(edge - test.expected) / 3 {
      episode.quiet = 0
      episode.last = test.period
      episode.latest = test
      episode.judged += pending.judged
      episode.observed += pending.observed
      episode.expected += pending.expected
      pending = (0, 0, 0)
      if isFlag {
        episode.flags += 1
        let lasting = test.kind == .shift || test.kind == .ramp
        if p < strongest || (lasting && episode.periods >= 4) { episode.shape = test.kind }
        strongest = min(strongest, p)
      }
    } else if !isFlag {
      episode.quiet += 1
    }
    episode.state = .continuing
    open = episode
    if episode.quiet >= quietPeriods {
      close(.over, at: test.period)
      return
    }
    // A level that has gone again is no new normal.
    if isNewNormal && episode.quiet == 0 {
      steps.append(episode.onset)
      close(.newNormal, at: test.period)
    }
  }

  private mutating func begin(_ test: PeriodTest, q: Double) {
    // A stretch does not reach back into an episode that was told before.
    let stretch = test.window.flatMap { window in
      finished.last.map { test.period - (window.periods - 1) > $0.last } ?? true ? window : nil
    }
    open = Episode(
      key: test.key, isHigher: isHigher, onset: test.period - ((stretch?.periods ?? 1) - 1), opened: test.period,
      last: test.period, closed: nil, shape: test.kind, state: .new, judged: stretch?.known ?? 1,
      observed: stretch?.observed ?? test.observed ?? .nan, expected: stretch?.expected ?? test.expected, flags: 1,
      opening: test, latest: test, openingQ: q)
    strongest = isHigher ? test.pValue : test.pLow
    pending = (0, 0, 0)
  }

  private mutating func close(_ state: Episode.State, at period: Period) {
    guard var episode = open else { return }
    episode.state = state
    episode.closed = period
    finished.append(episode)
    open = nil
    pending = (0, 0, 0)
  }

  /// Every episode, oldest first.
  var episodes: [Episode] { finished + (open.map { [$0] } ?? []) }
}
