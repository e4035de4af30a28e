/// Quantile (pinball, check) loss of a quantile forecast at a probability (Gneiting & Raftery 2007, *Journal of the
/// American Statistical Association* 102, 359-378, section 6.1, with the sign that makes lower better).
public func pinballLoss(_ quantile: Double, probability: Double, actual: Double) -> Double {
  max(probability * (actual - quantile), (probability - 1) * (actual - quantile))
}
