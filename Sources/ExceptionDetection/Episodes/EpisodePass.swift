import NumericCore
import Parallelism
import TimeSeries

/// One pass over the periods of a run, oldest first, with what every series carries from one to the next.
struct EpisodePass: Sendable {
  let finder: EpisodeFinder
  let frequency: Frequency
  let series: [Series]
  private(set) var judgement: Judgement
  /// How many of the series are areas'; the rest are totals, which pool with nothing.
  let areas: Int
  let families: [[Int]]
  /// Rises and falls of every series.
  private(set) var tracks: [[EpisodeTrack]]
  /// Verdicts that know of episodes, by series and period.
  private(set) var tests: [[PeriodTest]]
  /// Whether a series has had an episode: most never do, and there is nothing to follow of them.
  private var hasBegun: [Bool]
  /// Of the areas.
  private let pools: DispersionPools

  init(
    finder: EpisodeFinder, frequency: Frequency, series: [Series], judgement: Judgement, areas: Int, families: [[Int]]
  ) {
    self.finder = finder
    self.frequency = frequency
    self.series = series
    self.judgement = judgement
    self.areas = areas
    self.families = families
    tracks = series.map { _ in [EpisodeTrack(isHigher: true), EpisodeTrack(isHigher: false)] }
    tests = judgement.tests
    hasBegun = series.map { _ in false }
    pools = DispersionPools(Array(series[..<areas]))
  }

  /// Judges one period of every series and lets its episodes take the verdict.
  mutating func advance(_ p: Int) async throws {
    let period = judgement.periods[p]
    let ranks = finder.detector.ranks
    if ranks {
      for (s, rate) in rates(p).enumerated() {
        judgement.tests[s][p].rate = rate
        tests[s][p].rate = rate
      }
    }
    let lastLearnt = period - finder.detector.settings.guardPeriods(frequency) - 1
    var feedback: [Int: [Intervention]] = [:]
    for s in series.indices where hasBegun[s] {
      let known = tracks[s].flatMap { $0.interventions(lastLearnt: lastLearnt) }
      if !known.isEmpty { feedback[s] = known }
    }
    let changed = feedback.keys.sorted()
    let revised = try await judgeAgain(changed, p) { feedback[$0] ?? [] }
    for (s, test) in zip(changed, revised) { tests[s][p] = test }
    if ranks { adjust(changed, p) }
    let rebase = finder.settings.rebasePeriods(frequency)
    let candidates = changed.filter { s in tracks[s].contains { $0.mayRebase(at: period, after: rebase) } }
    let trials = try await judgeAgain(candidates, p) { s -> [Intervention] in
      let levels = tracks[s].compactMap(\.open).map {
        Intervention(start: $0.onset, effect: .step, note: "the level of an open episode")
      }
      return (feedback[s] ?? []).filter { $0.effect == .step } + levels
    }
    let trial = Dictionary(uniqueKeysWithValues: zip(candidates, trials))
    if ranks && !changed.isEmpty {
      for (s, rate) in rates(p).enumerated() { tests[s][p].rate = rate }
    }
    let keep = finder.settings.keep(alpha: finder.detector.alpha)
    let quiet = finder.settings.quietPeriods(frequency)
    for s in series.indices {
      // Where nothing is open only a flag can change that.
      let kind = tests[s][p].kind
      if !hasBegun[s] && (kind == .expected || kind == .notTested) { continue }
      let test = tests[s][p]
      for t in tracks[s].indices {
        let isNormal =
          trial[s].map { trial in
            tracks[s][t].mayRebase(at: period, after: rebase) && trial.kind != .notTested
              && (tracks[s][t].isHigher ? trial.pValue : trial.pLow) >= keep
          } ?? false
        tracks[s][t].take(
          test, passes: holds(test, s, p), q: test.rate, isNewNormal: isNormal, keep: keep,
          quietPeriods: quiet)
        if tracks[s][t].isOpen { hasBegun[s] = true }
      }
    }
  }

