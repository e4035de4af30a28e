import NumericCore

extension CountsModel {
  /// Joint draws: a candidate and a size by posterior weight, a level within what the filter left unlearnt, then counts
  /// that move the level as observations would have.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values = [Double](repeating: 0, count: max(0, horizon) * max(0, count))
    let (scale, seasonVariance) = scales(horizon: horizon)
    let sizes = LevelProcess.sizes
    let seasons = max(1, season.factors.count)
    var factors = [Double](repeating: 1, count: seasons)
    values.withUnsafeMutableBufferPointer { out in
      for path in 0..<max(0, count) {
        let component = components[pick(random.uniform()) { $0 < components.count ? components[$0].weight : nil }]
        let weights = component.sizeWeights
        let size = sizes[pick(random.uniform()) { $0 < weights.count ? weights[$0] : nil }]
        let process = component.process
        var state = component.state
        let noise = 1 / max(state.level, 1e-300) + component.inverseSize
        let unlearnt = noise * (1 - process.gain) * max(0, state.variance - process.gain)
        if unlearnt > 1e-9 { state.level *= random.gammaFactor(relativeVariance: unlearnt) }
        if process.reversion < 1 { state.slow *= random.gammaFactor(relativeVariance: noise * state.slowVariance) }
        let base = path * horizon
        var drift = 1.0
        for h in 0..<horizon {
          let expected = max(
            state.floor,
            state.slow + process.reversion * (state.level - state.slow) + process.trendDamping * state.trend)
          let drifting = extraDrift + (component.pooled && h > 0 ? poolVariance : 0)
          if drifting > 0 { drift *= random.gammaFactor(relativeVariance: drifting) }
          var mean = expected * scale[h] * drift
          if seasonVariance[h] > 1e-6 {
            // A season's factor stays what it is over the years of one path.
            let s = h % seasons
            if h < seasons { factors[s] = random.gammaFactor(relativeVariance: seasonVariance[h]) }
            mean *= factors[s]
          }
          let y = random.negativeBinomial(mean: mean, size: size)
          out[base + h] = y
          let error = y / (scale[h] * drift) - expected
          state.level = max(state.floor, expected + process.gain * error)
          state.trend = process.trendDamping * state.trend + process.trendGain * error
        }
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }

  private func pick(_ u: Double, _ weight: (Int) -> Double?) -> Int {
    var rest = u
    var i = 0
    while let w = weight(i) {
      rest -= w
      if rest < 0 { return i }
      i += 1
    }
    // Rounding left a sliver: the last one that has weight.
    i -= 1
    while i > 0, weight(i) == 0 { i -= 1 }
    return max(0, i)
  }
}

extension RandomSource {
  /// A gamma variate of mean 1 with this variance.
  mutating func gammaFactor(relativeVariance v: Double) -> Double {
    let shape = 1 / max(v, 1e-12)
    return max(gamma(shape: shape) / shape, 1e-12)
  }
}
