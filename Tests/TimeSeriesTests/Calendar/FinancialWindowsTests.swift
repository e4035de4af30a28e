import Testing
import TimeSeries

@Suite struct FinancialWindowsTests {
  @Test(
    arguments: [
      (.month(2025, 12), .month(2025, 10), .month(2025, 12), .month(2025, 4)),
      (.month(2025, 11), .month(2025, 7), .month(2025, 9), .month(2025, 4)),
      (.month(2025, 3), .month(2025, 1), .month(2025, 3), .month(2024, 4)),
      (.month(2025, 4), .month(2025, 1), .month(2025, 3), .month(2025, 4)),
      (.month(2026, 1), .month(2025, 10), .month(2025, 12), .month(2025, 4)),
    ] as [(Period, Period, Period, Period)])
  func months(end: Period, from: Period, to: Period, began: Period) throws {
    let windows = try #require(FinancialWindows(end: end))
    #expect(windows.quarter == from...to && windows.yearToDate == began...end && windows.year == (end - 11)...end)
  }

  /// The year is the year to date and the rest, whatever month the data ends in.
  @Test(arguments: [Frequency.monthly, .quarterly]) func theYearIsMadeOfBoth(frequency: Frequency) throws {
    for offset in 0..<24 {
      let end = Period(frequency, containing: Period.month(2024, 1).firstDay) + offset
      let windows = try #require(FinancialWindows(end: end))
      let rest = windows.rest.map { $0.upperBound - $0.lowerBound + 1 } ?? 0
      #expect(windows.yearToDate.upperBound - windows.yearToDate.lowerBound + 1 + rest == frequency.periodsPerYear)
      #expect(windows.yearToDate.lowerBound.firstDay.month == 4)
      #expect(windows.quarter.upperBound <= end && end - windows.quarter.upperBound < frequency.periodsPerYear / 4)
      #expect([1, 4, 7, 10].contains(windows.quarter.lowerBound.firstDay.month))
      if let rest = windows.rest { #expect(rest.upperBound + 1 == windows.yearToDate.lowerBound) }
    }
  }

  @Test(arguments: [Frequency.daily, .weekly, .yearly, .financialYearly])
  func otherFrequenciesHaveNoQuarters(frequency: Frequency) {
    #expect(FinancialWindows(end: Period(frequency: frequency, ordinal: 2024)) == nil)
  }
}
