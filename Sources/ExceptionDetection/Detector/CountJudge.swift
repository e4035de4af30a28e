import Forecasting
import NumericCore
import Parallelism
import TimeSeries

/// Verdicts on the latest periods of a panel and what they rest on: by series in panel order, then by period.
struct Judgement: Sendable {
  /// What is kept beside the verdicts: nothing, what episodes follow from, or the baselines too, which outweigh everything else.
  enum Contents { case verdicts, episodes, all }

  var periods: [Period] = []
  /// Empty unless all is kept.
  var baselines: [[Result<BaselineFit, NotTested>]] = []
  /// The baselines' own dispersions; nil where there is no baseline.
  var estimates: [[DispersionEstimate?]] = []
  var dispersions: [[PooledDispersion?]] = []
  /// One a series: what can be foreseen of it.
  var courses: [ForesightCourse] = []
  var foresights: [[Foresight?]] = []
  /// How far the regression may be believed.
  var opinions: [[SecondOpinion]] = []
  var tests: [[PeriodTest]] = []
}

extension Judgement {
  /// Adds series that were judged over the same periods.
  mutating func append(_ other: Judgement) {
    baselines += other.baselines
    estimates += other.estimates
    dispersions += other.dispersions
    courses += other.courses
    foresights += other.foresights
    opinions += other.opinions
    tests += other.tests
  }
}

/// Judges counts: what was foreseen of each period from before it, and as a second opinion a baseline that left out the periods just
/// before it, dispersions shrunk within each measure.
struct CountJudge: Sendable {
  private let detector: ExceptionDetector
  private var settings: BaselineSettings { detector.settings }

  init(_ detector: ExceptionDetector) { self.detector = detector }

  /// What verdicts on series that hold all of each measure among them rest on, and the verdicts.
  func judgement(
    on series: [Series], _ judged: [Period], _ calendar: BaselineCalendar, keeping contents: Judgement.Contents
  ) async throws -> Judgement {
    var judgement = Judgement(periods: judged)
    let known = series.map { one in
      detector.interventions[one.key].filter { $0.start.frequency == one.start.frequency }
    }
    let completeness = detector.completeness
    judgement.courses = series.indices.map { s in
      let key = series[s].key
      return ForesightCourse(series[s], known[s]) { completeness[key, $0] }
    }
    judgement.foresights = series.map { _ in judged.map { _ in nil } }
    let windows = settings.windows(calendar.frequency)
    let counts = series.indices.filter { series[$0].kind == .count }
    let foresees = settings.foresees(calendar.frequency)
    if foresees, let first = judged.first, let last = judged.last, !counts.isEmpty {
      let courses = counts.map { judgement.courses[$0] }
      let tracks = try await CountsTrack.tracks(
        counts.count, (first - (windows - 1))...last, threads: detector.threads
      ) { courses[$0].learnt(for: $1) }
      let made = try await parallelMap(count: counts.count, threads: detector.threads, grain: 4) { i in
        let course = courses[i].following(tracks[i])
        return (course, course.foresights(judged, windows: windows))
      }
      for (s, (course, foresights)) in zip(counts, made) {
        judgement.courses[s] = course
        judgement.foresights[s] = foresights
      }
    }

    // Some earlier periods say how far the regression may be believed.
    let earlier = foresees ? SecondOpinion.earlier(judged, since: series.map(\.start).min()) : []
    let looked = (judged + earlier).sorted()
    let places = judged.compactMap { looked.firstIndex(of: $0) }
    let fitted = try await parallelMap(count: series.count, threads: detector.threads, grain: 4) { index in
      let fits = self.baselines(of: series[index], looked, known[index], calendar)
      return (
        fits: Handoff(fits), estimates: fits.map { (try? $0.get())?.dispersion },
        kept: contents == .all ? places.map { fits[$0] } : []
      )
    }
    let estimates = fitted.map(\.estimates)
    let dispersions = CountJudge.pooled(series, estimates, periods: looked.count)
    if contents == .all { judgement.baselines = fitted.map(\.kept) }
    judgement.estimates = estimates.map { row in places.map { row[$0] } }
    judgement.dispersions = dispersions.map { row in places.map { row[$0] } }
    let foresights = judgement.foresights
    // Which of the scores looked at are before a period, and not too long before it.
    let scored = looked.indices.filter { SecondOpinion.isLookedAt(looked[$0]) }
    let earlierScores = judged.map { period in
      scored.count { period - looked[$0] > SecondOpinion.back }..<scored.count { looked[$0] < period }
    }
    let made = try await parallelMap(count: series.count, threads: detector.threads, grain: 4) { s in
      // Handed over by the pass before, which made one of every series.
      let fits = fitted[s].fits.take() ?? looked.map { _ in .failure(NotTested("its baseline is gone")) }
      let scans = looked.indices.map { scan(series[s], looked[$0], fits[$0], dispersions[s][$0]) }
      let past = scored.map { at in scans[at].map { Foresight.score(upper: $0.upper.pValue) } ?? .nan }
      let opinions = zip(judged.indices, places).map { p, place in
        let period = judged[p]
        return SecondOpinion(
          past[earlierScores[p]],
          isSharp: (try? fits[place].get())?.isSharp(period, windows: windows) ?? false,
          drifted: drifted(foresights[s][p], scans[place], period.frequency))
      }
      let tests = judged.indices.map { p in
        verdict(
          series[s], judged[p], fits[places[p]], dispersions[s][places[p]], scans[places[p]], foresights[s][p],
          opinions[p])
      }
      return (opinions, tests)
    }
    judgement.opinions = made.map(\.0)
    judgement.tests = made.map(\.1)
    return judgement
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
    var terms: [BaselineTerms] = []
    var fitters: [BaselineFitter] = []
    return judged.map { period in
      if let reason = NotTested(series, period, interventions) { return .failure(reason) }
      if let invalid, invalid <= period {
        return .failure(NotTested("the series holds values that are not counts"))
      }
      return history.terms(tested: period, interventions: interventions, settings: settings).flatMap { wanted in
        let place = terms.lastIndex(of: wanted) ?? terms.count
        if place == terms.count {
          terms.append(wanted)
          fitters.append(
            BaselineFitter(
              BaselineDesign(history: history, calendar: calendar, terms: wanted, settings: settings),
              settings: settings))
        }
        return fitters[place].fit(tested: period)
      }
    }
  }

