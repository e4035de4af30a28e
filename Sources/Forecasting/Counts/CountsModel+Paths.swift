import CCountLanes
import NumericCore

extension CountsModel {
  /// Joint draws: a candidate and a size by posterior weight, a level within what the filter left unlearnt, then counts
  /// that move the level as observations would have.
  ///
  /// Paths come in pairs of one candidate and size whose counts are quantiles at opposite probabilities, u and 1 - u
  /// (antithetic variates: Hammersley & Morton 1956, *Mathematical Proceedings of the Cambridge Philosophical Society* 52,
  /// 449-475), and pairs are shared out over candidates and sizes by weight (stratified sampling: Owen 2013, *Monte Carlo
  /// theory, methods and examples*, section 8.4): fewer paths say as much of a total. Which pair has which share is drawn
  /// too, so that paths of two series with the same place have nothing in common.
  ///
  /// Cost: about 10 ns a step of sparse counts, 100 ns of counts beyond a hundred.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let (horizon, count) = (max(0, horizon), max(0, count))
    let (scale, seasonVariance) = scales(horizon: horizon)
    let seasons = max(1, season.factors.count)
    // Every season comes once: its factor and the dispersion are one gamma factor. Else a season's factor stays what it is
    // over the years of one path.
    let isOneYear = horizon <= seasons
    var factors = [SIMD8<Double>](repeating: .one, count: isOneYear ? 0 : seasons)
    let starts = starts
    let pairs = drawnStarts(starts, pairs: (count + 1) / 2, &random)
    var values = [Double](repeating: 0, count: horizon * count)
    for first in stride(from: 0, to: count, by: 8) {
      let paths = min(8, count - first)
      var path = Lanes(&random) { lane in starts[pairs[min(first + lane, count - 1) / 2]] }
      var drift = SIMD8<Double>.one
      for h in 0..<horizon {
        var expected = path.slow + path.reversion * (path.level - path.slow) + path.damping * path.trend
        expected.replace(with: path.floor, where: expected .< path.floor)
        let drifting = extraDrift + (h > 0 ? path.poolVariance : .zero)
        if drifting.max() > 0 { drift *= random.pairedFactors(relativeVariances: drifting) }
        let ahead = scale[h] * drift
        var mean = expected * ahead
        var dispersion = path.dispersion
        if isOneYear {
          dispersion += seasonVariance[h] * (1 + dispersion)
        } else if seasonVariance[h] > 1e-6 {
          let s = h % seasons
          if h < seasons { factors[s] = random.pairedFactors(relativeVariances: .init(repeating: seasonVariance[h])) }
          mean *= factors[s]
        }
        let y = random.pairedCounts(means: mean, dispersions: dispersion)
        var place = first * horizon + h
        for lane in 0..<paths {
          values[place] = y[lane]
          place += horizon
        }
        let error = y / ahead - expected
        path.level = expected + path.gain * error
        path.level.replace(with: path.floor, where: path.level .< path.floor)
        path.trend = path.damping * path.trend + path.trendGain * error
      }
    }
    return SamplePaths(horizon: horizon, count: count, values: values)
  }

  /// Where paths of a candidate and size begin, and what moves them.
  private struct Start {
    let weight: Double
    let process: LevelProcess
    let state: LevelState
    let dispersion: Double
    let unlearnt: Double
    let slowVariance: Double
    let poolVariance: Double
  }

  /// One a candidate and size with weight; weights sum to 1.
  private var starts: [Start] {
    components.flatMap { component in
      let (process, state) = (component.process, component.state)
      let noise = 1 / max(state.level, 1e-300) + component.inverseSize
      return zip(component.sizeWeights, LevelProcess.sizes).filter { $0.0 > 0 }.map { weight, size in
        Start(
          weight: component.weight * weight, process: process, state: state, dispersion: 1 / size,
          unlearnt: noise * (1 - process.gain) * max(0, state.variance - process.gain),
          slowVariance: process.reversion < 1 ? noise * state.slowVariance : 0,
          poolVariance: component.pooled ? poolVariance : 0)
      }
    }
  }

  /// A start a pair of paths: as often as its weight says, give or take one, in random order.
  private func drawnStarts(_ starts: [Start], pairs: Int, _ random: inout RandomSource) -> [Int] {
    var drawn: [Int] = []
    drawn.reserveCapacity(pairs)
    var start = 0
    var upTo = starts[0].weight
    for pair in 0..<pairs {
      let u = (Double(pair) + random.uniform()) / Double(pairs)
      while u >= upTo, start < starts.count - 1 {
        start += 1
        upTo += starts[start].weight
      }
      drawn.append(start)
    }
    drawn.shuffle(using: &random)
    return drawn
  }

  /// Eight paths side by side, those of a pair next to each other.
  private struct Lanes {
    var (level, slow, trend): (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>)
    let (floor, gain, reversion): (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>)
    let (trendGain, damping): (SIMD8<Double>, SIMD8<Double>)
    let (dispersion, poolVariance): (SIMD8<Double>, SIMD8<Double>)

    /// Begins paths, each with the start of its lane.
    @inline(__always) init(_ random: inout RandomSource, _ start: (Int) -> Start) {
      let all = (start(0), start(1), start(2), start(3), start(4), start(5), start(6), start(7))
      @inline(__always) func lanes(_ value: (Start) -> Double) -> SIMD8<Double> {
        SIMD8(
          value(all.0), value(all.1), value(all.2), value(all.3), value(all.4), value(all.5), value(all.6), value(all.7)
        )
      }
      level = lanes { start in
        let level = start.state.level
        return start.unlearnt > 1e-9 ? level * random.positiveFactor(relativeVariance: start.unlearnt) : level
      }
      slow = lanes { start in
        let slow = start.state.slow
        return start.slowVariance > 0 ? slow * random.positiveFactor(relativeVariance: start.slowVariance) : slow
      }
      trend = lanes(\.state.trend)
      floor = lanes(\.state.floor)
      gain = lanes(\.process.gain)
      reversion = lanes(\.process.reversion)
      trendGain = lanes(\.process.trendGain)
      damping = lanes(\.process.trendDamping)
      dispersion = lanes(\.dispersion)
      poolVariance = lanes(\.poolVariance)
    }
  }
}

