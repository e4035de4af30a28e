import NumericCore

/// The likelihood of log rates about a shape and a level that wanders by a known amount: generalised least squares by the Kalman
/// filter, and the evidence for one step more at every place by its smoother.
///
/// With V the covariance of noise and wander, `tails` of a column c are x_t' V^-1 c for the step x_t that begins at t, for every
/// t at once: the smoothing recursion of de Jong & Penzer (1998, JASA 93, 796-806, "Diagnosing shocks in time series"), and
/// `information` is x_t' V^-1 x_t. Inner products of steps are read from tails. Time grows linearly with the length.
struct WanderingLevel: Sendable {
  /// A column of the regression, and what it says of steps.
  private struct Column {
    let values: [Double]
    let tails: [Double]

    /// This column' V^-1 the other.
    func product(_ other: Column) -> Double {
      var sum = 0.0
      let last = values.count - 1
      for t in 0..<last { sum += other.values[t] * (tails[t] - tails[t + 1]) }
      return sum + other.values[last] * tails[last]
    }
  }

  /// A shape fitted: level, trend where it has one, and steps.
  struct Fit {
    /// Minus twice the log-likelihood, but for a constant.
    let deviance: Double
    /// Level, trend a year if there is one, steps in the order given.
    let coefficients: [Double]
    /// For every place, what a step there would be: score and information given the shape.
    let scores: [Double]
    let information: [Double]

    /// The deviance with a step at a place.
    func deviance(stepAt t: Int) -> Double {
      information[t] > 1e-6 ? deviance - scores[t] * scores[t] / information[t] : deviance
    }
  }

  private let logDeterminant: Double
  private let precisions: [Double]
  private let gains: [Double]
  private let information: [Double]
  private let response: Column
  private let level: Column
  private let trend: Column
  private let responseSquare: Double
  private let trendSquare: Double
  private let trendResponse: Double

  /// - Parameter deviation: of the wander, a month.
  init(_ rates: WorkingRates, deviation: Double) {
    let n = rates.values.count
    var (variance, determinant) = (0.0, 1.0)
    var logDeterminant = 0.0
    var precisions = [Double](repeating: 0, count: n)
    var gains = precisions
    for t in 0..<n {
      if t > 0 { variance += deviation * deviation * rates.gaps[t] }
      let whole = variance + rates.variances[t]
      precisions[t] = 1 / whole
      gains[t] = variance / whole
      variance *= 1 - gains[t]
      determinant *= whole
      // One logarithm for many factors.
      if determinant < 1e-200 || determinant > 1e200 || t == n - 1 {
        logDeterminant += logarithm(determinant)
        determinant = 1
      }
    }
    var information = [Double](repeating: 0, count: n)
    var ahead = 0.0
    for t in stride(from: n - 1, through: 0, by: -1) {
      let keep = 1 - gains[t]
      ahead = precisions[t] + keep * keep * ahead
      information[t] = ahead
    }
    self.logDeterminant = logDeterminant
    self.precisions = precisions
    self.gains = gains
    self.information = information
    response = WanderingLevel.column(rates.values, gains, precisions)
    level = WanderingLevel.column([Double](repeating: 1, count: n), gains, precisions)
    trend = WanderingLevel.column(rates.years, gains, precisions)
    responseSquare = response.product(response)
    trendSquare = trend.product(trend)
    trendResponse = trend.product(response)
  }

  private static func column(_ values: [Double], _ gains: [Double], _ precisions: [Double]) -> Column {
    var tails = values
    var expected = 0.0
    for t in values.indices {
      let error = values[t] - expected
      expected += gains[t] * error
      tails[t] = error * precisions[t]
    }
    var ahead = 0.0
    for t in values.indices.reversed() {
      ahead = tails[t] + (1 - gains[t]) * ahead
      tails[t] = ahead
    }
    return Column(values: values, tails: tails)
  }

  /// Fits a shape.
  ///
  /// - Parameter steps: first places of new levels, each once and none at 0.
  func fit(trend hasTrend: Bool, steps: [Int]) -> Fit {
    let n = response.values.count
    let stepColumns = steps.map { step in
      WanderingLevel.column((0..<n).map { $0 >= step ? 1 : 0 }, gains, precisions)
    }
    let columns = [level] + (hasTrend ? [trend] : []) + stepColumns
    // Where the step of each column begins; nil for the trend.
    let places: [Int?] = [0] + (hasTrend ? [nil] : []) + steps.map { $0 }
    let k = columns.count
    var inverse = [Double](repeating: 0, count: k * k)
    var right = [Double](repeating: 0, count: k)
    for i in 0..<k {
      right[i] = places[i].map { response.tails[$0] } ?? trendResponse
      for j in 0...i {
        let product =
          places[i].map { columns[j].tails[$0] } ?? places[j].map { columns[i].tails[$0] } ?? trendSquare
        inverse[i * k + j] = product
        inverse[j * k + i] = product
      }
    }
    let isSound = inverse.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { invertInPlace($0, order: k) } ?? false
    }
    guard isSound else {
      // Columns that cannot be told apart save nothing.
      return Fit(
        deviance: .infinity, coefficients: right.map { _ in 0 }, scores: response.values.map { _ in 0 },
        information: information.map { _ in 0 })
    }
    var coefficients = [Double](repeating: 0, count: k)
    var saved = 0.0
    for i in 0..<k {
      for j in 0..<k { coefficients[i] += inverse[i * k + j] * right[j] }
      saved += coefficients[i] * right[i]
    }
    var scores = response.tails
    var left = information
    var row = [Double](repeating: 0, count: k)
    for t in 0..<n {
      for i in 0..<k {
        row[i] = columns[i].tails[t]
        scores[t] -= row[i] * coefficients[i]
      }
      var known = 0.0
      for i in 0..<k {
        var sum = 0.0
        for j in 0..<k { sum += inverse[i * k + j] * row[j] }
        known += sum * row[i]
      }
      left[t] = max(0, left[t] - known)
    }
    return Fit(
      deviance: responseSquare - saved + logDeterminant, coefficients: coefficients, scores: scores, information: left)
  }
}
