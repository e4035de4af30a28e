import NumericCore

/// Counts of an area before and after an intervention.
public struct BeforeAfter: Hashable, Sendable {
  /// The count before.
  public let before: Double
  /// The count after.
  public let after: Double
  /// Counts of equally long stretches of time.
  public init(_ before: Double, _ after: Double) { (self.before, self.after) = (before, after) }

  /// Nothing, of an area that is not looked at.
  public static let none = BeforeAfter(0, 0)

  /// The change.
  var change: Double { after - before }
  /// The variance of that change, of counts that scatter by chance alone.
  var variance: Double { after + before }
}

/// The weighted displacement difference test: what an intervention brought, the displacement that it caused counted against it
/// (Wheeler & Ratcliffe 2018, *Crime Science* 7, 11).
///
///     WDD = (T₁ − T₀) − (C₁ − C₀) + (D₁ − D₀) − (CD₁ − CD₀),   var WDD = φ Σ counts
///
/// of a treated area T, its control C, an area D that crime may have moved to, and that one's control CD. The published test has φ = 1:
/// counts that come independently. Crimes come in runs, and ``scatter`` says how much more they vary.
public struct DisplacementTest: Hashable, Sendable {
  /// The treated area.
  public let treated: BeforeAfter
  /// The control.
  public let control: BeforeAfter
  /// The area that crime may have moved to.
  public let displacement: BeforeAfter
  /// That one's control.
  public let displacementControl: BeforeAfter
  /// Variance of the counts as a multiple of that of independent events, at least 1.
  public let scatter: Double

  /// A test.
  public init(
    treated: BeforeAfter, control: BeforeAfter, displacement: BeforeAfter = .none,
    displacementControl: BeforeAfter = .none, scatter: Double = 1
  ) {
    self.treated = treated
    self.control = control
    self.displacement = displacement
    self.displacementControl = displacementControl
    self.scatter = max(1, scatter)
  }

  /// What the treated area changed by beyond its control.
  public var local: Double { treated.change - control.change }
  /// What the displacement area changed by beyond its control: above 0 for displacement, below for benefits that spread.
  public var displaced: Double { displacement.change - displacementControl.change }
  /// Both together: below 0 for crimes saved.
  public var difference: Double { local + displaced }
  /// Standard error of ``difference``.
  public var error: Double {
    (scatter * [treated, control, displacement, displacementControl].reduce(0) { $0 + $1.variance }).squareRoot()
  }
  /// The difference in standard errors.
  public var z: Double { difference / error }
  /// One-sided chance of so large a fall if nothing had changed.
  public var probability: Double { Normal.cdf(z) }

  /// Central interval of the difference.
  ///
  /// - Parameter level: in per cent.
  public func interval(_ level: Double = 95) -> ClosedRange<Double> {
    let reach = Normal.quantile(0.5 + level / 200) * error
    return (difference - reach)...(difference + reach)
  }

  /// The weighted displacement quotient (Bowers & Johnson 2003, *Journal of Quantitative Criminology* 19, 275-301): the change of the
  /// displacement area for one of the treated area, both as shares of the control,
  ///
  ///     WDQ = (D₁/C₁ − D₀/C₀) / (T₁/C₁ − T₀/C₀).
  ///
  /// Above 0 benefits spread; between 0 and -1 there was displacement, less than what was gained; below -1 more. Nil where the treated
  /// area did not fall against its control, of which there is no success to be displaced, and where a count that divides is 0.
  public var quotient: Double? {
    guard control.before > 0, control.after > 0 else { return nil }
    let gained = treated.after / control.after - treated.before / control.before
    guard gained < 0 else { return nil }
    return (displacement.after / control.after - displacement.before / control.before) / gained
  }

  /// Central interval of the quotient by drawing the six counts anew; nil where one draw in forty finds no fall of the treated area,
  /// and the quotient has no bounds.
  ///
  /// - Parameters:
  ///   - level: in per cent.
  ///   - seed: of the draws, 10,000 of them.
  public func quotientInterval(_ level: Double = 95, seed: UInt64 = 1) -> ClosedRange<Double>? {
    guard quotient != nil else { return nil }
    var random = RandomSource(seed: seed, stream: "weighted displacement quotient")
    func draw(_ mean: Double) -> Double {
      scatter > 1 ? random.negativeBinomial(mean: mean, size: mean / (scatter - 1)) : random.poisson(mean: mean)
    }
    var drawn: [Double] = []
    let count = 10_000
    drawn.reserveCapacity(count)
    for _ in 0..<count {
      let counts = [treated, control, displacement].map { BeforeAfter(draw($0.before), draw($0.after)) }
      if let one = DisplacementTest(treated: counts[0], control: counts[1], displacement: counts[2]).quotient {
        drawn.append(one)
      }
    }
    guard drawn.count >= count * 39 / 40 else { return nil }
    drawn.sort()
    let tail = (1 - level / 100) / 2
    return quantile(tail, ofSorted: drawn)...quantile(1 - tail, ofSorted: drawn)
  }

  /// The change of the treated area against its control as a share, -0.2 for a fifth fewer, with its central interval: the ratio of
  /// ratios, normal in its logarithm. Nil where a count is 0.
  public func relative(_ level: Double = 95) -> (change: Double, interval: ClosedRange<Double>)? {
    let counts = [treated.before, treated.after, control.before, control.after]
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    let log = logarithm(treated.after / treated.before) - logarithm(control.after / control.before)
    let reach = Normal.quantile(0.5 + level / 200) * (scatter * counts.reduce(0) { $0 + 1 / $1 }).squareRoot()
    return (exponential(log) - 1, (exponential(log - reach) - 1)...(exponential(log + reach) - 1))
  }

  /// The probability that the test, at a one-sided level, finds a fall of this share of the treated area's count before: what the
  /// counts before say, if nothing else changes.
  ///
  /// - Parameters:
  ///   - drop: share of the treated area's count, from 0 to 1.
  ///   - alpha: one-sided level.
  public func power(drop: Double, alpha: Double = 0.05) -> Double {
    let expected = unchanged
    let after = DisplacementTest(
      treated: BeforeAfter(treated.before, (1 - drop) * treated.before), control: expected.control,
      displacement: expected.displacement, displacementControl: expected.displacementControl, scatter: scatter)
    guard after.error > 0 else { return 0 }
    return Normal.cdf(-after.difference / after.error + Normal.quantile(alpha))
  }

  /// The same if nothing changed from before.
  private var unchanged: DisplacementTest {
    func same(_ one: BeforeAfter) -> BeforeAfter { BeforeAfter(one.before, one.before) }
    return DisplacementTest(
      treated: same(treated), control: same(control), displacement: same(displacement),
      displacementControl: same(displacementControl), scatter: scatter)
  }

  /// The smallest fall, as a share of the treated area's count before, that the test would find with a probability; nil if it would
  /// not even find that nothing is left.
  public func detectable(power wanted: Double = 0.8, alpha: Double = 0.05) -> Double? {
    guard treated.before > 0, power(drop: 1, alpha: alpha) >= wanted else { return nil }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if power(drop: middle, alpha: alpha) >= wanted { high = middle } else { low = middle }
    }
    return high
  }
}
