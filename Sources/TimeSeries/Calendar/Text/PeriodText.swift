import Wording

/// Periods of one frequency as people say them: "Apr 2024", "Jul to Sep 2024", "week of 6 Jan 2024". How a *file* writes
/// them is ``PeriodStyle``'s.
public struct PeriodText: Hashable, Sendable {
  /// The frequency of the periods.
  public let frequency: Frequency

  /// Words for periods of this frequency.
  public init(frequency: Frequency) { self.frequency = frequency }

  /// "Apr 2024", "Jul to Sep 2024", "2024", "2024/25", "week of 6 Jan 2024", "6 Jan 2024".
  public func label(_ period: Period) -> String {
    let day = period.firstDay
    switch period.frequency {
    case .monthly: return "\(MonthNames.short[day.month - 1]) \(day.year)"
    case .quarterly: return "\(PeriodText.quarter(day.month)) \(day.year)"
    case .yearly: return String(day.year)
    case .financialYearly: return PeriodStyle.financialYear.format(period)
    case .weekly: return "week of \(PeriodText.date(day))"
    case .daily: return PeriodText.date(day)
    }
  }

  /// The label of a period, of whatever frequency.
  public static func label(of period: Period) -> String { PeriodText(frequency: period.frequency).label(period) }

  /// "Apr 2014 to Dec 2025"; one label if both are the same.
  public func range(_ first: Period, _ last: Period) -> String {
    first == last ? label(first) : "\(label(first)) \(frequency == .quarterly ? "through" : "to") \(label(last))"
  }

  /// Periods in any order as ranges of neighbours: "Jul 2018 to Sep 2018, Mar 2019".
  public static func ranges(_ periods: some Sequence<Period>) -> String {
    var ranges: [(first: Period, last: Period)] = []
    for period in periods.sorted() {
      if let last = ranges.last?.last, period - last <= 1 {
        ranges[ranges.count - 1].last = period
      } else {
        ranges.append((period, period))
      }
    }
    return ranges.map { PeriodText(frequency: $0.first.frequency).range($0.first, $0.last) }.joined(separator: ", ")
  }

  /// "12 months", "1 month".
  public func count(_ n: Int) -> String { NumberText.counted(n, frequency.noun) }

  /// The length of a year: "12 months", "year".
  public var year: String { frequency.periodsPerYear == 1 ? frequency.noun : count(frequency.periodsPerYear) }

  /// The place in the year that ``Period/seasonIndex`` gives: "Jan" of months, with `isLong` "January"; "Jan to Mar" of
  /// quarters; a number from 1 of other frequencies.
  public func season(_ index: Int, isLong: Bool = false) -> String {
    switch frequency {
    case .monthly where (0..<12).contains(index): (isLong ? MonthNames.long : MonthNames.short)[index]
    case .quarterly where (0..<4).contains(index): PeriodText.quarter(3 * index + 1)
    default: String(index + 1)
    }
  }

  /// "6 Jan 2024".
  public static func date(_ day: CivilDate) -> String { "\(day.day) \(MonthNames.short[day.month - 1]) \(day.year)" }

  /// The quarter that begins in this month, 1...12: "Jan to Mar".
  private static func quarter(_ month: Int) -> String {
    "\(MonthNames.short[month - 1]) to \(MonthNames.short[min(month + 1, 11)])"
  }
}
