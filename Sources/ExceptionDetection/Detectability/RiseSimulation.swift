import NumericCore

/// Histories of one series with rises of any size in their last periods, through the real test.
struct RiseSimulation: Sendable {
  /// What one simulated period needs: its uniform number, the same as a normal score, and its gamma factor.
  private struct Draw: Sendable {
    let uniform: Double
    let score: Double
    let factor: Double
  }

  /// What the test of a period rests on.
  struct Basis: Sendable {
    let fit: BaselineFit
    let dispersion: PooledDispersion
    let foresight: Foresight?
    let opinion: SecondOpinion

    /// What was expected of the period.
    fileprivate var expected: Double { foresight?.predictive.mean ?? fit.means[0] }
  }

  /// Of the last periods, oldest first; nil where there is no verdict.
  private let bases: [Basis?]
  private let alpha: Double
  private let windows: Int
  private let clip: Double
  /// Expected counts of the last periods of the fits and the seven before them, newest first; 0 where missing.
  private let expected: [Double]
  /// By history, newest first.
  private let draws: [[Draw]]

  init(_ bases: [Basis?], alpha: Double, windows: Int, clip: Double, draws count: Int, random: RandomSource) {
    self.bases = bases
    self.alpha = alpha
    self.windows = windows
    self.clip = clip
    // What was foreseen of a period itself; of those before, the newest baseline that reaches them says what was expected.
    var expected = [Double](repeating: 0, count: bases.count + 7)
    for (age, basis) in bases.reversed().enumerated() {
      if let basis { expected[age] = basis.expected }
      for back in 0..<8 where expected[age + back] == 0 {
        expected[age + back] =
          basis.map { $0.foresight == nil ? $0.fit.means[back] : $0.foresight?.expected[back] ?? 0 } ?? 0
      }
    }
    self.expected = expected
    let newest = bases.last ?? nil
    let inverseSize: Double
    let spread: Double
    if let predictive = newest?.foresight?.predictive {
      // The level's wandering is in the distribution of each period.
      inverseSize = max(0, predictive.variance - predictive.mean) / max(1e-300, predictive.mean * predictive.mean)
      spread = 0
    } else {
      inverseSize = max(0, newest?.dispersion.inverseSize ?? 0)
      spread = (newest?.fit.logVariance ?? 0).squareRoot()
    }
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
      guard let basis = bases[bases.count - 1 - age] else { continue }
      var drawn = SIMD8<Double>.zero
      for back in 0..<8 where basis.fit.means[back] > 0 { drawn[back] = counts[age + back] }
      let fit = basis.fit.replacing(counts: drawn)
      let scan = WindowScan(fit, basis.dispersion, windows: windows, clip: clip)
      let joint = JointTest(
        scan, fit, foresight(basis, age: age, counts, draws, rise: (periods, rise)), basis.opinion,
        windows: windows, clip: clip)
      if joint.upper.pValue < alpha { return true }
    }
    return false
  }

  /// What was foreseen, with the scores of simulated counts. What is foreseen follows a rise, by a share of what is left of it each
  /// period: of a count only what was not foreseen of the rise is scored.
  private func foresight(
    _ basis: Basis, age: Int, _ counts: [Double], _ draws: [Draw], rise: (periods: Int, count: Double)
  ) -> Foresight? {
    guard var foresight = basis.foresight else { return nil }
    let gain = foresight.gain
    for back in 0..<8 where foresight.scores[back].isFinite {
      let begun = rise.periods - 1 - age - back
      let followed = begun > 0 ? rise.count * (1 - power(1 - gain, Double(begun))) : 0
      foresight.observed[back] = counts[age + back]
      foresight.expected[back] += followed
      let place = bases.count - 1 - age - back
      if place >= 0, let predictive = (bases[place] ?? nil)?.foresight?.predictive {
        foresight.scores[back] = Foresight.score(max(0, (counts[age + back] - followed).rounded()), predictive)
      } else {
        foresight.scores[back] = draws[age + back].score
      }
    }
    return foresight
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
