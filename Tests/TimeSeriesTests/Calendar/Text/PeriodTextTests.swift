import Testing
import TimeSeries

@Suite struct PeriodTextTests {
  private let months = PeriodText(frequency: .monthly)

  @Test func labels() throws {
    #expect(months.label(.month(2024, 4)) == "Apr 2024")
    let day = try #require(CivilDate(year: 2024, month: 11, day: 6))
    let labels = [Frequency.quarterly, .yearly, .financialYearly, .weekly, .daily].map {
      PeriodText.label(of: Period($0, containing: day))
    }
    // Weeks are counted from Thursdays.
    #expect(labels == ["Oct to Dec 2024", "2024", "2024/25", "week of 31 Oct 2024", "6 Nov 2024"])
  }

  @Test func ranges() {
    let first = Period.month(2018, 7)
    #expect(months.range(first, first) == "Jul 2018" && months.range(first, first + 2) == "Jul 2018 to Sep 2018")
    #expect(PeriodText.ranges([first + 8, first + 1, first, first + 2, first + 1]) == "Jul 2018 to Sep 2018, Mar 2019")
    #expect(PeriodText.ranges([]) == "")
    let quarter = Period(frequency: .quarterly, ordinal: 2018 * 4)
    #expect(
      PeriodText.ranges([quarter, quarter + 1]) == "Jan to Mar 2018 through Apr to Jun 2018")
  }

  @Test func lengths() {
    #expect(months.count(1) == "1 month" && months.count(12) == "12 months" && months.year == "12 months")
    #expect(PeriodText(frequency: .yearly).year == "year")
  }

  @Test func seasons() {
    #expect(months.season(0) == "Jan" && months.season(11, isLong: true) == "December")
    #expect((0..<4).map { PeriodText(frequency: .quarterly).season($0) }.last == "Oct to Dec")
    #expect(PeriodText(frequency: .weekly).season(51) == "52")
  }
}
