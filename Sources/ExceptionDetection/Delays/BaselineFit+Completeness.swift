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
    var variances = logVariances
    var total = 0.0
    var square = 0.0
    var isChanged = false
    for back in 0..<8 {
      let share = known(tested - back)
      if let share {
        isChanged = true
        means[back] *= share.share
      }
      total += means[back]
      // Shares of neighbouring periods err together at worst.
      square += means[back] * (share?.logVariance ?? 0).squareRoot()
      if total > 0 { variances[back] += (square / total) * (square / total) }
    }
    guard isChanged else { return self }
    return BaselineFit(
      span: span, periods: periods, downWeighted: downWeighted, model: model, dispersion: dispersion, means: means,
      counts: counts, logVariances: variances, correlation: correlation)
  }
}
