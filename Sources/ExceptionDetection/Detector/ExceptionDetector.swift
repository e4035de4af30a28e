import NumericCore
import Parallelism
import TimeSeries

/// Judges the latest periods of every series of a panel.
public struct ExceptionDetector: Sendable {
  /// One-sided significance level of a single test.
  public var alpha: Double
  /// Number of latest periods to judge, counted back from the panel's last period.
  public var last: Int
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// The interventions that concern a series.
  public var interventions: Interventions
  /// How much of a count had been reported when it was read; nil where that is all of it.
  public var completeness = ReportingCompleteness()
  /// This many of the newest periods are marked as figures that may still rise, where ``completeness`` knows nothing of them.
  public var caution = 0
  /// Series, for each thread, that are judged before the next are, as few whole measures as hold so many: what is worked
  /// out of a batch is done with then. Results do not depend on it.
  var batchSize = 64
  /// Whether verdicts are given q-values and rates among those of their period; without, they are NaN.
  var ranks = true
  /// Told how many of the series have been judged, after each batch.
  public var progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  /// What the baseline regression assumes.
  var settings = BaselineSettings()

  /// A detector.
  public init(
    alpha: Double = 0.01, last: Int = 3, threads: Int = 1,
    interventions: Interventions = Interventions()
  ) {
    self.alpha = alpha
    self.last = last
    self.threads = threads
    self.interventions = interventions
  }
}

extension ExceptionDetector {
  /// Judges each of the last periods of the panel's span of every series, using only data up to and including it.
  ///
  /// A month is compared with what the counts model foresaw of it from the months before (``CountsTrack``): its level wanders as far
  /// as the series, and those of its measure, have shown, so that wandering is no exception. It is judged alone and together with the
  /// months before it: see ``ForesightScan``. The second opinion is that of a seasonal log-linear negative-binomial regression of the
  /// series' own past (Farrington et al. 1996; Noufaily et al. 2013; Salmon, Schumacher & Höhle 2016): level, trend,
  /// annual harmonics and known steps with ridge priors, older history forgotten with a half-life of six years (three for weeks and days), a
  /// guard gap before the tested period, days in the month as exposure (to a power near 1), past outliers and runs of them on either side
  /// given less weight; the periods in the gap are judged along with the tested one: see ``WindowScan``. It counts as much as the series'
  /// own past bears it out: see ``SecondOpinion``. Of other periods than months it is the only one.
  /// The dispersion is shrunk towards that of the series of the same measure; series without a measure stand alone.
  /// Proportions and values have tests of their own: see ``testsOfSharesAndValues(_:_:)``.
  ///
  /// With fewer than two seasons of baseline (24 months) the regression has a level only; with fewer than 12 observed
  /// baseline periods, in a masked window, just after a step, or for a missing or partial period, there is no verdict and `reason` says
  /// why.
  ///
  /// - Returns: `last` tests a series: by series in panel order, then by period. Empty for an empty panel.
  public func run(_ panel: Panel) async throws -> [PeriodTest] {
    try await run(panel) { _ in true }.tests
  }

  /// The verdicts of ``run(_:)`` that `isKept` holds of, in its order, and a tally of all: of a large panel few are wanted, and the
  /// others need not be held.
  ///
  /// - Parameter isKept: asked of a verdict before its rates over all series are known.
  public func run(
    _ panel: Panel, keeping isKept: @escaping @Sendable (PeriodTest) -> Bool
  ) async throws -> (tests: [PeriodTest], tally: VerdictTally) {
    guard let scope = Scope(panel, last: last, settings) else { return ([], VerdictTally()) }
    let series = panel.series
    let judge = CountJudge(self)
    var verdicts = scope.judged.map { _ in PeriodVerdicts(count: series.count) }
    var kept = [[PeriodTest]](repeating: [], count: series.count)
    var tally = VerdictTally()
    func take(_ tests: [PeriodTest], of s: Int) {
      for (p, test) in tests.enumerated() {
        verdicts[p].set(s, test)
        tally.add(test)
      }
      kept[s] = tests.filter(isKept)
    }
    // Seasons and dispersions are shared within a measure: whole measures, a batch at a time.
    var done = 0
    for batch in batches(series) {
      let made = try await judge.judgement(
        on: batch.map { series[$0] }, scope.judged, scope.calendar, keeping: .verdicts
      ).tests
      for (index, tests) in zip(batch, made) where series[index].kind == .count { take(tests, of: index) }
      done += batch.count
      progress(done, series.count)
    }
    for (index, others) in try await testsOfSharesAndValues(panel, scope.judged) { take(others, of: index) }
    let families = FamilySelection.families(series)
    let first = scope.judged[0]
    for (p, verdict) in verdicts.enumerated() where ranks {
      let rates = verdict.rates(families: families)
      for s in kept.indices {
        for k in kept[s].indices where kept[s][k].period - first == p { kept[s][k].set(rates, s) }
      }
    }
    var tests = kept.flatMap { $0 }
    markReporting(&tests, newest: scope.newest)
    return (tests, tally)
  }

