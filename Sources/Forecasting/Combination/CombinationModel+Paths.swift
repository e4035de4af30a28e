import NumericCore

extension CombinationModel {
  /// Central levels at which the marginal distribution of paths is taken; between them and beyond it is a line in the
  /// normal deviate.
  private static let pathLevels: [Double] = [20, 40, 60, 80, 90, 95, 99, 99.8]

  /// Joint draws: every member draws its share of the paths, and step by step the values of all are replaced by quantiles of
  /// the forecast (``SamplePaths/reordered(_:quantiles:)``), so that each step has the distribution that is forecast and steps
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
    let support = support
    return SamplePaths(horizon: steps, count: paths, values: values).reordered(&random) { h, wanted in
      let row = quantiles[h]
      let slopes = deviates.indices.dropLast().map { (row[$0 + 1] - row[$0]) / (deviates[$0 + 1] - deviates[$0]) }
      // Deviates rise, and the stretch of the line they lie on with them.
      var i = 0
      return wanted.map { z in
        while i < deviates.count - 2, deviates[i + 1] < z { i += 1 }
        return support.nearest(row[i] + slopes[i] * (z - deviates[i]))
      }
    }
  }
}
