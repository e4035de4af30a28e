import Forecasting
import TimeSeries

/// What was usual before a last year that was not: the level that the next year may only be returning to.
public struct UsualLevel: Sendable, Hashable, Codable {
  /// Why the last year was not usual.
  public enum Reason: String, Sendable, Hashable, Codable {
    /// It holds periods that were not typical, such as those of a lockdown: the last year without any is usual.
    case untypicalPeriods = "untypical periods"
    /// It lies outside every comparable year before it: those are usual, and most of what lies far out comes back.
    case outlyingYear = "outlying year"
  }

  /// Why.
  public let reason: Reason
  /// First period of what is usual.
  public let from: Period
  /// Last period of it.
  public let through: Period
  /// Calendar periods over which the levels are compared.
  public let periods: Int
  /// The usual level, at today's level of recording; of several years their mean.
  public let level: Double
  /// The lowest of the years; of one year its level less a change that would be material.
  public let lower: Double
  /// The highest of the years; of one year its level and a change that would be material.
  public let upper: Double
  /// The last year's level over the same calendar periods.
  public let lastYear: Double
  /// The level that is expected of the next year over the same calendar periods.
  public let next: Double

  /// A usual level.
  public init(
    reason: Reason, from: Period, through: Period, periods: Int, level: Double, lower: Double, upper: Double,
    lastYear: Double, next: Double
  ) {
    self.reason = reason
    self.from = from
    self.through = through
    self.periods = periods
    self.level = level
    self.lower = lower
    self.upper = upper
    self.lastYear = lastYear
    self.next = next
  }

  /// Whether a move of the next year in this direction goes no further than what is usual: then it is no news.
  public func isReturn(_ direction: Event.Direction) -> Bool {
    switch direction {
    case .rise: lastYear < level && next > lastYear && next <= upper
    case .fall: lastYear > level && next < lastYear && next >= lower
    }
  }

  /// Years before the last that are looked at.
  static let mostYears = 5
  /// Years that must agree before the last is said to lie outside them.
  static let leastYears = 3

  /// What was usual of a series, by its history like for like and its forecast.
  ///
  /// - Returns: nil where the last year is as usual as those before it, as far as is known.
  public init?(
    _ history: ComparableHistory, forecast: SeriesForecast, interventions: [Intervention], outlook: Outlook,
    profile: ScoringProfile = ScoringProfile()
  ) {
    let series = history.series
    let year = series.start.frequency.periodsPerYear
    guard forecast.forecast.horizon >= year, series.count > year else { return nil }
    let end = series.end
    func isTypical(_ back: Int) -> Bool {
      !(0..<year).contains { step in interventions.contains { $0.masks(end - back * year - step) } }
    }
    /// Whether the years from `back` on are at today's level of recording.
    func isComparable(_ back: Int) -> Bool {
      !history.unmeasured.contains { $0 > end - (back + 1) * year + 1 && $0 <= end }
    }
    let known = (0..<year).map { end - $0 }.filter(series.isKnown)
    func matched(_ back: Int) -> [Period] { known.filter { series.isKnown($0 - back * year) } }
    func next(_ periods: [Period]) -> Double? {
      let ahead = periods.map { forecast.forecast.mean[year - 1 - (end - $0)] }
      guard ahead.allSatisfy(\.isFinite) else { return nil }
      let weights = periods.map { period in series.denominators.map { $0[period - series.start] } ?? 1 }
      let sum = zip(ahead, weights).reduce(0) { $0 + $1.0 * $1.1 }
      return series.kind == .count ? sum : sum / weights.reduce(0, +)
    }
    let enough = profile.minimumShareOfYear * Double(year)

    if !isTypical(0) {
      var back = 1
      while end - (back + 1) * year + 1 >= series.start - (year - 1), isComparable(back) {
        let periods = matched(back)
        if isTypical(back) && Double(periods.count) >= enough {
          guard let level = series.level(over: periods.map { $0 - back * year }),
            let last = series.level(over: periods), let next = next(periods)
          else { return nil }
          let distance =
            switch outlook.rise.size {
            case .share(let share): share * level
            case .amount(let amount): amount
            }
          self.init(
            reason: .untypicalPeriods, from: end - (back + 1) * year + 1, through: end - back * year,
            periods: periods.count, level: level, lower: level - distance, upper: level + distance, lastYear: last,
            next: next)
          return
        }
        back += 1
      }
      return nil
    }
    guard Double(known.count) >= enough, let last = series.level(over: known), let next = next(known) else {
      return nil
    }
    var levels: [Double] = []
    var furthest = 0
    for back in 1...UsualLevel.mostYears where isTypical(back) && isComparable(back) && matched(back) == known {
      guard let level = series.level(over: known.map { $0 - back * year }) else { continue }
      levels.append(level)
      furthest = back
    }
    guard levels.count >= UsualLevel.leastYears, let low = levels.min(), let high = levels.max(),
      last < low || last > high
    else { return nil }
    self.init(
      reason: .outlyingYear, from: end - (furthest + 1) * year + 1, through: end - year, periods: known.count,
      level: levels.reduce(0, +) / Double(levels.count), lower: low, upper: high, lastYear: last, next: next)
  }
}
