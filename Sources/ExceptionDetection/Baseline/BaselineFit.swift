import TimeSeries

/// A fitted baseline: the expectation of the tested period and of those before it, and how sure it is.
struct BaselineFit: Sendable {
  let span: ClosedRange<Period>
  let periods: Int
  let downWeighted: [Period]
  let model: String
  let dispersion: DispersionEstimate
  /// Expected and observed counts of the tested period and the seven before it, newest first; where there is none to judge
  /// (missing, masked, before the series) both are 0.
  let means: SIMD8<Double>
  var counts: SIMD8<Double>
  /// Variance of the log of the tested period's expected count.
  let logVariance: Double
  /// Covariance of the logs of those expected counts, of the first ``BaselineSettings/windows`` of them.
  let covariance: [SIMD8<Double>]
  /// Correlation that the residuals of neighbouring periods share.
  let correlation: Double
}
