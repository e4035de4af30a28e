import NumericCore

extension CountsModel {
  /// The forecast with quantiles that need not be whole: of a step whose standard deviation is above 20 counts those of
  /// the continuous limit, else half-way points between counts are not told apart and they are ``predict``'s.
  func predictContinuous(horizon: Int, levels: [Double]) -> Forecast {
    let grid = QuantileLevels(levels)
    var mean: [Double] = []
    var quantiles: [[Double]] = []
    for mixture in mixtures(horizon: horizon) {
      let limit = ContinuousMixture(mixture)
      mean.append(limit.mean)
      quantiles.append(
        limit.variance > 400 ? limit.quantiles(grid.probabilities) : mixture.quantiles(grid.probabilities))
    }
    return grid.forecast(key: key, model: name, start: start, mean: mean, quantiles: quantiles)
  }
}
