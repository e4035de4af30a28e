import TimeSeries

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
    let covariance = self.covariance.enumerated().map { back, row in row + errors[back] * errors }
    return BaselineFit(
      span: span, periods: periods, downWeighted: downWeighted, model: model, dispersion: dispersion, means: means,
      counts: counts, logVariance: logVariance + errors[0] * errors[0], covariance: covariance,
      correlation: correlation)
  }
}
