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
        if unlearnt > 1e-9 { state.level *= random.positiveFactor(relativeVariance: unlearnt) }
        if process.reversion < 1 { state.slow *= random.positiveFactor(relativeVariance: noise * state.slowVariance) }
        let base = path * max(0, horizon)
        var drift = 1.0
        for h in 0..<max(0, horizon) {
          let expected = max(
            state.floor,
            state.slow + process.reversion * (state.level - state.slow) + process.trendDamping * state.trend)
          let drifting = extraDrift + (component.pooled && h > 0 ? poolVariance : 0)
          if drifting > 0 { drift *= random.positiveFactor(relativeVariance: drifting) }
          var mean = expected * scale[h] * drift
          var dispersion = 1 / size
          if horizon <= seasons {
            // Every season comes once: its factor and the dispersion are one gamma factor.
            dispersion += seasonVariance[h] * (1 + dispersion)
          } else if seasonVariance[h] > 1e-6 {
            // A season's factor stays what it is over the years of one path.
            let s = h % seasons
            if h < seasons { factors[s] = random.positiveFactor(relativeVariance: seasonVariance[h]) }
            mean *= factors[s]
          }
          let y = random.negativeBinomial(mean: mean, size: dispersion > 1e-9 ? 1 / dispersion : .infinity)
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
  /// A positive variate of mean 1 with this variance: normal where zero is five standard deviations away, gamma else.
  mutating func positiveFactor(relativeVariance v: Double) -> Double {
    if v < 0.04 { return max(1 + v.squareRoot() * normal(), 0.01) }
    return max(gamma(shape: 1 / v) * v, 1e-12)
  }
}
