import NumericCore
import Parallelism
import TimeSeries

extension ExceptionDetector {
  /// Judges each of the last periods of the panel's span of every series, using only data up to and including it.
  ///
  /// A period is compared with the predictive distribution of a seasonal log-linear negative-binomial regression of the
  /// series' own past (Farrington et al. 1996; Noufaily et al. 2013; Salmon, Schumacher & Höhle 2016): level, trend,
  /// annual harmonics and known steps with ridge priors, older history forgotten with a half-life of six years (three for weeks and days), a
  /// guard gap before the tested period, days in the month as exposure (to a power near 1), past outliers and runs of them on either side
  /// given less weight. The periods in the gap are judged along with the tested one: see ``WindowScan``.
  /// The dispersion is shrunk towards that of the series of the same measure; series without a measure stand alone.
  /// Proportions and values have tests of their own: see ``testsOfSharesAndValues(_:_:)``.
  ///
  /// With fewer than two seasons of baseline (24 months) the regression has a level only; with fewer than 12 observed
  /// baseline periods, in a masked window, just after a step, or for a missing or partial period, there is no verdict and `reason` says
  /// why.
  ///
  /// - Returns: `last` tests a series: by series in panel order, then by period. Empty for an empty panel.
  public func run(_ panel: Panel) async throws -> [PeriodTest] {
    try await judge(panel, keepsBaselines: false).tests.flatMap { $0 }
  }

