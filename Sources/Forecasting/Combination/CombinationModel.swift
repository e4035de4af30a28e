import NumericCore
import TimeSeries

/// Fitted members and their weights.
struct CombinationModel: FittedModel {
  /// A member with its share of the forecast.
  struct Member: Sendable {
    /// Shares sum to 1.
    var weight: Double
    var model: any FittedModel

    /// The member's forecast; of large counts in the continuous limit, since averages are not whole anyway.
    func predict(horizon: Int, levels: [Double]) -> Forecast {
      if let counts = model as? CountsModel { return counts.predictContinuous(horizon: horizon, levels: levels) }
      return model.predict(horizon: horizon, levels: levels)
    }
  }

  var name: String { ModelName.combination.rawValue }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  let members: [Member]
  /// Factor on the distance of every quantile from the median.
  let stretch: Double
  let support: Support

  init(_ series: Series, members: [Member], stretch: Double) {
    key = series.key
    start = series.next
    self.members = members
    self.stretch = stretch
    support = Support(series)
    fitted = CombinationModel.average(members, \.fitted)
  }

  var withoutSeason: [Double] { CombinationModel.average(members, \.withoutSeason) }

  /// Weighted means over the members, period by period, of what those have that have any.
  private static func average(_ members: [Member], _ values: (any FittedModel) -> [Double]) -> [Double] {
    let parts = members.map { (weight: $0.weight, values: values($0.model)) }
    return (0..<(parts.map(\.values.count).max() ?? 0)).map { t in
      var (sum, weights) = (0.0, 0.0)
      for (weight, values) in parts where values.indices.contains(t) && values[t].isFinite {
        sum += weight * values[t]
        weights += weight
      }
      return weights > 0 ? sum / weights : .nan
    }
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let grid = QuantileLevels(levels)
    let (mean, quantiles) = average(horizon: horizon, grid)
    return grid.forecast(
      key: key, model: name, start: start, mean: mean, quantiles: quantiles.map { $0.map(support.nearest) })
  }

  /// Weighted means, and quantiles one row a step, before they are rounded to what can be.
  func average(horizon: Int, _ grid: QuantileLevels) -> (mean: [Double], quantiles: [[Double]]) {
    let steps = max(0, horizon)
    let count = grid.probabilities.count
    let middle = grid.levels.count
    var mean = [Double](repeating: 0, count: steps)
    var quantiles = [[Double]](repeating: [Double](repeating: 0, count: count), count: steps)
    for member in members {
      let forecast = member.predict(horizon: steps, levels: grid.levels)
      for h in 0..<steps {
        mean[h] += member.weight * forecast.mean[h]
        quantiles[h][middle] += member.weight * forecast.median[h]
        for (i, interval) in forecast.intervals.enumerated() {
          quantiles[h][middle - 1 - i] += member.weight * interval.lower[h]
          quantiles[h][middle + 1 + i] += member.weight * interval.upper[h]
        }
      }
    }
    for h in 0..<steps {
      let median = quantiles[h][middle]
      for i in 0..<count { quantiles[h][i] = max(support.lowest, median + stretch * (quantiles[h][i] - median)) }
      // Sums in another order may differ in the last bit; equal members must not give crossing quantiles.
      for i in 1..<max(1, count) { quantiles[h][i] = max(quantiles[h][i], quantiles[h][i - 1]) }
    }
    return (mean, quantiles)
  }
}
