import TimeSeries

/// The periods by which incidents are counted. Weeks begin on Mondays.
struct IncidentPeriods {
  let frequency: Frequency

  /// Weeks of the calendar are counted from 1970-01-01, a Thursday: its Monday lies on the fifth day of each.
  private static let monday = 4

  /// How the periods are written.
  var style: PeriodStyle {
    frequency == .weekly ? .date(.offset(IncidentPeriods.monday), suffix: "") : .standard(for: frequency)
  }

  /// The period of a day, in days since 1970-01-01.
  func period(of day: Int) -> Period {
    Period(frequency, containing: CivilDate(daysSinceEpoch: day - shift))
  }

  /// First and last day of a period.
  func days(of period: Period) -> ClosedRange<Int> {
    (period.firstDay.daysSinceEpoch + shift)...((period + 1).firstDay.daysSinceEpoch + shift - 1)
  }

  private var shift: Int { frequency == .weekly ? IncidentPeriods.monday : 0 }
}

extension IncidentPeriods {
  /// The day `months` later, or the first of the month after if there is none.
  static func day(_ day: Int, later months: Int) -> Int {
    let date = CivilDate(daysSinceEpoch: day)
    let month = Period(frequency: .monthly, ordinal: date.year * 12 + date.month - 1 + months)
    return month.firstDay.daysSinceEpoch + min(date.day - 1, month.days)
  }
}
