/// Symmetric absolute percentage error of one period, 0 to 200: 200 |y - f| / (|y| + |f|), and 0 where both are 0
/// (Makridakis, Spiliotis & Assimakopoulos 2020, *International Journal of Forecasting* 36, 54-74, eq. for sMAPE).
public func symmetricPercentageError(_ forecast: Double, actual: Double) -> Double {
  let size = actual.magnitude + forecast.magnitude
  return size > 0 ? 200 * (actual - forecast).magnitude / max(size, 1e-12) : 0
}
