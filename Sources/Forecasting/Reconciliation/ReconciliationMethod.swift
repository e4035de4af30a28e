/// How forecasts of parts and totals are brought to add up.
///
/// References: Hyndman & Athanasopoulos, "Forecasting: Principles and Practice", 3rd ed. (2021), ch. 11; Hyndman, Ahmed,
/// Athanasopoulos & Shang (2011), *Computational Statistics & Data Analysis* 55, 2579-2589 (OLS); Athanasopoulos, Hyndman,
/// Kourentzes & Petropoulos (2017), *European Journal of Operational Research* 262, 60-74 (structural weights); Wickramasuriya,
/// Athanasopoulos & Hyndman (2019), *Journal of the American Statistical Association* 114, 804-819 (MinT).
public enum ReconciliationMethod: String, CaseIterable, Sendable, Hashable {
  /// Totals are the sums of their leaves' forecasts.
  case bottomUp = "bottom-up"
  /// The top's forecast, split by the leaves' average past shares of it (Gross & Sohl 1990, *Journal of Forecasting* 9, 233-254).
  case topDown = "top-down"
  /// The forecasts of one level, added up above it and split below it.
  case middleOut = "middle-out"
  /// Least squares: every node's forecast errs alike.
  case ols
  /// Least squares with the variance of a node's error in proportion to its number of leaves.
  case wlsStruct = "wls-struct"
  /// Least squares with the mean square of each node's past errors.
  case wlsVar = "wls-var"
  /// Minimum trace: generalised least squares with the covariance of past errors, shrunk towards its diagonal (``ErrorCovariance``).
  case mint

  /// Whether it rests on the errors of past forecasts.
  public var needsResiduals: Bool { self == .wlsVar || self == .mint }
  /// Whether it splits totals by past shares.
  public var splits: Bool { self == .topDown || self == .middleOut }
}
