import Testing

@testable import TimeSeries

@Suite struct PeriodStyleTests {
  static let written: [(String, Frequency, PeriodStyle)] = [
    ("2019-06", .monthly, .yearMonth), ("0001-01", .monthly, .yearMonth), ("9999-12", .monthly, .yearMonth),
    ("201906", .monthly, .compactYearMonth), ("Jun 2019", .monthly, .monthName), ("2019-Q2", .quarterly, .quarter),
    ("2019-04", .quarterly, .yearMonth), ("2019", .yearly, .year),
    ("2019-06-01", .monthly, .date(.offset(0), suffix: "")),
    ("2019-06-30", .monthly, .date(.last, suffix: "")), ("2024-02-29", .monthly, .date(.last, suffix: "")),
    ("2019-06-15", .monthly, .date(.offset(14), suffix: "")),
    ("2019-06-01 00:00:00", .monthly, .date(.offset(0), suffix: " 00:00:00")),
    ("2019-06-01T00:00:00Z", .monthly, .date(.offset(0), suffix: "T00:00:00Z")),
    ("2019-06-03", .weekly, .date(.offset(4), suffix: "")), ("2019-06-06", .weekly, .date(.offset(0), suffix: "")),
    ("2019-06-12", .weekly, .date(.offset(6), suffix: "")), ("2019-06-03", .daily, .date(.offset(0), suffix: "")),
    ("2019-06-30", .quarterly, .date(.last, suffix: "")), ("2019-12-31", .yearly, .date(.last, suffix: "")),
  ]

  @Test(arguments: written) func whatIsReadIsWrittenAlike(text: String, frequency: Frequency, style: PeriodStyle) throws
  {
    let (period, found) = try #require(PeriodStyle.parse(text, frequency: frequency))
    #expect(found == style)
    #expect(found.format(period) == text)
  }

  /// The style of the first period of a series serves for all that follow.
  @Test(arguments: written) func thePeriodsThatFollowComeBack(
    text: String, frequency: Frequency, style: PeriodStyle
  ) throws {
    guard !text.hasPrefix("9999") else { return }
    let (period, style) = try #require(PeriodStyle.parse(text, frequency: frequency))
    for k in 1...30 {
      let next = style.format(period + k)
      #expect(PeriodStyle.parse(next, frequency: frequency)?.period == period + k, "\(next)")
    }
  }

  @Test(arguments: [
    "", " ", "-", "2019-", "2019-6", "2019-13", "2019-00", "201913", "201900", "20190", "0000-01", "000001",
    "2019/06", "2019-06-", "2019-06-0", "2019-06-31", "2019-02-29", "2019-06-1x", "2019-06-011", "20190601", "201906 ",
    " 2019-06", "Jux 2019", "Jun 19", "Jun-19", "JUN  2019", "Juni 2019", "2019-Q0", "2019-Q5", "2019-q2", "2019Q2",
    "\u{0}\u{0}\u{0}\u{0}-\u{0}6", "２０１９-06", "+019-06", "-019-06", "1e10-06", "99999-01", "NaN", "🚔🚔", "é019-06",
    "2019-0é", "é", "June", "Jun\t2019",
    String(repeating: "9", count: 100_000), "2019-é6-01",
  ]) func hostileTextIsNoMonth(text: String) {
    #expect(PeriodStyle.parse(text, frequency: .monthly) == nil)
  }

  @Test func everyMonthStyleReadsTheSameMonth() {
    for text in ["2019-06", "201906", "Jun 2019", "jun 2019", "JUN-2019", "2019-06-01", "2019-06-30 12:00"] {
      #expect(PeriodStyle.parse(text, frequency: .monthly)?.period == .month(2019, 6), "\(text)")
    }
  }

  @Test func aFrequencyReadsOnlyWhatItCan() {
    #expect(PeriodStyle.parse("2019", frequency: .monthly) == nil)
    #expect(PeriodStyle.parse("2019-Q2", frequency: .monthly) == nil)
    #expect(PeriodStyle.parse("2019-06", frequency: .weekly) == nil)
    #expect(PeriodStyle.parse("2019-06", frequency: .daily) == nil)
    #expect(PeriodStyle.parse("201906", frequency: .yearly) == nil)
  }

  @Test func aStyleThatCannotSayAPeriodFallsBack() {
    let day = Period(frequency: .daily, ordinal: 0)
    #expect(PeriodStyle.yearMonth.format(day) == "1970-01-01")
    #expect(PeriodStyle.year.format(.month(2019, 6)) == "2019-06")
    #expect(PeriodStyle.quarter.format(Period(frequency: .yearly, ordinal: 2019)) == "2019")
    for frequency in Frequency.allCases {
      let period = Period(frequency: frequency, ordinal: frequency == .yearly ? 2019 : 24_000)
      let text = PeriodStyle.standard(for: frequency).format(period)
      #expect(PeriodStyle.parse(text, frequency: frequency)?.period == period)
    }
  }

  @Test func anOffsetBeyondAShortPeriodStaysInIt() {
    // The 31st of each month: February has none.
    let style = PeriodStyle.date(.offset(30), suffix: "")
    #expect(style.format(.month(2019, 2)) == "2019-02-28")
    #expect(style.format(.month(2019, 3)) == "2019-03-31")
  }
}
