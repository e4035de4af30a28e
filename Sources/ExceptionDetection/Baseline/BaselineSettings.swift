import TimeSeries

/// What detection assumes, in one place. The half-life is a round number of the field. The weekly
/// window, the bound of the scores, the guard gap, the weight of the period alone against its windows and the trend's prior
/// were compared on the first simulated sample of the model card, over some twenty settings: its figures there are
/// optimistic, and those of the fresh seeds are the fairer ones.
struct BaselineSettings: Sendable {
  /// History loses half its weight in this many years: long enough for three of every calendar month to count, short
  /// enough for a straight trend to be a fair description of what counts.
  var halfLifeYears = 3.0
  /// Periods just before the tested one that are left out, so that a rise that has begun does not set its own baseline.
  var guardPeriods: @Sendable (Frequency) -> Int = BaselineSettings.standardGuard
  /// Observed baseline periods without which nothing is tested.
  var minimumPeriods = 12
  /// Baseline periods observed since a step without which the new level is not known.
  var minimumPeriodsAfterStep = 3
  /// Prior standard deviation of the yearly log growth: 10 % a year either way is ordinary for a district's crime.
  var trendDeviation = 0.1
  /// Prior standard deviations of the coefficients of the first, second, ... harmonic: a season of 30 % either way is
  /// ordinary, and finer shapes are smaller.
  var harmonicDeviations = [0.3, 0.15, 0.1]
  /// Prior standard deviation of a step's log factor: no more than that steps tenfold are not expected.
  var stepDeviation = 1.0
  /// Precision of the intercept's prior, centred on the weighted mean with half a count added: it carries as much as
  /// half a count, and keeps a series of zeros from an expectation of nothing at all (compare Jeffreys' prior).
  var interceptPrecision = 0.5

  /// Most robust rounds of a fit from nothing, and of one that starts from an earlier fit of the same season (a k-step
  /// estimator; Bickel 1975, JASA 70, 428-434).
  var anchorRounds = 20
  /// See ``anchorRounds``.
  var warmRounds = 3
  /// Longest window of the scan, in periods, at most 8.
  var windows: @Sendable (Frequency) -> Int = BaselineSettings.standardWindow
  /// Normal scores of the periods before the tested one are held within this when a window is summed.
  var clip = 2.5

  /// Half a year of months, where shifts matter; three weeks, about as long as outbreaks of a few cases last; six days; two
  /// quarters. No longer than the guard gap and the tested period together.
  static func standardWindow(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily, .monthly: 6
    case .weekly: 3
    case .quarterly: 2
    case .yearly, .financialYearly: 1
    }
  }

  /// 6 months, 8 weeks, 21 days, 1 quarter or year.
  static func standardGuard(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily: 21
    case .weekly: 8
    case .monthly: 6
    case .quarterly, .yearly, .financialYearly: 1
    }
  }

  /// Seasonal cycles as (periods in a cycle, pairs of harmonics).
  func cycles(_ frequency: Frequency) -> [(length: Double, pairs: Int)] {
    switch frequency {
    case .daily: [(7, 3), (365.2425, 1)]
    case .weekly: [(365.2425 / 7, 2)]
    case .monthly: [(12, 2)]
    case .quarterly: [(4, 1)]
    case .yearly, .financialYearly: []
    }
  }
}