  /// Whether a verdict may open an episode. Of a limit on the p-value the series' record has a say, where nothing else knows how far
  /// its level wanders: always as many periods of it, so that later runs agree.
  private func holds(_ test: PeriodTest, _ s: Int, _ p: Int) -> Bool {
    guard finder.rule.holds(test) else { return false }
    guard let limit = finder.rule.largestChance, !finder.detector.settings.foresees(frequency) else { return true }
    let past = judgement.tests[s][max(0, p - finder.settings.lookBack(frequency))..<p]
    return SeriesRecord(past, alpha: finder.detector.alpha).rescaled(test.kind == .drop ? test.pLow : test.pValue)
      <= limit
  }

  /// Gives the verdicts that were made again their q-values, over the areas or over the totals of the period.
  private mutating func adjust(_ changed: [Int], _ p: Int) {
    for group in [0..<areas, areas..<series.count] {
      let own = changed.filter(group.contains)
      guard !own.isEmpty else { continue }
      let high = benjaminiHochberg(group.map { tests[$0][p].pValue })
      let low = benjaminiHochberg(group.map { tests[$0][p].pLow })
      for s in own {
        tests[s][p].qValue = high[s - group.lowerBound]
        tests[s][p].qLow = low[s - group.lowerBound]
      }
    }
  }

  /// Smallest false-discovery rates of the current verdicts of a period, each in its own direction.
  private func rates(_ p: Int) -> [Double] {
    FamilySelection.rates(of: tests.map { $0[p] }, families: families)
  }

  /// Verdicts of some series on a period with what is known of their episodes; dispersions are shrunk with the pool's.
  private func judgeAgain(
    _ indices: [Int], _ p: Int, _ extra: (Int) -> [Intervention]
  ) async throws -> [PeriodTest] {
    guard !indices.isEmpty else { return [] }
    let detector = finder.detector
    let period = judgement.periods[p]
    let work = indices.map { s in
      (series[s], detector.interventions[series[s].key].filter { $0.start.frequency == frequency } + extra(s))
    }
    let judge = CountJudge(detector)
    let first = work.reduce(period.ordinal) { min($0, $1.0.start.ordinal) }
    let calendar = BaselineCalendar(frequency: frequency, ordinals: first...period.ordinal, settings: detector.settings)
    let fits = try await parallelMap(count: work.count, threads: detector.threads, grain: 4) { i in
      judge.baselines(of: work[i].0, [period], work[i].1, calendar)
    }
    let own = Dictionary(
      uniqueKeysWithValues: zip(indices, fits).map { s, fit in (s, (try? fit[0].get())?.dispersion) })
    var dispersions: [Int: PooledDispersion] = [:]
    let wanted = Set(indices)
    for pool in pools.members where pool.contains(where: wanted.contains) {
      DispersionPools.shrink(pool, { own[$0] ?? judgement.estimates[$0][p] }) { dispersions[$0] = $1 }
    }
    for s in indices where s >= areas { dispersions[s] = (own[s] ?? nil)?.unpooled }
    let windows = detector.settings.windows(frequency)
    return zip(indices, fits).map { s, fit in
      // Of shares and values the verdict stands: their tests know of no episodes.
      guard series[s].kind == .count else { return tests[s][p] }
      let dispersion = dispersions[s]
      // What is foreseen of an episode that goes on is from before it, and less and less sure.
      let onset = extra(s).filter { $0.effect != .step }.map(\.start).min()
      let foresight =
        onset == nil
        ? judgement.foresights[s][p]
        : judgement.courses[s].foresights([period], windows: windows, unseen: onset).first ?? nil
      var test = judge.verdict(
        series[s], period, fit[0], dispersion, judge.scan(series[s], period, fit[0], dispersion), foresight,
        judgement.opinions[s][p])
      test.reporting = judgement.tests[s][p].reporting
      return test
    }
  }

  /// What a series adds to an episode, over the judged periods of its stretch.
  func contribution(of index: Int, to episode: Episode) -> Story.Contribution {
    var observed = 0.0
    var expected = 0.0
    var variance = 0.0
    for test in tests[index] where test.period >= episode.onset && test.period <= episode.last {
      guard let count = test.observed, let baseline = test.baseline else { continue }
      observed += count
      expected += test.expected
      variance += test.expected * (1 + test.expected / baseline.size)
    }
    return Story.Contribution(area: series[index].key.area, observed: observed, expected: expected, variance: variance)
  }
}
