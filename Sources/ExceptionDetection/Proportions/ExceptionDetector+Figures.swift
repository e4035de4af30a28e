import NumericCore
import Parallelism
import TimeSeries

extension ExceptionDetector {
  /// Judges the given periods of the panel's proportions and values, each from what was known at its end.
  ///
  /// A proportion is compared with the beta-binomial prediction of its own past (``ShareFit``, ``SharePrediction``), the correlation of
  /// its outcomes drawn towards that of the same measure elsewhere; a value with a unit with a Student t prediction (``ValueFit``).
  /// The period is judged alone: there are no windows, so that what is high is a `spike` and what is low a `drop`.
  ///
  /// - Returns: by index in the panel, one test a judged period; nothing for counts.
  func testsOfSharesAndValues(_ panel: Panel, _ judged: [Period]) async throws -> [(index: Int, tests: [PeriodTest])] {
    let series = panel.series
    let indices = series.indices.filter { series[$0].kind != .count }
    guard !indices.isEmpty else { return [] }
    let (interventions, settings, alpha) = (self.interventions, self.settings, self.alpha)
    let fits = try await parallelMap(count: indices.count, threads: threads, grain: 4) { k in
      let one = series[indices[k]]
      let known = interventions[one.key].filter { $0.start.frequency == panel.frequency }
      return judged.map { FigureFit.of(one, $0, known, settings) }
    }
    // Pools run in the order of their keys, so that sums do not depend on the order of the series.
    var members: [String: [Int]] = [:]
    for k in indices.indices.sorted(by: { (series[indices[$0]].key, $0) < (series[indices[$1]].key, $1) }) {
      let key = series[indices[k]].key
      members[key.measure.map { "m" + $0 } ?? "s\(k)", default: []].append(k)
    }
    var correlations = [[(value: Double, variance: Double)?]](
      repeating: [(value: Double, variance: Double)?](repeating: nil, count: judged.count), count: indices.count)
    for name in members.keys.sorted() {
      for p in judged.indices {
        let pool = (members[name] ?? []).compactMap { k -> (index: Int, fit: ShareFit)? in
          if case .success(.share(let fit)) = fits[k][p] { (k, fit) } else { nil }
        }
        let drawn = shrunk(pool.map(\.fit.correlation)) { pool[$0].fit.correlationVariance(ifTrue: $1) }
        for (member, value) in zip(pool, drawn) { correlations[member.index][p] = value }
      }
    }
    return indices.indices.map { k in
      let tests = judged.indices.map { p in
        verdict(series[indices[k]], judged[p], fits[k][p], correlations[k][p], alpha)
      }
      return (indices[k], tests)
    }
  }
}

/// The past of a series that is not a count.
private enum FigureFit: Sendable {
  case share(ShareFit)
  case value(ValueFit)

  static func of(
    _ series: Series, _ period: Period, _ interventions: [Intervention], _ settings: BaselineSettings
  ) -> Result<FigureFit, NotTested> {
    if let reason = NotTested(series, period, interventions) { return .failure(reason) }
    let history = BaselineHistory(series.trusted, interventions: interventions, through: period)
    let latest = period.ordinal - settings.guardPeriods(period.frequency) - 1
    let past = zip(history.ordinals, history.counts).filter { $0.0 <= latest }
    return history.terms(tested: period, interventions: interventions, settings: settings).flatMap { terms in
      let failed = NotTested("its baseline could not be fitted")
      guard let denominators = series.denominators else {
        guard let fit = ValueFit(rows: past.map { ($0, $1) }, terms: terms, tested: period, settings: settings) else {
          return .failure(failed)
        }
        return .success(.value(fit))
      }
      let rows = past.compactMap { ordinal, value -> (ordinal: Int, successes: Double, trials: Double)? in
        let trials = denominators[ordinal - series.start.ordinal]
        guard trials > 0, value >= 0, value <= 1 else { return nil }
        return (ordinal, (value * trials).rounded(), trials)
      }
      guard rows.count >= settings.minimumPeriods, denominators[period - series.start] > 0 else {
        return .failure(NotTested("too few \(period.frequency.noun)s before it have a whole to be a share of"))
      }
      let design = TermRows(terms, tested: period, settings: settings, unit: 1)
      guard let fit = ShareFit(rows: rows, terms: design, tested: period, settings: settings) else {
        return .failure(failed)
      }
      return .success(.share(fit))
    }
  }
}

private func verdict(
  _ series: Series, _ period: Period, _ fit: Result<FigureFit, NotTested>,
  _ correlation: (value: Double, variance: Double)?,
  _ alpha: Double
) -> PeriodTest {
  let offset = period - series.start
  let whole = series.denominators.flatMap { $0.indices.contains(offset) && $0[offset].isFinite ? $0[offset] : nil }
  let figure: PeriodTest.Figure = series.kind == .proportion ? .share(of: whole) : .value
  func judged(
    _ tails: (lower: Double, upper: Double), _ expected: Double, _ lower: Double, _ upper: Double,
    _ baseline: PeriodTest.Baseline
  ) -> PeriodTest {
    let kind: PeriodTest.Kind = tails.upper < alpha ? .spike : tails.lower < alpha ? .drop : .expected
    var test = PeriodTest(
      key: series.key, period: period, observed: series[period], expected: expected, lower: lower, upper: upper,
      pValue: tails.upper, pLow: tails.lower, qValue: .nan, qLow: .nan, kind: kind, flagged: tails.upper < alpha,
      baseline: baseline, reason: nil)
    test.figure = figure
    return test
  }
  switch (fit, series[period], whole, correlation) {
  case (.success(.share(let fit)), let observed?, let trials?, let correlation?):
    let prediction = SharePrediction(
      trials: trials, logOdds: fit.logOdds, logOddsVariance: fit.logOddsVariance,
      correlation: (correlation.value, correlation.variance.squareRoot()))
    return judged(
      prediction.midTails((observed * trials).rounded()), prediction.mean, prediction.quantile(alpha),
      prediction.quantile(1 - alpha),
      .init(
        span: fit.span, periods: fit.periods, downWeighted: fit.downWeighted, size: prediction.size, model: fit.model))
  case (.success(.value(let fit)), let observed?, _, _):
    return judged(
      fit.tails(observed), fit.mean, fit.quantile(alpha), fit.quantile(1 - alpha),
      .init(
        span: fit.span, periods: fit.periods, downWeighted: fit.downWeighted, size: .infinity, model: fit.model))
  default:
    var test = PeriodTest(series, period, fit)
    test.figure = figure
    return test
  }
}
