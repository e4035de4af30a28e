import NumericCore
import TimeSeries

/// Complex exponential smoothing fitted to a series.
struct CESModel: FittedModel {
  var name: String { track.form.name }
  let key: SeriesKey
  let fitted: [Double]
  let withoutSeason: [Double]
  let start: Period
  /// States along the history, in units of ``scale``.
  let track: CESTrack
  let scale: Double
  /// Variance of the errors in units of ``scale``.
  let sigma2: Double
  /// By what a mean square of errors is multiplied for the parameters estimated.
  let correction: Double
  /// Criterion and corrected AIC reached, without constants, in units of ``scale``.
  let criterion: Double
  let aicc: Double
  /// Missing periods between the last observation and the first period ahead.
  let gap: Int
  let support: Support

  init(_ series: Series, _ stretch: ObservedStretch, _ track: CESTrack, criterion: Double, aicc: Double) {
    let support = Support(series)
    var fitted = [Double](repeating: .nan, count: series.count)
    var withoutSeason = fitted
    for t in track.values.indices {
      fitted[stretch.first + t] = max(support.lowest, stretch.scale * track.expectation(t))
      withoutSeason[stretch.first + t] = max(support.lowest, stretch.scale * track.withoutSeason(t))
    }
    // Sigma is not counted here.
    let freedom = max(1, stretch.observed - track.form.parameterCount(track.m) + 1)
    key = series.key
    start = series.next
    self.fitted = fitted
    self.withoutSeason = withoutSeason
    self.track = track
    scale = stretch.scale
    correction = Double(stretch.observed) / Double(freedom)
    sigma2 = track.squares / Double(freedom)
    self.criterion = criterion
    self.aicc = aicc
    gap = stretch.gap
    self.support = support
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let (mean, deviation) = look(track.steps(gap + max(0, horizon)))
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: mean, deviation: deviation, support: support)
  }

  /// Paths of the model with normal errors, their distance from the mean brought to the deviation of the forecast.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let steps = track.steps(gap + max(0, horizon))
    let (mean, deviation) = look(steps)
    let own = steps.variances
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon) * max(0, count))
    var errors = [Double](repeating: 0, count: own.count)
    for _ in 0..<max(0, count) {
      for h in errors.indices { errors[h] = random.normal() }
      for h in mean.indices {
        // The model is linear: only the distance from the mean path is drawn.
        var distance = 0.0
        for j in 0...gap + h { distance += steps.response[j] * errors[gap + h - j] }
        values.append(support.nearest(mean[h] + distance / own[gap + h].squareRoot() * deviation[h]))
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }

  /// Mean and standard deviation of each step after the gap, on the scale of the data.
  private func look(_ steps: CESSteps) -> (mean: [Double], deviation: [Double]) {
    let own = steps.variances.map { $0 * sigma2 }
    let variance = stepErrors(steps).variances(own: own, correction: correction)
    let n = track.values.count
    let ahead = own.indices.dropFirst(gap)
    return (
      ahead.map { scale * track.expectation(after: n, step: $0, steps) },
      ahead.map { scale * variance[$0].squareRoot() }
    )
  }

  /// The errors made up to so many steps ahead within the history.
  private func stepErrors(_ steps: CESSteps) -> StepErrors {
    let n = track.values.count
    let first = StepErrors.firstOrigin(n)
    let most = min(steps.response.count, max(0, n - first))
    var result = StepErrors(steps: most)
    for h in 0..<most {
      var (squares, count) = (0.0, 0)
      for origin in first..<n - h where !track.values[origin + h].isNaN {
        let e = track.values[origin + h] - track.expectation(after: origin, step: h, steps)
        squares += e * e
        count += 1
      }
      result.add(step: h, squares: squares, count: count)
    }
    return result
  }
}
