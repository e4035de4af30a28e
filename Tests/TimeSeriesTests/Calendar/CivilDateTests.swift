import Testing

@testable import TimeSeries

@Suite struct CivilDateTests {
  @Test func everyDayFromYear1To9999ComesBackFromItsNumber() throws {
    let first = try #require(CivilDate(year: 1, month: 1, day: 1))
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31))
    var number = first.daysSinceEpoch
    // Known numbers: R's as.numeric(as.Date("0001-01-01")) and as.numeric(as.Date("9999-12-31")).
    #expect(number == -719_162)
    #expect(last.daysSinceEpoch == 2_932_896)
    var wrong = 0
    for year in 1...9999 {
      for month in 1...12 {
        let days = CivilDate.daysInMonth(year: year, month: month)
        // First and last day of each month: between them days only count up.
        for day in [1, days] {
          guard let date = CivilDate(year: year, month: month, day: day) else {
            wrong += 1
            continue
          }
          if date.daysSinceEpoch != number + day - 1 || CivilDate(daysSinceEpoch: number + day - 1) != date {
            wrong += 1
          }
        }
        number += days
      }
    }
    #expect(wrong == 0)
    #expect(number == last.daysSinceEpoch + 1)
  }

  @Test(arguments: [
    (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2024, 2, 29, 19_782), (1900, 3, 1, -25_508), (1969, 12, 31, -1),
  ]) func knownDayNumbers(year: Int, month: Int, day: Int, number: Int) throws {
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(date.daysSinceEpoch == number)
    #expect(CivilDate(daysSinceEpoch: number) == date)
  }

  @Test(arguments: [
    (0, 1, 1), (10_000, 1, 1), (2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 0, 1), (2024, 4, 31), (2024, 1, 0),
    (Int.max, Int.max, Int.max), (Int.min, Int.min, Int.min),
  ]) func daysThatAreNotAreNil(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test func orderIsChronological() throws {
    let dates = try [(2019, 12, 31), (2020, 1, 1), (2020, 1, 2), (2020, 2, 1)].map {
      try #require(CivilDate(year: $0.0, month: $0.1, day: $0.2))
    }
    #expect(dates.shuffled().sorted() == dates)
  }
}
