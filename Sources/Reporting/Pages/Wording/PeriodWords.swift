import TimeSeries

/// Periods in words: "Apr 2024", "Jul to Sep 2024", "week of 6 Jan 2024".
struct PeriodWords {
  let frequency: Frequency

  func label(_ period: Period) -> String {
    let day = period.firstDay
    switch period.frequency {
    case .monthly: return "\(PeriodWords.months[day.month - 1]) \(day.year)"
    case .quarterly:
      return "\(PeriodWords.months[day.month - 1]) to \(PeriodWords.months[min(day.month + 1, 11)]) \(day.year)"
    case .yearly: return String(day.year)
    case .financialYearly: return PeriodStyle.financialYear.format(period)
    case .weekly: return "week of \(PeriodWords.date(day))"
    case .daily: return PeriodWords.date(day)
    }
  }

  /// "Apr 2014 to Dec 2025"; one label if both are the same.
  func range(_ first: Period, _ last: Period) -> String {
    first == last ? label(first) : "\(label(first)) \(frequency == .quarterly ? "through" : "to") \(label(last))"
  }

  /// "12 months", "1 month".
  func count(_ n: Int) -> String { "\(n) \(frequency.noun)\(n == 1 ? "" : "s")" }

  /// The length of a year: "12 months", "year".
  var year: String { frequency.periodsPerYear == 1 ? frequency.noun : count(frequency.periodsPerYear) }

  /// For anchors: `2024-04`.
  func anchor(_ period: Period) -> String { PeriodStyle.standard(for: period.frequency).format(period).lowercased() }

  static func date(_ day: CivilDate) -> String { "\(day.day) \(months[day.month - 1]) \(day.year)" }

  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  static let longMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
