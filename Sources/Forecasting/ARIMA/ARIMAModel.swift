import NumericCore
import TimeSeries

/// An ARIMA model fitted to a series.
struct ARIMAModel: FittedModel {
  let order: ARIMAOrder
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  /// Coefficients of the four polynomials.
  let coefficients: [Double]
  /// Corrected AIC, on the scale of the data.
  let aicc: Double
  /// The pass over the history, in units of `scale`.
  let run: ARIMARun
  let scale: Double
  /// Variance of the errors, in units of `scale` squared.
  let sigma2: Double
  /// Missing periods between the last observation and the first period ahead.
  let gap: Int
  let support: Support

  var name: String { order.name }

  init(
    _ series: Series, _ stretch: ObservedStretch, from used: Int, _ run: ARIMARun, coefficients: [Double], aicc: Double
  ) {
    let support = Support(series)
    var fitted = [Double](repeating: .nan, count: series.count)
    for (t, value) in run.expectations.enumerated() where !value.isNaN {
      fitted[stretch.first + used + t] = max(support.lowest, stretch.scale * value)
    }
    order = run.series.order
    key = series.key
    self.fitted = fitted
    start = series.next
    self.coefficients = coefficients
    self.aicc = aicc
    self.run = run
    scale = stretch.scale
    sigma2 = max(0, run.squares) / Double(max(1, run.series.observed - order.coefficients))
    gap = stretch.gap
    self.support = support
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let ahead = look(horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: ahead.mean, deviation: ahead.deviation, support: support)
  }

  /// Normal draws that hang together as the model's errors do, their distance from the mean brought to the deviation of the
  /// forecast.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let ahead = look(horizon)
    let width = ahead.mean.count
    let factor = ARIMAModel.factor(ahead.covariance, width)
    let widening = ahead.own.indices.map { ahead.own[$0] > 0 ? ahead.deviation[$0] / ahead.own[$0] : 0 }
    var values: [Double] = []
    values.reserveCapacity(width * max(0, count))
    var draws = [Double](repeating: 0, count: width)
    for _ in 0..<max(0, count) {
      for h in 0..<width {
        draws[h] = random.normal()
        var distance = 0.0
        for k in 0...h { distance += factor[h * width + k] * draws[k] }
        values.append(support.nearest(ahead.mean[h] + widening[h] * distance))
      }
    }
    return SamplePaths(horizon: width, count: max(0, count), values: values)
  }

  /// Mean and standard deviation of each step, and the deviation and the covariance that the model itself has of them, all on
  /// the scale of the data. The deviation is the larger of the model's own and of what its forecasts missed by within the
  /// history.
  private func look(_ horizon: Int) -> (mean: [Double], deviation: [Double], own: [Double], covariance: [Double]) {
    let steps = gap + max(0, horizon)
    let (mean, whole) = run.ahead(steps)
    let own = (0..<steps).map { sigma2 * whole[$0 * steps + $0] }
    let observed = Double(run.series.observed)
    let variance = run.stepErrors(steps).variances(
      own: own, correction: observed / max(1, observed - Double(order.coefficients)))
    let asked = gap..<steps
    var covariance: [Double] = []
    covariance.reserveCapacity(asked.count * asked.count)
    for i in asked { for j in asked { covariance.append(scale * scale * sigma2 * whole[i * steps + j]) } }
    return (
      asked.map { scale * mean[$0] }, asked.map { scale * variance[$0].squareRoot() },
      asked.map { scale * own[$0].squareRoot() }, covariance
    )
  }

  /// The lower triangle whose square is a covariance (Cholesky); steps without variance get none.
  private static func factor(_ covariance: [Double], _ width: Int) -> [Double] {
    var factor = [Double](repeating: 0, count: width * width)
    for i in 0..<width {
      for j in 0...i {
        var sum = covariance[i * width + j]
        for k in 0..<j { sum -= factor[i * width + k] * factor[j * width + k] }
        let pivot = factor[j * width + j]
        factor[i * width + j] = i == j ? max(0, sum).squareRoot() : pivot > 0 ? sum / pivot : 0
      }
    }
    return factor
  }
}
