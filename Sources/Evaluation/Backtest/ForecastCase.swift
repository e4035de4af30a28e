import Forecasting
import TimeSeries

/// A forecast of one series from one origin beside what happened, step by step. Steps whose actual value is missing score
/// NaN and are left out of everything.
struct ForecastCase: Sendable {
  /// What one step scored, in the units of the series or, where it says so, none.
  struct Step: Sendable {
    /// The actual value; NaN where it is missing.
    var actual = Double.nan
    /// |y - median|.
    var absolute = Double.nan
    /// mean - y.
    var bias = Double.nan
    /// Symmetric percentage error of the median.
    var percentage = Double.nan
    /// The same two of the ``naive2(history:seasonLength:horizon:)`` forecast.
    var naiveAbsolute = Double.nan
    var naivePercentage = Double.nan
    /// |y - the same period of the last year that was known|; NaN where that is missing.
    var lastYear = Double.nan
    /// Twice the mean pinball loss of the median and both ends of every level asked for.
    var pinball = Double.nan
    /// Continuous ranked probability score.
    var ranked = Double.nan
    /// Log score; NaN where the series is none of counts.
    var log = Double.nan
    /// P(Y < y) and P(Y <= y).
    var below = Double.nan
    var upTo = Double.nan
    /// Whether the last four are of the distribution itself, not of its quantiles.
    var isExact = false
  }

  /// The series.
  let key: SeriesKey
  /// Whether it is one of counts.
  let isCount: Bool
  /// What its errors are measured in.
  let scale: NaiveScale
  /// Mean of its history.
  let mean: Double
  /// One element a step of the horizon.
  let steps: [Step]
  /// Of each level, whether its interval held the actual value (1 or 0), one a step; NaN where it is missing.
  let hits: [[Double]]
  /// Of each level, the interval score, one a step.
  let intervalScores: [[Double]]
  /// Why the model asked for did not make the forecast; nil if it did.
  let fallbackReason: String?

  /// Scores a forecast that begins in the period after `history` ends.
  ///
  /// - Parameters:
  ///   - actual: values of the periods ahead, NaN where missing.
  ///   - levels: of the intervals to score; the forecast has more of them than these.
  ///   - hasDensity: whether the forecast has quantiles enough for scores of its whole distribution.
  /// - Returns: nil if nothing was forecast or nothing happened that could be compared.
  init?(_ result: SeriesForecast, history: Series, actual: [Double], levels: [Double], hasDensity: Bool = true) {
    let forecast = result.forecast
    let horizon = min(actual.count, forecast.horizon)
    guard forecast.start == history.end + 1, actual[..<horizon].contains(where: { !$0.isNaN }),
      forecast.median.allSatisfy(\.isFinite), forecast.mean.allSatisfy(\.isFinite)
    else { return nil }
    key = history.key
    isCount = history.kind == .count
    let m = history.start.frequency.seasonLength
    let values = history.trusted.values
    scale = NaiveScale(history: values, seasonLength: m)
    let observed = values.filter { !$0.isNaN }
    mean = observed.reduce(0, +) / Double(observed.count)
    fallbackReason = result.fallbackReason
    let intervals = levels.map { forecast.interval($0) }
    let reference = naive2(history: values, seasonLength: m, horizon: horizon)
    let year = history.start.frequency.periodsPerYear
    var steps: [Step] = []
    var hits = [[Double]](repeating: [], count: levels.count)
    var intervalScores = hits
    for h in 0..<horizon {
      let y = actual[h]
      var step = Step()
      var losses = 0.0
      for (l, interval) in intervals.enumerated() {
        let lower = interval?.lower[h] ?? .nan
        let upper = interval?.upper[h] ?? .nan
        hits[l].append(y.isNaN ? .nan : y >= lower && y <= upper ? 1 : 0)
        intervalScores[l].append(intervalScore(lower: lower, upper: upper, actual: y, level: levels[l]))
        let tail = levels[l] / 200
        losses +=
          pinballLoss(lower, probability: 0.5 - tail, actual: y)
          + pinballLoss(upper, probability: 0.5 + tail, actual: y)
      }
      if !y.isNaN {
        step.actual = y
        step.absolute = (y - forecast.median[h]).magnitude
        step.bias = forecast.mean[h] - y
        step.percentage = symmetricPercentageError(forecast.median[h], actual: y)
        step.naiveAbsolute = (y - reference[h]).magnitude
        step.naivePercentage = symmetricPercentageError(reference[h], actual: y)
        // The newest year that was known: two back for steps beyond the first year.
        let before = values.count - year + h % year
        step.lastYear = values.indices.contains(before) ? (y - values[before]).magnitude : .nan
        losses += pinballLoss(forecast.median[h], probability: 0.5, actual: y)
        step.pinball = 2 * losses / Double(2 * levels.count + 1)
      }
      if !y.isNaN, hasDensity, let distribution = result.distributions?[h] {
        step.isExact = true
        step.ranked = distribution.rankedProbabilityScore(y)
        step.log = isCount ? distribution.logScore(y) : .nan
        (step.below, step.upTo) = distribution.probabilities(of: y)
      } else if !y.isNaN, hasDensity, let quantiles = PredictiveQuantiles(forecast, step: h) {
        step.ranked = quantiles.rankedProbabilityScore(y)
        step.log = isCount ? quantiles.logScore(y) : .nan
        (step.below, step.upTo) = quantiles.probabilities(of: y, isCount: isCount)
      }
      steps.append(step)
    }
    self.steps = steps
    self.hits = hits
    self.intervalScores = intervalScores
  }
}
