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
    try await judge(panel, keeping: .verdicts).tests.flatMap { $0 }
  }

  /// The same with what the verdicts rest on, for what is built on them.
  ///
  func judge(_ panel: Panel, keeping contents: Judgement.Contents = .all) async throws -> Judgement {
    guard let span = panel.span, last > 0, !panel.series.isEmpty else { return Judgement() }
    let judged = (0..<min(last, span.upperBound - span.lowerBound + 1)).reversed().map { span.upperBound - $0 }
    let series = panel.series
    let judge = CountJudge(self)
    let first = series.reduce(span.lowerBound.ordinal) { min($0, $1.start.ordinal) }
    let calendar = BaselineCalendar(
      frequency: panel.frequency, ordinals: first...span.upperBound.ordinal, settings: settings)
    var judgement = Judgement(periods: judged)
    var tests: [[PeriodTest]]
    if contents != .verdicts {
      judgement = try await judge.judgement(on: series, judged, calendar, keeping: contents)
      tests = judgement.tests
      judgement.tests = []
    } else {
      // Seasons and dispersions are shared within a measure: whole measures, a batch at a time.
      tests = [[PeriodTest]](repeating: [], count: series.count)
      for batch in batches(series) {
        let made = try await judge.judgement(
          on: batch.map { series[$0] }, judged, calendar, keeping: contents
        ).tests
        for (index, verdicts) in zip(batch, made) { tests[index] = verdicts }
      }
    }
    for (index, others) in try await testsOfSharesAndValues(panel, judged) { tests[index] = others }
    markReporting(&tests, panel)
    let families = FamilySelection.families(series)
    for p in judged.indices where ranks {
      let rates = FamilySelection.rates(of: tests.map { $0[p] }, families: families)
      let high = benjaminiHochberg(tests.map { $0[p].pValue })
      let low = benjaminiHochberg(tests.map { $0[p].pLow })
      for s in tests.indices {
        tests[s][p].qValue = high[s]
        tests[s][p].qLow = low[s]
        tests[s][p].rate = rates[s]
      }
    }
    judgement.tests = tests
    return judgement
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
  private func markReporting(_ tests: inout [[PeriodTest]], _ panel: Panel) {
    guard let newest = panel.span?.upperBound else { return }
    for s in tests.indices {
      for p in tests[s].indices {
        let test = tests[s][p]
        if test.figure == .count, let known = completeness[test.key, test.period] {
          tests[s][p].reporting = .expected(share: known.share)
        } else if newest - test.period < caution {
          tests[s][p].reporting = .caution
        }
      }
    }
  }
}
