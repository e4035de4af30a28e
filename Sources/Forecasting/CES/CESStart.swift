/// States before the first period, from which the history is first run through: those of statsforecast and R's smooth.
///
/// They matter little: what counts are the states that the history run backwards leads to (``CESTrack``).
struct CESStart: Sendable {
  /// Level and its potential; not read for a simple season.
  let level: Double
  /// States a cycle before the first: of the season, for a simple season the first values. Empty without one.
  let ring: [Double]

  /// A potential is its state by this, as where the real part of the gain is this and the level stands still.
  static let potential = 1 / 1.1

  /// - Parameters:
  ///   - y: values without gaps.
  ///   - figures: what the season adds to each of the first m values.
  init(_ y: [Double], form: CESForm, figures: [Double]) {
    let m = figures.count
    let count = min(form == .none ? 10 : m, y.count)
    level = y.prefix(count).reduce(0, +) / Double(max(1, count))
    switch form {
    case .none: ring = []
    case .simple: ring = Array(y.prefix(m))
    case .partial, .full: ring = figures
    }
  }
}