  /// The same with what the verdicts rest on, for what is built on them.
  ///
  /// - Parameter keepsBaselines: whether the judgement has baselines and dispersions, which outweigh the verdicts.
  func judge(_ panel: Panel, keepsBaselines: Bool = true) async throws -> Judgement {
    guard let span = panel.span, last > 0, !panel.series.isEmpty else { return Judgement() }
    let judged = (0..<min(last, span.upperBound - span.lowerBound + 1)).reversed().map { span.upperBound - $0 }
    let series = panel.series
    let settings = self.settings
    let first = series.reduce(span.lowerBound.ordinal) { min($0, $1.start.ordinal) }
    let calendar = BaselineCalendar(
      frequency: panel.frequency, ordinals: first...span.upperBound.ordinal, settings: settings)
    var judgement = Judgement(periods: judged)
    var tests: [[PeriodTest]]
    if keepsBaselines {
      (judgement.baselines, judgement.dispersions, tests) = try await verdicts(series, judged, calendar)
    } else {
      // Dispersions are shrunk within a measure: whole measures, a batch at a time.
      tests = [[PeriodTest]](repeating: [], count: series.count)
      for batch in batches(series) {
        let made = try await verdicts(batch.map { series[$0] }, judged, calendar).tests
        for (index, verdicts) in zip(batch, made) { tests[index] = verdicts }
      }
    }
    for (index, others) in try await testsOfSharesAndValues(panel, judged) { tests[index] = others }
    markReporting(&tests, panel)
    let families = FamilySelection.families(series)
    for p in judged.indices {
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

  /// Baselines, dispersions and verdicts of series that hold all of each measure among them.
  private func verdicts(
    _ series: [Series], _ judged: [Period], _ calendar: BaselineCalendar
  ) async throws -> (
    baselines: [[Result<BaselineFit, NotTested>]], dispersions: [[PooledDispersion?]], tests: [[PeriodTest]]
  ) {
    let (interventions, completeness, settings, alpha) = (interventions, completeness, settings, alpha)
    let baselines = try await parallelMap(count: series.count, threads: threads, grain: 4) { index in
      let one = series[index]
      let known = interventions[one.key].filter { $0.start.frequency == one.start.frequency }
      return baselinesOf(one, judged, known, calendar, settings)
    }
    let dispersions = pool(series, baselines, periods: judged.count)
    let tests = try await parallelMap(count: series.count, threads: threads, grain: 4) { index in
      judged.indices.map { p in
        let baseline = baselines[index][p].map { fit in
          fit.reported(judged[p]) { completeness[series[index].key, $0] }
        }
        return verdict(series[index], judged[p], baseline, dispersions[index][p], alpha, settings)
      }
    }
    return (baselines, dispersions, tests)
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
}

/// Verdicts on the latest periods of a panel and what they rest on: by series in panel order, then by period.
struct Judgement: Sendable {
  var periods: [Period] = []
  var baselines: [[Result<BaselineFit, NotTested>]] = []
  var dispersions: [[PooledDispersion?]] = []
  var tests: [[PeriodTest]] = []
}

/// The baselines of the judged periods of one series, each from what was known at its end.
func baselinesOf(
  _ series: Series, _ judged: [Period], _ interventions: [Intervention],
  _ calendar: BaselineCalendar, _ settings: BaselineSettings
) -> [Result<BaselineFit, NotTested>] {
  guard series.kind == .count, let latest = judged.last else {
    return judged.map { _ in .failure(NotTested("it is not a count")) }
  }
  let history = BaselineHistory(series.trusted, interventions: interventions, through: latest)
  // Beyond 2^53 neighbouring whole numbers cannot be told apart.
  let invalid = series.values.firstIndex { $0 < 0 || $0 > 0x1p53 }.map { series.start + $0 }
  var fitters: [BaselineTerms: BaselineFitter] = [:]
  return judged.map { period in
    if let mask = interventions.first(where: { $0.masks(period) }) {
      return .failure(NotTested("it lies in a period known not to be typical (\(mask.label))"))
    }
    guard series[period] != nil else { return .failure(NotTested("no figure has been recorded for it")) }
    guard !series.isPartial(period) else { return .failure(NotTested("its figure seems to cover only part of it")) }
    if let invalid, invalid <= period {
      return .failure(NotTested("the series holds values that are not counts"))
    }
    return history.terms(tested: period, interventions: interventions, settings: settings).flatMap { terms in
      var fitter =
        fitters.removeValue(forKey: terms)
        ?? BaselineFitter(
          BaselineDesign(history: history, calendar: calendar, terms: terms, settings: settings), settings: settings)
      defer { fitters[terms] = fitter }
      return fitter.fit(tested: period)
    }
  }
}

/// Shrinks dispersions within each measure, period by period. Pools run in the order of their keys, so that the sums do
/// not depend on the order of the series.
func pool(
  _ series: [Series], _ baselines: [[Result<BaselineFit, NotTested>]], periods: Int
) -> [[PooledDispersion?]] {
  var pooled = [[PooledDispersion?]](
    repeating: [PooledDispersion?](repeating: nil, count: periods), count: series.count)
  let order = series.indices.sorted { (series[$0].key, $0) < (series[$1].key, $1) }
  var members: [String: [Int]] = [:]
  var groups: [[Int]] = []
  for index in order {
    if let measure = series[index].key.measure {
      members[measure, default: []].append(index)
    } else {
      groups.append([index])
    }
  }
  groups += members.keys.sorted().compactMap { members[$0] }
  for group in groups {
    for p in 0..<periods {
      let fitted = group.compactMap { index -> (Int, DispersionEstimate)? in
        guard case .success(let fit) = baselines[index][p] else { return nil }
        return (index, fit.dispersion)
      }
      for (member, dispersion) in zip(fitted, shrinkDispersions(fitted.map(\.1))) {
        pooled[member.0][p] = dispersion
      }
    }
  }
  return pooled
}

func verdict(
  _ series: Series, _ period: Period, _ baseline: Result<BaselineFit, NotTested>, _ dispersion: PooledDispersion?,
  _ alpha: Double, _ settings: BaselineSettings
) -> PeriodTest {
  let observed = series[period]
  switch (baseline, observed, dispersion) {
  case (.success(let fit), let observed?, let dispersion?):
    let scan = WindowScan(
      fit, dispersion, windows: settings.windows(period.frequency), clip: settings.clip)
    let predictive = scan.predictive
    let pValue = scan.upper.pValue
    let pLow = scan.lower.pValue
    let kind: PeriodTest.Kind =
      pValue < alpha ? higherKind(scan) : pLow < alpha ? .drop : .expected
    let length = kind.isHigher ? scan.upper.window : kind == .drop ? scan.lower.window : 1
    return PeriodTest(
      key: series.key, period: period, observed: observed, expected: predictive.mean,
      lower: predictive.quantile(alpha, known: (observed, scan.tails)),
      upper: predictive.quantile(1 - alpha, known: (observed, scan.tails)), pValue: pValue, pLow: pLow,
      qValue: .nan, qLow: .nan, kind: kind, flagged: pValue < alpha, window: length > 1 ? fit.window(length) : nil,
      baseline: .init(
        span: fit.span, periods: fit.periods, downWeighted: fit.downWeighted,
        size: dispersion.inverseSize > 0 ? 1 / dispersion.inverseSize : .infinity, model: fit.model),
      reason: nil)
  default:
    var reason = "there is no figure for it"
    if case .failure(let failure) = baseline { reason = failure.reason }
    return PeriodTest(
      key: series.key, period: period, observed: observed, expected: .nan, lower: .nan, upper: .nan, pValue: .nan,
      pLow: .nan, qValue: .nan, qLow: .nan, kind: .notTested, flagged: false, baseline: nil, reason: reason)
  }
}

/// What a high period looks like, by the window that weighs most in its p-value.
private func higherKind(_ scan: WindowScan) -> PeriodTest.Kind {
  switch scan.upper.window {
  case 1: .spike
  case 2, 3: .run
  default: scan.isRamp(window: scan.upper.window) ? .ramp : .shift
  }
}

extension BaselineFit {
  /// What the last `length` periods add up to.
  fileprivate func window(_ length: Int) -> PeriodTest.Window {
    var observed = 0.0
    var expected = 0.0
    for k in 0..<length {
      observed += counts[k]
      expected += means[k]
    }
    return PeriodTest.Window(periods: length, observed: observed, expected: expected)
  }
}
