import Evaluation

// The definitions, one series at a time: what the backtest adds up in one pass has to come to these.

/// Mean absolute scaled error: the mean absolute error of a point forecast in units of the naive forecast's error on the
/// history (Hyndman & Koehler 2006, *International Journal of Forecasting* 22, 679-688).
///
/// - Returns: NaN without an observation (`actual` NaN where missing) or a scale.
func meanAbsoluteScaledError(_ forecast: [Double], actual: [Double], scale: NaiveScale) -> Double {
  meanOfObserved(forecast, actual) { ($1 - $0).magnitude } / scale.absolute
}

/// Root mean squared scaled error (the score of the M5 competition: Makridakis, Spiliotis & Assimakopoulos 2022,
/// *International Journal of Forecasting* 38, 1325-1336, with seasonal differences in its scale).
///
/// - Returns: NaN without an observation or a scale.
func rootMeanSquaredScaledError(_ forecast: [Double], actual: [Double], scale: NaiveScale) -> Double {
  (meanOfObserved(forecast, actual) { ($1 - $0) * ($1 - $0) } / scale.squared).squareRoot()
}

/// Mean over the steps whose actual value is there; NaN if none is.
private func meanOfObserved(_ forecast: [Double], _ actual: [Double], _ score: (Double, Double) -> Double) -> Double {
  var (sum, count) = (0.0, 0.0)
  for (f, y) in zip(forecast, actual) where !y.isNaN {
    sum += score(f, y)
    count += 1
  }
  return sum / count
}
