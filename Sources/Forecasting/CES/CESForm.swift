/// A form of complex exponential smoothing (Svetunkov, Kourentzes & Ord 2022): how the season enters.
///
/// A complex level is two numbers, the level l and the potential c, which is its "information potential": what of the past
/// is not in the level yet. With e = y - mu and gains a (level) and b (season), both complex,
///
///     none     mu = l                    (l, c) one period ago
///     simple   mu = l                    (l, c) one cycle ago: every season is a series of its own
///     partial  mu = l + s                s one cycle ago, s' = s + b e
///     full     mu = l + s                (s, d) one cycle ago, smoothed as (l, c) is, by b
///
/// and the step of a pair is that of ``CESPair``.
enum CESForm: String, CaseIterable, Sendable {
  /// No season.
  case none = "N"
  /// Every season by itself.
  case simple = "S"
  /// A level and a real season.
  case partial = "P"
  /// A level and a complex season.
  case full = "F"

  /// `CES(P)`.
  var name: String { "CES(\(rawValue))" }
  /// Whether a level is carried from each period to the next.
  var hasLevel: Bool { self != .simple }
  /// Whether states are carried from each period to the one a cycle later.
  var hasRing: Bool { self != .none }
  /// Whether those states are pairs.
  var hasPairs: Bool { self == .simple || self == .full }

  /// Gains to estimate.
  var gainCount: Int {
    switch self {
    case .none, .simple: 2
    case .partial: 3
    case .full: 4
    }
  }

  /// Parameters with a cycle of `m` periods: gains, sigma, and of a season the figures but one, which it starts from.
  ///
  /// statsforecast and R's smooth, which backcast the states before the first period as is done here, count no figure, and
  /// hence find a season in nearly everything: of series made without one, in 20 of 20.
  func parameterCount(_ m: Int) -> Int { gainCount + 1 + (hasRing ? m - 1 : 0) }
}

/// The real and imaginary parts of a complex gain, and what a pair of states does with it.
///
///     l' = l - (1 - imaginary) c + (real - imaginary) e
///     c' = l + (1 - real)      c + (real + imaginary) e
struct CESPair: Sendable, Equatable {
  /// alpha_0, or beta_0.
  var real: Double
  /// alpha_1, or beta_1; of no use to a partial season.
  var imaginary: Double

  /// A step by an error.
  @inline(__always)
  func advance(_ l: inout Double, _ c: inout Double, by e: Double) {
    let (level, potential) = (l, c)
    l = level - (1 - imaginary) * potential + (real - imaginary) * e
    c = level + (1 - real) * potential + (real + imaginary) * e
  }

  /// Weights of l and c in the level that 0, 1, ... steps without error end at.
  func weights(_ count: Int) -> [(level: Double, potential: Double)] {
    var row = (level: 1.0, potential: 0.0)
    return (0..<count).map { _ in
      defer { row = (row.level + row.potential, (1 - real) * row.potential - (1 - imaginary) * row.level) }
      return row
    }
  }

  /// By what factor a step without error multiplies a level that it has long multiplied: the larger root of the step, 1
  /// where the imaginary part is 1. NaN where the roots are complex.
  var growth: Double {
    let trace = 2 - real
    return (trace + (trace * trace - 4 * (2 - real - imaginary)).squareRoot()) / 2
  }

  /// The imaginary part with which the growth is `growth`.
  static func imaginary(real: Double, growth: Double) -> Double { 1 + (growth - 1) * (growth - 1 + real) }
}

/// The gains of a form.
struct CESGains: Sendable, Equatable {
  /// Of the level (for a simple season, of every season).
  var level: CESPair
  /// Of the season; not read where there is none.
  var season = CESPair(real: 0, imaginary: 0)

  /// Of the states carried over a cycle.
  func ring(_ form: CESForm) -> CESPair { form == .simple ? level : season }
}
