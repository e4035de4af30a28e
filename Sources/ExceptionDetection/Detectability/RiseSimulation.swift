import NumericCore

/// Histories of one series with rises of any size in their last periods, through the real test.
struct RiseSimulation: Sendable {
  /// What one simulated period needs: its uniform number, the same as a normal score, and its gamma factor.
  private struct Draw: Sendable {
    let uniform: Double
    let score: Double
    let factor: Double
  }

  /// Baselines of the last periods, oldest first; nil where there is no verdict.
  private let fits: [(fit: BaselineFit, dispersion: PooledDispersion)?]
  private let alpha: Double
  private let windows: Int
  private let clip: Double
  /// Expected counts of the last periods of the fits and the seven before them, newest first; 0 where missing.
  private let expected: [Double]
  /// By history, newest first.
  private let draws: [[Draw]]

  init(
    _ baselines: [BaselineFit?], _ dispersions: [PooledDispersion?], alpha: Double, windows: Int, clip: Double,
    draws count: Int, random: RandomSource
  ) {
    fits = zip(baselines, dispersions).map { fit, dispersion in
      if let fit, let dispersion { (fit, dispersion) } else { nil }
    }
    self.alpha = alpha
    self.windows = windows
    self.clip = clip
    // The newest baseline that reaches a period says what was expected of it.
    var expected = [Double](repeating: 0, count: fits.count + 7)
    for (age, fit) in fits.reversed().enumerated() {
      for back in 0..<8 where expected[age + back] == 0 { expected[age + back] = fit?.fit.means[back] ?? 0 }
    }
    self.expected = expected
    let newest = fits.last ?? nil
    let inverseSize = max(0, newest?.dispersion.inverseSize ?? 0)
    let spread = (newest?.fit.logVariance ?? 0).squareRoot()
    var random = random
    draws = (0..<max(1, count)).map { _ in
      let level = exponential(spread * random.normal() - spread * spread / 2)
      return expected.map { _ in
        let factor = inverseSize > 1e-9 ? random.gamma(shape: 1 / inverseSize) * inverseSize : 1
        let uniform = random.openUniform()
        return Draw(uniform: uniform, score: Normal.quantile(uniform), factor: level * factor)
      }
    }
  }

  /// The smallest rise a period that is found within `periods`.
  func rise(within periods: Int, power: Double) -> Detectability.Rise {
    let there = (0..<periods).map { expected[$0] }.filter { $0 > 0 }
    let mean = there.isEmpty ? 0 : there.reduce(0, +) / Double(there.count)
    let wanted = Int((power * Double(draws.count)).rounded(.up))
    // Histories found at `low`, and those found at `high` but not at `low`.
    var below = 0
    var between = Array(draws.indices)
    var low = 0.0
    var high = max(1, 3 * mean.squareRoot())
    while true {
      let (found, rest) = split(between, periods: periods, rise: high)
      if below + found.count >= wanted {
        between = found
        break
      }
      below += found.count
      between = rest
      low = high
      high *= 2
      // A test that does not see a million times what was expected sees nothing.
      if high > 1e6 * (1 + mean) { return .init(within: periods, expected: mean, count: nil) }
    }
    while high - low > 0.002 * high && high > 1e-6 {
      let middle = (low + high) / 2
      let (found, rest) = split(between, periods: periods, rise: middle)
      if below + found.count >= wanted {
        high = middle
        between = found
      } else {
        below += found.count
        low = middle
        between = rest
      }
    }
    return .init(within: periods, expected: mean, count: high)
  }

  private func split(_ histories: [Int], periods: Int, rise: Double) -> (found: [Int], rest: [Int]) {
    var found: [Int] = []
    var rest: [Int] = []
    for history in histories {
      if isFound(draws[history], periods: periods, rise: rise) { found.append(history) } else { rest.append(history) }
    }
    return (found, rest)
  }

  /// Whether any of the last periods is flagged.
  private func isFound(_ draws: [Draw], periods: Int, rise: Double) -> Bool {
    let counts = expected.indices.map { age -> Double in
      guard expected[age] > 0 else { return 0 }
      let mean = draws[age].factor * (expected[age] + (age < periods ? rise : 0))
      return poissonQuantile(draws[age].uniform, draws[age].score, mean: mean)
    }
    for age in stride(from: periods - 1, through: 0, by: -1) {
      guard case (var fit, let dispersion)? = fits[fits.count - 1 - age] else { continue }
      for back in 0..<8 { fit.counts[back] = fit.means[back] > 0 ? counts[age + back] : 0 }
      if WindowScan(fit, dispersion, windows: windows, clip: clip).upper.pValue < alpha { return true }
    }
    return false
  }
}

/// The Poisson count at a uniform number, rising with the mean; from means of 40 up by the Cornish-Fisher expansion to
/// the second order, within half a count there.
func poissonQuantile(_ uniform: Double, _ score: Double, mean: Double) -> Double {
  if mean >= 40 { return max(0, (mean + mean.squareRoot() * score + (score * score - 1) / 6).rounded()) }
  var probability = exponential(-mean)
  var sum = probability
  var count = 0.0
  while sum < uniform && count < 400 {
    count += 1
    probability *= mean / count
    sum += probability
  }
  return count
}