extension RandomSource {
  /// A positive variate of mean 1 with this variance: normal where zero is five standard deviations away, gamma else.
  mutating func positiveFactor(relativeVariance v: Double) -> Double {
    if v < 0.04 { return max(1 + v.squareRoot() * normal(), 0.01) }
    return max(gamma(shape: 1 / v) * v, 1e-12)
  }

  /// Eight of these, those of a pair of lanes opposite each other: of small variances four uniform numbers added up, which are
  /// a bell within 3.5 standard deviations of its middle, and products of several of them all but normal.
  fileprivate mutating func pairedFactors(relativeVariances v: SIMD8<Double>) -> SIMD8<Double> {
    guard v.max() < 0.04 else {
      var factors = SIMD8<Double>.one
      for lane in 0..<8 where v[lane] > 0 { factors[lane] = positiveFactor(relativeVariance: v[lane]) }
      return factors
    }
    let (a, b, c, d) = (bell(), bell(), bell(), bell())
    let deviates = SIMD8(a, -a, b, -b, c, -c, d, -d)
    return 1 + (v * (3 / 4_294_967_295)).squareRoot() * deviates
  }

  /// The sum of four whole numbers below 2^16, each of variance (2^32 - 1) / 12, less its mean.
  private mutating func bell() -> Double {
    let bits = next()
    return Double(Int64(bits & 0xFFFF + bits >> 16 & 0xFFFF + bits >> 32 & 0xFFFF + bits >> 48) - 131_070)
  }

  /// Eight negative binomial variates, those of a pair of lanes at opposite probabilities up to a mean beyond which adding up
  /// probabilities takes longer than drawing each.
  fileprivate mutating func pairedCounts(means: SIMD8<Double>, dispersions: SIMD8<Double>) -> SIMD8<Double> {
    var counts = SIMD8<Double>.zero
    let isWithinReach = means .< 128
    if any(isWithinReach) {
      let (a, b, c, d) = (openUniform(), openUniform(), openUniform(), openUniform())
      let u = SIMD8(a, 1 - a, b, 1 - b, c, 1 - c, d, 1 - d)
      withUnsafeBytes(of: u) { u in
        withUnsafeBytes(of: means.replacing(with: 0, where: .!isWithinReach)) { means in
          withUnsafeBytes(of: dispersions) { dispersions in
            withUnsafeMutableBytes(of: &counts) { counts in
              // Each of the four has the address of eight numbers, which is not nil.
              if let u = u.baseAddress, let means = means.baseAddress, let dispersions = dispersions.baseAddress,
                let counts = counts.baseAddress
              {
                count_lanes_quantiles(
                  u.assumingMemoryBound(to: Double.self), means.assumingMemoryBound(to: Double.self),
                  dispersions.assumingMemoryBound(to: Double.self), counts.assumingMemoryBound(to: Double.self))
              }
            }
          }
        }
      }
    }
    for lane in 0..<8 where !isWithinReach[lane] {
      let dispersion = dispersions[lane]
      counts[lane] = negativeBinomial(mean: means[lane], size: dispersion > 1e-9 ? 1 / dispersion : .infinity)
    }
    return counts
  }
}
