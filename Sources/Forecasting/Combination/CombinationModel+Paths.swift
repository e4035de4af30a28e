import NumericCore

extension CombinationModel {
  /// Central levels at which the marginal distribution of paths is taken; between them and beyond it is a line in the
  /// normal deviate.
  private static let pathLevels: [Double] = [20, 40, 60, 80, 90, 95, 99, 99.8]

  /// Joint draws: every member draws its share of the paths, and step by step the values of all are replaced by quantiles of
  /// the forecast (``SamplePaths/reordered(_:quantile:)``), so that each step has the distribution that is forecast and steps
  /// hang together as in the members.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let steps = max(0, horizon)
    let paths = max(0, count)
    var values: [Double] = []
    values.reserveCapacity(steps * paths)
    var share = 0.0
    var drawn = 0
    for (i, member) in members.enumerated() {
      share += member.weight
      let upTo = i == members.count - 1 ? paths : min(paths, Int((share * Double(paths)).rounded()))
      let own = max(0, upTo - drawn)
      values += member.model.samplePaths(horizon: steps, count: own, random: &random).values
      drawn += own
    }
    let grid = QuantileLevels(CombinationModel.pathLevels)
    let deviates = grid.probabilities.map(Normal.quantile)
    let quantiles = average(horizon: steps, grid).quantiles
    return SamplePaths(horizon: steps, count: paths, values: values).reordered(&random) { h, z in
      let i = min(max(0, (deviates.firstIndex { $0 >= z } ?? deviates.count) - 1), deviates.count - 2)
      let slope = (quantiles[h][i + 1] - quantiles[h][i]) / (deviates[i + 1] - deviates[i])
      return support.nearest(quantiles[h][i] + slope * (z - deviates[i]))
    }
  }
}
