import NumericCore
import Parallelism
import TimeSeries

/// Verdicts on the latest periods of a panel and what they rest on: by series in panel order, then by period.
struct Judgement: Sendable {
  var periods: [Period] = []
  var baselines: [[Result<BaselineFit, NotTested>]] = []
  var dispersions: [[PooledDispersion?]] = []
  var tests: [[PeriodTest]] = []
}

/// Judges counts: a baseline for each period from what was known at its end, dispersions shrunk within each measure, and a
/// verdict by the scan of the windows that end in the period.
struct CountJudge: Sendable {
  private let detector: ExceptionDetector
  private var settings: BaselineSettings { detector.settings }

  init(_ detector: ExceptionDetector) { self.detector = detector }

  /// Baselines, dispersions and verdicts of series that hold all of each measure among them.
  func verdicts(
    on series: [Series], _ judged: [Period], _ calendar: BaselineCalendar
  ) async throws -> (
    baselines: [[Result<BaselineFit, NotTested>]], dispersions: [[PooledDispersion?]], tests: [[PeriodTest]]
  ) {
    let baselines = try await parallelMap(count: series.count, threads: detector.threads, grain: 4) { index in
      let one = series[index]
      let known = detector.interventions[one.key].filter { $0.start.frequency == one.start.frequency }
      return self.baselines(of: one, judged, known, calendar)
    }
    let dispersions = CountJudge.pooled(series, baselines, periods: judged.count)
    let tests = try await parallelMap(count: series.count, threads: detector.threads, grain: 4) { index in
      judged.indices.map { p in verdict(series[index], judged[p], baselines[index][p], dispersions[index][p]) }
    }
    return (baselines, dispersions, tests)
  }

  /// The baselines of the judged periods of one series, each from what was known at its end.
  func baselines(
    of series: Series, _ judged: [Period], _ interventions: [Intervention], _ calendar: BaselineCalendar
  ) -> [Result<BaselineFit, NotTested>] {
    guard series.kind == .count, let latest = judged.last else {
      return judged.map { _ in .failure(NotTested("it is not a count")) }
    }
    let history = BaselineHistory(series.trusted, interventions: interventions, through: latest)
    // Beyond 2^53 neighbouring whole numbers cannot be told apart.
    let invalid = series.values.firstIndex { $0 < 0 || $0 > 0x1p53 }.map { series.start + $0 }
    var fitters: [BaselineTerms: BaselineFitter] = [:]
    return judged.map { period in
      if let reason = NotTested(series, period, interventions) { return .failure(reason) }
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
  static func pooled(
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

  /// The verdict on a period, by how much of the counts behind it had been reported.
  func verdict(
    _ series: Series, _ period: Period, _ baseline: Result<BaselineFit, NotTested>, _ dispersion: PooledDispersion?
  ) -> PeriodTest {
    let alpha = detector.alpha
    let baseline = baseline.map { fit in fit.reported(period) { detector.completeness[series.key, $0] } }
    switch (baseline, series[period], dispersion) {
    case (.success(let fit), let observed?, let dispersion?):
      let scan = WindowScan(
        fit, dispersion, windows: settings.windows(period.frequency), clip: settings.clip)
      let predictive = scan.predictive
      let pValue = scan.upper.pValue
      let pLow = scan.lower.pValue
      let kind: PeriodTest.Kind =
        pValue < alpha ? scan.higherKind : pLow < alpha ? .drop : .expected
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
      return PeriodTest(series, period, baseline)
    }
  }
}

extension WindowScan {
  /// What a high period looks like, by the window that weighs most in its p-value.
  fileprivate var higherKind: PeriodTest.Kind {
    switch upper.window {
    case 1: .spike
    case 2, 3: .run
    default: isRamp(window: upper.window) ? .ramp : .shift
    }
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