  /// Dispersions shrunk within each measure, period by period.
  private static func pooled(
    _ series: [Series], _ estimates: [[DispersionEstimate?]], periods: Int
  ) -> [[PooledDispersion?]] {
    var pooled = [[PooledDispersion?]](
      repeating: [PooledDispersion?](repeating: nil, count: periods), count: series.count)
    for pool in DispersionPools(series).members {
      for p in 0..<periods {
        DispersionPools.shrink(pool, { estimates[$0][p] }) { pooled[$0][p] = $1 }
      }
    }
    return pooled
  }

  /// The regression's view of a period, by how much of the counts behind it had been reported; nil where there is none.
  func scan(
    _ series: Series, _ period: Period, _ baseline: Result<BaselineFit, NotTested>, _ dispersion: PooledDispersion?
  ) -> WindowScan? {
    guard case .success(let fit) = baseline, let dispersion, series[period] != nil else { return nil }
    return WindowScan(
      fit.reported(period) { detector.completeness[series.key, $0] }, dispersion,
      windows: settings.windows(period.frequency), clip: settings.clip)
  }

  /// By how much a level that wanders over the guard gap, as that of the series is held to, widens the regression's prediction.
  private func drifted(_ foresight: Foresight?, _ scan: WindowScan?, _ frequency: Frequency) -> Double {
    guard let foresight, let predictive = scan?.predictive, predictive.variance > 0 else { return 1 }
    let level = predictive.mean * predictive.mean * foresight.wander * Double(settings.guardPeriods(frequency))
    return (1 + level / predictive.variance).squareRoot()
  }

  /// The verdict on a period.
  func verdict(
    _ series: Series, _ period: Period, _ baseline: Result<BaselineFit, NotTested>, _ dispersion: PooledDispersion?,
    _ scan: WindowScan?, _ foresight: Foresight?, _ opinion: SecondOpinion
  ) -> PeriodTest {
    guard case .success(let fit) = baseline, let observed = series[period], let dispersion, let scan else {
      return PeriodTest(series, period, baseline)
    }
    let alpha = detector.alpha
    let windows = settings.windows(period.frequency)
    let joint = JointTest(scan, fit, foresight, opinion, windows: windows, clip: settings.clip)
    let predictive = joint.predictive
    let tails = predictive.allTails(observed)
    let lower = predictive.quantile(alpha, known: (observed, tails))
    let upper = predictive.quantile(1 - alpha, known: (observed, tails))
    let pValue = joint.upper.pValue
    let pLow = joint.lower.pValue
    let isWithin = observed >= lower && observed <= upper
    let isHigher = pValue < alpha
    var kind = PeriodTest.Kind.expected
    var window: PeriodTest.Window?
    if isHigher || pLow < alpha {
      // A count within its range does not stand out alone, whatever the second opinion made of it.
      let part = (isHigher ? joint.upper : joint.lower).strongest(together: isWithin && foresight != nil)
      if part.window > 1 {
        window = part.isSecond ? fit.window(part.window) : foresight?.window(part.window)
      }
      kind = isHigher ? joint.higherKind(part) : .drop
    }
    let excess = predictive.variance - predictive.mean
    let span = foresight?.span ?? fit.span
    return PeriodTest(
      key: series.key, period: period, observed: observed, expected: predictive.mean, lower: lower, upper: upper,
      pValue: pValue, pLow: pLow, qValue: .nan, qLow: .nan, kind: kind, flagged: isHigher,
      window: window,
      baseline: .init(
        span: span, periods: foresight?.learnt ?? fit.periods, downWeighted: fit.unusual.filter(span.contains),
        size: foresight == nil
          ? (dispersion.inverseSize > 0 ? 1 / dispersion.inverseSize : .infinity)
          : (excess > 0 ? predictive.mean * predictive.mean / excess : .infinity), model: fit.model),
      reason: nil)
  }
}

extension BaselineFit {
  /// What the last `length` periods add up to.
  func window(_ length: Int) -> PeriodTest.Window {
    var observed = 0.0
    var expected = 0.0
    var known = 0
    for k in 0..<length {
      known += means[k] > 0 ? 1 : 0
      observed += counts[k]
      expected += means[k]
    }
    return PeriodTest.Window(periods: length, known: known, observed: observed, expected: expected)
  }
}

extension Foresight {
  /// What the last `length` periods add up to.
  func window(_ length: Int) -> PeriodTest.Window {
    var sums = (known: 0, observed: 0.0, expected: 0.0)
    for k in 0..<length {
      sums.known += scores[k].isFinite ? 1 : 0
      sums.observed += observed[k]
      sums.expected += expected[k]
    }
    return .init(periods: length, known: sums.known, observed: sums.observed, expected: sums.expected)
  }
}
