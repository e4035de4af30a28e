/// Which gains a search may find, and the variables it moves instead of them.
struct CESDomain: Sendable {
  /// Least and largest variables: real and second one of the level, real and second one of the season.
  let lowest: SIMD4<Double>
  let highest: SIMD4<Double>
  /// Whether the second variables are growths (``CESPair/growth``); else imaginary parts.
  let isOfGrowth: Bool

  /// The bounds of statsforecast: real parts within [0.01, 1.8] (season 1.5), imaginary parts within [0.01, 1.9] (1.5).
  static let box = CESDomain(lowest: [0.01, 0.01, 0.01, 0.01], highest: [1.8, 1.9, 1.5, 1.5], isOfGrowth: false)

  /// Narrower bounds, chosen on the ends held out of the M3 series: errors move a level, a simple and a full season towards
  /// the data (their gain is the real part less 1 where the imaginary part is 1), up to nearly all the way, and forecasts
  /// grow or shrink by no more than ``yearly`` a year in the long run.
  ///
  /// - Parameters:
  ///   - cycle: periods of a cycle.
  ///   - periodsPerYear: periods of a year.
  static func growth(_ form: CESForm, cycle: Int, periodsPerYear: Int) -> CESDomain {
    let year = Double(max(1, periodsPerYear))
    let ofCycle = 1 + yearly * Double(cycle) / year
    let ofLevel = form.hasLevel ? 1 + yearly / year : ofCycle
    return CESDomain(
      lowest: [1, 2 - ofLevel, form == .partial ? 0.01 : 1, 2 - ofCycle], highest: [1.98, ofLevel, 1.5, ofCycle],
      isOfGrowth: true)
  }

  /// Most that forecasts may grow or shrink a year. Without a bound the criterion, which looks one step ahead, takes growth
  /// for lasting that is not.
  static let yearly = 0.03

  /// Variables of some gains, brought within the bounds.
  func variables(_ gains: CESGains) -> SIMD4<Double> {
    let (a, b) = (gains.level, gains.season)
    let second = isOfGrowth ? SIMD2(a.growth, b.growth) : SIMD2(a.imaginary, b.imaginary)
    return clamped([a.real, second[0], b.real, second[1]])
  }

  /// Variables brought within the bounds.
  func clamped(_ x: SIMD4<Double>) -> SIMD4<Double> {
    x.replacing(with: lowest, where: .!(x .>= lowest)).replacing(with: highest, where: x .> highest)
  }

  /// Gains of some variables.
  func gains(_ x: SIMD4<Double>) -> CESGains {
    CESGains(level: pair(x[0], x[1]), season: pair(x[2], x[3]))
  }

  private func pair(_ real: Double, _ second: Double) -> CESPair {
    CESPair(real: real, imaginary: isOfGrowth ? CESPair.imaginary(real: real, growth: second) : second)
  }

  /// Derivatives of the gains by the variables.
  func slopes(_ x: SIMD4<Double>) -> CESKernel.GainSlopes {
    let (u, v) = (x[1] - 1, x[3] - 1)
    return CESKernel.GainSlopes(
      level: .init(real: [1, 0, 0, 0], imaginary: isOfGrowth ? [u, 2 * u + x[0], 0, 0] : [0, 1, 0, 0]),
      season: .init(real: [0, 0, 1, 0], imaginary: isOfGrowth ? [0, 0, v, 2 * v + x[2]] : [0, 0, 0, 1]))
  }
}