  /// All verdicts with what is asked for of what they rest on, for what is built on them.
  func judge(_ panel: Panel, keeping contents: Judgement.Contents = .all) async throws -> Judgement {
    guard let scope = Scope(panel, last: last, settings) else { return Judgement() }
    let series = panel.series
    var judgement = try await CountJudge(self).judgement(on: series, scope.judged, scope.calendar, keeping: contents)
    for (index, others) in try await testsOfSharesAndValues(panel, scope.judged) { judgement.tests[index] = others }
    for s in judgement.tests.indices { markReporting(&judgement.tests[s], newest: scope.newest) }
    let families = FamilySelection.families(series)
    for p in scope.judged.indices where ranks {
      var verdicts = PeriodVerdicts(count: series.count)
      for s in series.indices { verdicts.set(s, judgement.tests[s][p]) }
      let rates = verdicts.rates(families: families)
      for s in series.indices { judgement.tests[s][p].set(rates, s) }
    }
    return judgement
  }

  /// Which periods of a panel are judged.
  private struct Scope {
    let judged: [Period]
    let newest: Period
    let calendar: BaselineCalendar

    /// Nil where there is none.
    init?(_ panel: Panel, last: Int, _ settings: BaselineSettings) {
      guard let span = panel.span, last > 0, !panel.series.isEmpty else { return nil }
      newest = span.upperBound
      judged = (0..<min(last, span.upperBound - span.lowerBound + 1)).reversed().map { span.upperBound - $0 }
      let first = panel.series.reduce(span.lowerBound.ordinal) { min($0, $1.start.ordinal) }
      calendar = BaselineCalendar(
        frequency: panel.frequency, ordinals: first...span.upperBound.ordinal, settings: settings)
    }
  }

  /// Indices of the series, whole measures together, ``batchSize`` or a measure at a time.
  private func batches(_ series: [Series]) -> [[Int]] {
    var groups: [[Int]] = []
    var places: [String: Int] = [:]
    for (index, one) in series.enumerated() {
      if let measure = one.key.measure, let place = places[measure] {
        groups[place].append(index)
      } else {
        if let measure = one.key.measure { places[measure] = groups.count }
        groups.append([index])
      }
    }
    var batches: [[Int]] = []
    var size = 0
    for group in groups {
      if size == 0 || size >= batchSize * max(1, threads) {
        batches.append([])
        size = 0
      }
      batches[batches.count - 1] += group
      size += group.count
    }
    return batches
  }

  /// Says of every test how complete its figure is taken to be.
  private func markReporting(_ tests: inout [PeriodTest], newest: Period) {
    for t in tests.indices {
      let test = tests[t]
      if test.figure == .count, let known = completeness[test.key, test.period] {
        tests[t].reporting = .expected(share: known.share)
      } else if newest - test.period < caution {
        tests[t].reporting = .caution
      }
    }
  }
}

/// What the rates of the verdicts on one period are made of, by series.
private struct PeriodVerdicts {
  private var pValues: [Double]
  private var pLow: [Double]
  private var isDrop: [Bool]

  init(count: Int) {
    pValues = [Double](repeating: .nan, count: count)
    pLow = pValues
    isDrop = [Bool](repeating: false, count: count)
  }

  mutating func set(_ series: Int, _ test: PeriodTest) {
    pValues[series] = test.pValue
    pLow[series] = test.pLow
    isDrop[series] = test.kind == .drop
  }

  /// Rates over the series of the period, and over measures and areas.
  func rates(families: [[Int]]) -> (high: [Double], low: [Double], rates: [Double]) {
    (
      benjaminiHochberg(pValues), benjaminiHochberg(pLow),
      FamilySelection.rates(pValues, pLow, isDrop: isDrop, families: families)
    )
  }
}

extension PeriodTest {
  fileprivate mutating func set(_ rates: (high: [Double], low: [Double], rates: [Double]), _ series: Int) {
    qValue = rates.high[series]
    qLow = rates.low[series]
    rate = rates.rates[series]
  }
}
