import Testing

@testable import TimeSeries

@Suite struct PeriodTests {
  func date(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  @Test(arguments: Frequency.allCases) func aPeriodHoldsItsFirstAndLastDayAndNoOther(frequency: Frequency) throws {
    for day in stride(from: try date(1896, 1, 1).daysSinceEpoch, through: try date(2104, 12, 31).daysSinceEpoch, by: 5)
    {
      let date = CivilDate(daysSinceEpoch: day)
      let period = Period(frequency, containing: date)
      #expect(period.firstDay <= date && date < (period + 1).firstDay)
      #expect(Period(frequency, containing: period.firstDay) == period)
      #expect(
        Period(frequency, containing: CivilDate(daysSinceEpoch: period.firstDay.daysSinceEpoch + period.days - 1))
          == period)
    }
  }

  @Test func monthsAcrossYears() {
    #expect(Period.month(2019, 12) + 1 == .month(2020, 1))
    #expect(Period.month(2020, 1) - 13 == .month(2018, 12))
    #expect(Period.month(2025, 12) - .month(2014, 1) == 143)
    #expect(Period.month(2019, 12) < .month(2020, 1))
    #expect(Period.month(2024, 2).days == 29)
    #expect(Period.month(2023, 2).days == 28)
    #expect(Period.month(2019, 6).year == 2019)
  }

  @Test func seasonIndexOfMonthsAndQuarters() throws {
    #expect((1...12).map { Period.month(2021, $0).seasonIndex } == Array(0..<12))
    #expect(
      try (1...12).map { Period(.quarterly, containing: try date(2021, $0, 15)).seasonIndex } == [
        0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3,
      ])
    #expect(Period(frequency: .yearly, ordinal: 2021).seasonIndex == 0)
  }

  @Test(arguments: Frequency.allCases) func theSeasonRepeatsAndStaysInRangeBeforeTheEpochToo(frequency: Frequency) {
    for ordinal in -200...200 {
      let period = Period(frequency: frequency, ordinal: ordinal)
      #expect((0..<frequency.seasonLength).contains(period.seasonIndex))
      #expect((period + frequency.seasonLength).seasonIndex == period.seasonIndex)
      #expect((period + 1).seasonIndex == (period.seasonIndex + 1) % frequency.seasonLength)
    }
  }

  @Test func weeksAreSevenDaysAlsoBefore1970() throws {
    let week = Period(.weekly, containing: try date(1969, 12, 31))
    #expect(week.ordinal == -1)
    #expect(week.firstDay == (try date(1969, 12, 25)))
    #expect(week.days == 7)
    #expect(Period(.weekly, containing: try date(1970, 1, 1)).ordinal == 0)
  }

  @Test func yearsAndQuartersCountDays() throws {
    #expect(Period(.yearly, containing: try date(2024, 5, 5)).days == 366)
    #expect(Period(.quarterly, containing: try date(2023, 5, 5)).days == 91)
    #expect(Period(.quarterly, containing: try date(2024, 1, 1)).days == 91)
    #expect(Period(.quarterly, containing: try date(2023, 1, 1)).days == 90)
  }

  @Test func flooredDivisionRoundsDown() {
    #expect((-1).flooredQuotient(by: 7) == -1)
    #expect((-1).flooredRemainder(by: 7) == 6)
    #expect((-14).flooredQuotient(by: 7) == -2)
    #expect(13.flooredQuotient(by: 7) == 1)
  }

  @Test func theLastYearThatIsReadEndsLikeAnyOther() {
    #expect(Period.month(9999, 12).days == 31)
    #expect((Period.month(9999, 12) + 2).firstDay.month == 2)
    #expect(Period(frequency: .quarterly, ordinal: 9999 * 4 + 3).days == 92)
  }
}
