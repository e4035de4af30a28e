import TimeSeries

/// A fitted baseline: the expectation of the tested period and of those before it, and how sure it is. A run makes one a series and
/// period and hands it from step to step: a class, so that it stays where it is.
final class BaselineFit: Sendable {
  let span: ClosedRange<Period>
  let periods: Int
  let downWeighted: [Period]
  /// Those of them that were low.
  let low: [Period]
  let model: String
  let dispersion: DispersionEstimate
  /// Expected and observed counts of the tested period and the seven before it, newest first; where there is none to judge
  /// (missing, masked, before the series) both are 0.
  let means: SIMD8<Double>
  let counts: SIMD8<Double>
  /// Variance of the log of the tested period's expected count.
  let logVariance: Double
  /// Covariance of the logs of those expected counts, of the first ``BaselineSettings/windows`` of them.
  let covariance: Covariance
  /// Correlation that the residuals of neighbouring periods share.
  let correlation: Double

  init(
    span: ClosedRange<Period>, periods: Int, downWeighted: [Period], low: [Period] = [], model: String,
    dispersion: DispersionEstimate, means: SIMD8<Double>, counts: SIMD8<Double>, logVariance: Double,
    covariance: Covariance, correlation: Double
  ) {
    self.span = span
    self.periods = periods
    self.downWeighted = downWeighted
    self.low = low
    self.model = model
    self.dispersion = dispersion
    self.means = means
    self.counts = counts
    self.logVariance = logVariance
    self.covariance = covariance
    self.correlation = correlation
  }

  /// The same baseline with other expected or observed counts.
  func replacing(
    means: SIMD8<Double>? = nil, counts: SIMD8<Double>? = nil, logVariance: Double? = nil, covariance: Covariance? = nil
  ) -> BaselineFit {
    BaselineFit(
      span: span, periods: periods, downWeighted: downWeighted, low: low, model: model, dispersion: dispersion,
      means: means ?? self.means, counts: counts ?? self.counts, logVariance: logVariance ?? self.logVariance,
      covariance: covariance ?? self.covariance, correlation: correlation)
  }
}

extension BaselineFit {
  /// A covariance of up to eight figures: the lower triangle, row by row. Without an array of its own, because a run makes one a
  /// series and period.
  struct Covariance: Sendable {
    private var elements = InlineArray<36, Double>(repeating: 0)
    private let count: Int

    /// Of `count` figures, at most 8: the covariance of those at two positions, the second no later than the first.
    init(count: Int, _ element: (Int, Int) -> Double) {
      self.count = count
      for row in 0..<count {
        for column in 0...row { elements[row * (row + 1) / 2 + column] = element(row, column) }
      }
    }

    subscript(a: Int, b: Int) -> Double {
      let (row, column) = a >= b ? (a, b) : (b, a)
      return elements[row * (row + 1) / 2 + column]
    }

    /// Adds what errors that are wholly dependent on one another add: their products.
    mutating func widen(by errors: SIMD8<Double>) {
      for row in 0..<count {
        for column in 0...row { elements[row * (row + 1) / 2 + column] += errors[row] * errors[column] }
      }
    }
  }
}

extension BaselineFit {
  /// The baseline of what has been reported so far: expectations times the share known, their uncertainty widened by that of the share.
  ///
  /// Of a negative binomial count of which each case is known with the same probability the known part is negative binomial with the same
  /// size, so that the dispersion stays as it is.
  ///
  /// - Parameter known: completeness of a period; nil where all is known.
  func reported(_ tested: Period, _ known: (Period) -> Completeness?) -> BaselineFit {
    var means = self.means
    var errors = SIMD8<Double>.zero
    var isChanged = false
    for back in 0..<8 {
      guard let share = known(tested - back) else { continue }
      isChanged = true
      means[back] *= share.share
      errors[back] = share.logVariance.squareRoot()
    }
    guard isChanged else { return self }
    // Shares of neighbouring periods err together at worst.
    var covariance = self.covariance
    covariance.widen(by: errors)
    return replacing(means: means, logVariance: logVariance + errors[0] * errors[0], covariance: covariance)
  }
}
