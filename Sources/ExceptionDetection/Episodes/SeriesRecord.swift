import NumericCore

/// How the verdicts on a series' past turned out, by which a new one may be believed.
///
/// Where the surveillance regression is the only opinion, a level that wanders is taken for one event after another: the scores of
/// the past are then wider than a normal distribution's. A score is divided by their root mean square where that is more than 1, as
/// ``SecondOpinion`` does for months.
struct SeriesRecord: Sendable {
  /// Root mean square of the past scores, at least 1.
  let scale: Double
  /// Scores that a scale of 1 is worth.
  static let prior = 6.0
  /// A score counts as no more than this: one event does not discredit the past.
  static let bound = 3.0

  /// - Parameters:
  ///   - past: verdicts on earlier periods, each from what was known then.
  ///   - alpha: one-sided level of their intervals.
  init(_ past: ArraySlice<PeriodTest>, alpha: Double) {
    let reach = -Normal.quantile(alpha)
    var sum = SeriesRecord.prior
    var count = SeriesRecord.prior
    for test in past where test.kind != .notTested {
      guard let observed = test.observed else { continue }
      let edge = observed > test.expected ? test.upper - test.expected : test.expected - test.lower
      let score = (observed - test.expected) / (max(0.5, edge) / reach)
      guard score.isFinite else { continue }
      let held = min(SeriesRecord.bound, max(-SeriesRecord.bound, score))
      sum += held * held
      count += 1
    }
    scale = max(1, (sum / count).squareRoot())
  }

  /// A p-value as the record bears it out.
  func rescaled(_ p: Double) -> Double {
    scale == 1 ? p : Normal.cdf(Normal.quantile(min(1 - 1e-12, max(1e-300, p))) / scale)
  }
}
