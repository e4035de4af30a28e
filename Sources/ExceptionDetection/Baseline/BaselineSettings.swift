import TimeSeries

/// What detection assumes, in one place. Half-life, the terms' priors and the bound of the scores were compared on simulated
/// samples of this project's own (see the model card), never on the sample that the card's figures are of.
package struct BaselineSettings: Hashable, Sendable {
  /// The defaults.
  package init() {}

  /// Years in which history of shares and values, whose levels wander more, loses half its weight; of counts see ``halfLifeYears(_:)``.
  var figureHalfLifeYears = 3.0
  /// Prior standard deviation of the exponent of the days in the period, whose prior mean is 1: counts in proportion to
  /// days, unless the series says otherwise.
  var daysDeviation = 1.0
  /// Observed baseline periods without which nothing is tested.
  var minimumPeriods = 12
  /// Baseline periods observed since a step without which the new level is not known.
  var minimumPeriodsAfterStep = 3
  /// Prior standard deviation of the yearly log growth: 10 % a year either way is ordinary for a district's crime.
  var trendDeviation = 0.1
  /// Prior standard deviations of the coefficients of the first, second, ... harmonic: a season of 30 % either way is
  /// ordinary, and finer shapes are smaller.
  var harmonicDeviations = [0.3, 0.15, 0.1]
  /// Trend and harmonics that the series shows little of are drawn closer to 0 (``BaselineFitter``): their prior variance is
  /// estimated, by as much as if this many coefficients more had been seen, of the deviation below.
  var shrinkNumber = 0.5
  /// See ``shrinkNumber``.
  var shrinkDeviation = 0.05
  /// Prior standard deviation of a step's log factor: no more than that steps tenfold are not expected.
  var stepDeviation = 1.0
  /// Precision of the intercept's prior, centred on the weighted mean with half a count added: it carries as much as
  /// half a count, and keeps a series of zeros from an expectation of nothing at all (compare Jeffreys' prior).
  var interceptPrecision = 0.5

  /// Most robust rounds of a fit from nothing, and of one that follows a long step from an earlier fit.
  var anchorRounds = 20
  /// See ``anchorRounds``.
  var warmRounds = 3
  /// A step from the season's first fit longer than this (squared, in standard errors) is not the last.
  var longStep = 5.0
  /// Squared step, in standard errors, after which a fit from nothing is near enough for one more to do.
  var nearEnough = 0.02
  /// Normal scores of the periods before the tested one are held within this when a window is summed.
  var clip = 2.5

  /// Longest window of the scan, in periods, at most 8: half a year of months, where shifts matter; three weeks, about as long as outbreaks of a few cases last; six days; two
  /// quarters. No longer than the guard gap and the tested period together.
  func windows(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily, .monthly: 6
    case .weekly: 3
    case .quarterly: 2
    case .yearly, .financialYearly: 1
    }
  }

  /// Whether the counts model foresees periods of this length: months, whose seasons its pools know.
  func foresees(_ frequency: Frequency) -> Bool { frequency == .monthly }

  /// Years in which history loses half its weight, 6: long enough for the level to be sure, short enough for a straight trend to be a fair description of what
  /// counts. 3 for weeks and days, which are many, and whose seasons are fine enough to wander.
  func halfLifeYears(_ frequency: Frequency) -> Double {
    frequency == .weekly || frequency == .daily ? 3 : 6
  }

  /// Periods just before the tested one that are left out, so that a rise that has begun does not set its own baseline:
  /// 6 months, 8 weeks, 21 days, 1 quarter or year.
  func guardPeriods(_ frequency: Frequency) -> Int {
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
