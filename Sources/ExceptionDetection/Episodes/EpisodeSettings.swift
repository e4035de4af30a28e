import TimeSeries

/// How flags are joined into episodes. Chosen on simulated samples of other seeds than those of the model card's figures
/// (card `episodes`).
struct EpisodeSettings: Hashable, Sendable {
  /// An open episode is kept open by a period whose p-value is below this multiple of alpha (at most 0.1): two thresholds,
  /// the higher one to begin and the lower one to go on, so that a rise that hovers about alpha is one episode.
  var keepFactor = 10.0

  /// Level below which a p-value keeps an episode open.
  func keep(alpha: Double) -> Double { max(alpha, min(0.1, keepFactor * alpha)) }

  /// Judged periods in a row that must be quiet before an episode is over: four months, six weeks, a fortnight; one quarter or year.
  func quietPeriods(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily: 14
    case .weekly: 6
    case .monthly: 4
    case .quarterly: 2
    case .yearly, .financialYearly: 1
    }
  }

  /// Periods since the onset after which a level that has lasted may be taken for the new normal: a year, so that every
  /// season has been seen at the new level; two quarters more for quarters, for the guard gap.
  func rebasePeriods(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily: 90
    case .weekly: 52
    case .monthly: 12
    case .quarterly: 6
    case .yearly, .financialYearly: 5
    }
  }

  /// Periods judged before the first one reported, so that what is open then is known: two years; a quarter of a year of days.
  func lookBack(_ frequency: Frequency) -> Int {
    switch frequency {
    case .daily: 90
    case .weekly: 104
    case .monthly: 24
    case .quarterly: 8
    case .yearly, .financialYearly: 3
    }
  }
}
