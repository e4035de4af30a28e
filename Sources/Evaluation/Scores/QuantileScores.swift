/// Quantile (pinball, check) loss of a quantile forecast at a probability (Gneiting & Raftery 2007, *Journal of the
/// American Statistical Association* 102, 359-378, section 6.1, with the sign that makes lower better).
public func pinballLoss(_ quantile: Double, probability: Double, actual: Double) -> Double {
  max(probability * (actual - quantile), (probability - 1) * (actual - quantile))
}

/// Interval score of a central interval: its width, and 2 / alpha for every unit by which the actual value misses it
/// (Gneiting & Raftery 2007, *Journal of the American Statistical Association* 102, 359-378, eq. 43). The mean over
/// periods in units of a ``NaiveScale`` is the MSIS of the M4 competition.
///
/// - Parameter level: of the interval, in per cent; alpha is 1 - level / 100.
public func intervalScore(lower: Double, upper: Double, actual: Double, level: Double) -> Double {
  let penalty = 2 / (1 - level / 100)
  return (upper - lower) + penalty * max(lower - actual, 0) + penalty * max(actual - upper, 0)
}
