import NumericCore

extension CombinationModel {
  /// Central levels at which the marginal distribution of paths is taken; between them and beyond it is a line in the
  /// normal deviate.
  private static let pathLevels: [Double] = [20, 40, 60, 80, 90, 95, 99, 99.8]

  /// Joint draws: every member draws its share of the paths, and step by step the values of all are replaced, rank for
  /// rank, by quantiles of the forecast (the reordering of Clark et al. 2004, Journal of Hydrometeorology 5, 243-262), so
  /// that each step has the distribution that is forecast and steps hang together as in the members.
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
    let ranks = (0..<paths).map { Normal.quantile((Double($0) + 0.5) / Double(paths)) }
    var column = [Double](repeating: 0, count: paths)
    for (h, quantiles) in average(horizon: steps, grid).quantiles.enumerated() {
      for path in 0..<paths { column[path] = values[path * steps + h] }
      // Equal counts are put in an order by lot, or they would be in the same order at every step.
      let lots = (0..<paths).map { _ in random.uniform() }
      let order = orderByLot(column, lots: lots)
      var i = 0
      values.withUnsafeMutableBufferPointer { values in
        for (rank, path) in order.enumerated() {
          let z = ranks[rank]
          while i < deviates.count - 2, z > deviates[i + 1] { i += 1 }
          let slope = (quantiles[i + 1] - quantiles[i]) / (deviates[i + 1] - deviates[i])
          values[path * steps + h] = support.nearest(quantiles[i] + slope * (z - deviates[i]))
        }
      }
    }
    return SamplePaths(horizon: steps, count: paths, values: values)
  }
}
