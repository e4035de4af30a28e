/// One period of a calendar: a month, a week, a quarter, ...
///
/// A period is a frequency and an ordinal, so that arithmetic is exact: months count from year 0
/// (`year * 12 + month - 1`), quarters and years likewise (a financial year by the year it begins in), days and weeks from 1970-01-01 (a Thursday; weeks are
/// seven-day blocks counted from it, whatever weekday a file starts its weeks on: see ``PeriodStyle``).
public struct Period: Hashable, Comparable, Sendable, Codable {
  /// The calendar the ordinal counts in.
  public let frequency: Frequency
  /// Periods since the origin of that calendar.
  public let ordinal: Int

  /// The period with this ordinal.
  public init(frequency: Frequency, ordinal: Int) {
    self.frequency = frequency
    self.ordinal = ordinal
  }

  /// The period of this frequency that contains the date.
  public init(_ frequency: Frequency, containing date: CivilDate) {
    let ordinal =
      switch frequency {
      case .daily: date.daysSinceEpoch
      case .weekly: date.daysSinceEpoch.flooredQuotient(by: 7)
      case .monthly: date.year * 12 + date.month - 1
      case .quarterly: date.year * 4 + (date.month - 1) / 3
      case .yearly: date.year
      case .financialYearly: date.month < 4 ? date.year - 1 : date.year
      }
    self.init(frequency: frequency, ordinal: ordinal)
  }

  /// The month `month` (1...12) of `year`.
  public static func month(_ year: Int, _ month: Int) -> Period {
    Period(frequency: .monthly, ordinal: year * 12 + month - 1)
  }

  /// Calendar year in which the period starts.
  public var year: Int { firstDay.year }

  /// Position in the seasonal cycle, 0 ..< seasonLength: January is 0 for months, Q1 (Jan-Mar) is 0 for quarters.
  public var seasonIndex: Int { ordinal.flooredRemainder(by: frequency.seasonLength) }

  /// First day of the period.
  public var firstDay: CivilDate {
    switch frequency {
    case .daily: CivilDate(daysSinceEpoch: ordinal)
    case .weekly: CivilDate(daysSinceEpoch: ordinal * 7)
    case .monthly: firstDayOfMonth(ordinal)
    case .quarterly: firstDayOfMonth(ordinal * 3)
    case .yearly: firstDayOfMonth(ordinal * 12)
    case .financialYearly: firstDayOfMonth(ordinal * 12 + 3)
    }
  }

  /// Days in the period.
  public var days: Int { (self + 1).firstDay.daysSinceEpoch - firstDay.daysSinceEpoch }

  private func firstDayOfMonth(_ months: Int) -> CivilDate {
    CivilDate(
      uncheckedYear: months.flooredQuotient(by: 12), month: months.flooredRemainder(by: 12) + 1, day: 1)
  }

  /// The period `n` later.
  public static func + (a: Period, n: Int) -> Period { Period(frequency: a.frequency, ordinal: a.ordinal + n) }
  /// The period `n` earlier.
  public static func - (a: Period, n: Int) -> Period { a + (-n) }
  /// Periods from `b` to `a`; both must have the same frequency.
  public static func - (a: Period, b: Period) -> Int {
    precondition(a.frequency == b.frequency, "periods of different frequencies have no difference")
    return a.ordinal - b.ordinal
  }
  /// Chronological order within one frequency.
  public static func < (a: Period, b: Period) -> Bool { a.ordinal < b.ordinal }
}

extension Int {
  /// Division that rounds towards minus infinity.
  func flooredQuotient(by divisor: Int) -> Int { (self - flooredRemainder(by: divisor)) / divisor }
  /// The remainder with the sign of the divisor.
  func flooredRemainder(by divisor: Int) -> Int {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
