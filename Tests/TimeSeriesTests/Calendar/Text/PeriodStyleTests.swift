import Testing

@testable import TimeSeries

@Suite struct PeriodStyleTests {
  static let written: [(String, Frequency, PeriodStyle)] = [
    ("2019-06", .monthly, .yearMonth), ("0001-01", .monthly, .yearMonth), ("9999-12", .monthly, .yearMonth),
    ("201906", .monthly, .months(.yearFirst(separator: ""), offset: 0)), ("Jun 2019", .monthly, .monthName),
    ("2019-Q2", .quarterly, .quarter),
    ("2019-04", .quarterly, .yearMonth), ("2019", .yearly, .year),
    ("2019-06-01", .monthly, .date(.offset(0), suffix: "")),
    ("2019-06-30", .monthly, .date(.last, suffix: "")), ("2024-02-29", .monthly, .date(.last, suffix: "")),
    ("2019-06-15", .monthly, .date(.offset(14), suffix: "")),
    ("2019-06-01 00:00:00", .monthly, .date(.offset(0), suffix: " 00:00:00")),
    ("2019-06-01T00:00:00Z", .monthly, .date(.offset(0), suffix: "T00:00:00Z")),
    ("2019-06-03", .weekly, .date(.offset(4), suffix: "")), ("2019-06-06", .weekly, .date(.offset(0), suffix: "")),
    ("2019-06-12", .weekly, .date(.offset(6), suffix: "")), ("2019-06-03", .daily, .date(.offset(0), suffix: "")),
    ("2019-06-30", .quarterly, .date(.last, suffix: "")), ("2019-12-31", .yearly, .date(.last, suffix: "")),
    ("2019/06", .monthly, .months(.yearFirst(separator: "/"), offset: 0)),
    ("06/2019", .monthly, .months(.monthFirst(.padded), offset: 0)),
    ("6/2019", .monthly, .months(.monthFirst(.plain), offset: 0)),
    ("2019-06", .quarterly, .months(.yearFirst(separator: "-"), offset: 2)),
    ("01/06/2019", .monthly, .days(.dayFirst(.padded, separator: "/", hasShortYear: false), .offset(0), suffix: "")),
    (
      "1/6/2019 00:00", .monthly,
      .days(.dayFirst(.plain, separator: "/", hasShortYear: false), .offset(0), suffix: " 00:00")
    ),
    ("31/03/2020", .financialYearly, .days(.dayFirst(.padded, separator: "/", hasShortYear: false), .last, suffix: "")),
    ("2019-04-01", .financialYearly, .date(.offset(0), suffix: "")),
    ("2019/20", .financialYearly, .financialYear),
    ("2019-20", .financialYearly, .years(.financial(separator: "-", hasAllDigits: false))),
    ("1999/2000", .financialYearly, .years(.financial(separator: "/", hasAllDigits: true))),
  ]

  /// Forms told by their texts alone, and the first day of the period.
  static let texts: [(String, Frequency, CivilDate?)] = [
    ("June 2019", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("jun 2019", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("JUN-2019", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("Jun-19", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("Jun-69", .monthly, CivilDate(year: 1969, month: 6, day: 1)),
    ("Jun-68", .monthly, CivilDate(year: 2068, month: 6, day: 1)),
    ("September-07", .monthly, CivilDate(year: 2007, month: 9, day: 1)),
    ("2019 Q2", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("2019Q2", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("Q2 2019", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("q2-2019", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("2019/20 Q1", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("2019-20 Q4", .quarterly, CivilDate(year: 2020, month: 1, day: 1)),
    ("Q1 2019/20", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("Q4 2019/2020", .quarterly, CivilDate(year: 2020, month: 1, day: 1)),
    ("2011-12", .monthly, CivilDate(year: 2011, month: 12, day: 1)),
    ("2011-12", .financialYearly, CivilDate(year: 2011, month: 4, day: 1)),
    ("Jun 19", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("Sept 2019", .monthly, CivilDate(year: 2019, month: 9, day: 1)),
    ("SEPT-19", .monthly, CivilDate(year: 2019, month: 9, day: 1)),
    ("Apr-Jun 2019", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("April to June 2019", .quarterly, CivilDate(year: 2019, month: 4, day: 1)),
    ("Oct - Dec 19", .quarterly, CivilDate(year: 2019, month: 10, day: 1)),
    ("Jul \u{2013} Sept 2019", .quarterly, CivilDate(year: 2019, month: 7, day: 1)),
    ("20190601", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("2019/06/01", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("01/06/19", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("1-6-2019", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("30.06.2019", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("01-Jun-2019", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("1 June 2019 00:00", .monthly, CivilDate(year: 2019, month: 6, day: 1)),
    ("03-jun-19", .daily, CivilDate(year: 2019, month: 6, day: 3)),
    ("12 Sept 2019", .daily, CivilDate(year: 2019, month: 9, day: 12)),
    ("2099/00", .financialYearly, CivilDate(year: 2099, month: 4, day: 1)),
  ]

  @Test(arguments: texts) func aFormIsReadAndEchoed(text: String, frequency: Frequency, first: CivilDate?) throws {
    let (period, style) = try #require(PeriodStyle.parse(text, frequency: frequency))
    #expect(period.firstDay == first)
    #expect(style.format(period) == text)
    // The style serves for the periods that follow, within the century that two digits can tell.
    for k in 1...6 {
      #expect(PeriodStyle.parse(style.format(period + k), frequency: frequency)?.period == period + k)
    }
  }

  @Test(arguments: ["2019/21", "2019-19", "2019/2021", "2019/0", "2019", "2019-20-21"])
  func noFinancialYear(text: String) { #expect(PeriodStyle.parse(text, frequency: .financialYearly) == nil) }

  @Test(arguments: [
    "04/13/2019", "31/02/2019", "1/06/2019", "01/6/2019", "01/06-2019", "01/06/2019x", "2019-06-01 noon",
    "2019-06/01", "2019061", "201906011", "01 Jun-2019", "32 June 2019", "01 Juni 2019", "01/06/219", "01:06:2019",
  ])
  func noDate(text: String) { #expect(PeriodStyle.parse(text, frequency: .daily) == nil) }

  @Test(arguments: ["Apr-May 2019", "May-Jul 2019", "Apr-Jun", "Apr+Jun 2019", "APR-Jun 2019", "Oct-Jan 2019"])
  func noQuarter(text: String) { #expect(PeriodStyle.parse(text, frequency: .quarterly) == nil) }

  @Test func whatOneCellLeavesOpenAnotherTells() throws {
    func style(_ text: String, _ frequency: Frequency = .monthly) throws -> PeriodStyle {
      try #require(PeriodStyle.parse(text, frequency: frequency)?.style)
    }
    let may = try style("May 2019")
    #expect(may.unified(with: try style("June 2019"))?.format(.month(2019, 4)) == "April 2019")
    #expect(try style("June 2019").unified(with: may)?.format(.month(2019, 4)) == "April 2019")
    #expect(may.unified(with: try style("Jun 2019"))?.format(.month(2019, 4)) == "Apr 2019")
    #expect(try style("Jun 2019").unified(with: try style("June 2019")) == nil)
    #expect(try style("Jun 2019").unified(with: try style("JUN 2019")) == nil)
    let open = try style("10/11/2019", .daily)
    let plain = try #require(open.unified(with: try style("1/4/2019", .daily)))
    #expect(
      plain.format(Period(.daily, containing: try #require(CivilDate(year: 2020, month: 2, day: 3)))) == "3/2/2020")
    #expect(try style("01/04/2019", .daily).unified(with: try style("1/4/2019", .daily)) == nil)
    #expect(try style("2019-06-01").unified(with: try style("01/06/2019")) == nil)
    #expect(try style("01/06/2019").unified(with: try style("01/06/19")) == nil)
    let aug = try style("Aug 2019")
    #expect(aug.unified(with: try style("Sept 2019"))?.format(.month(2020, 9)) == "Sept 2020")
    #expect(aug.unified(with: try style("Sep 2019"))?.format(.month(2020, 9)) == "Sep 2020")
    #expect(try style("Sep 2019").unified(with: try style("Sept 2020")) == nil)
    let spring = try style("Apr-Jun 2019", .quarterly)
    #expect(
      spring.unified(with: try style("Jul-Sept 2019", .quarterly))?.format(Period(frequency: .quarterly, ordinal: 8082))
        == "Jul-Sept 2020")
    #expect(try style("1 May 2019", .daily).unified(with: try style("02 June 2019", .daily)) == nil)
    #expect(try style("10 May 2019", .daily).unified(with: try style("2 June 2019", .daily)) != nil)
  }

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
    "2019/6", "2019-06-", "2019-06-0", "2019-06-31", "2019-02-29", "2019-06-1x", "2019-06-011", "201906 ",
    " 2019-06", "Jux 2019", "Jun 9", "Jun-9", "JuN 2019", "JUN  2019", "Juni 2019", "2019-Q0", "2019-Q5", "2019-q2",
    "2019Q2",
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
      let period = Period(frequency: frequency, ordinal: frequency.periodsPerYear == 1 ? 2019 : 24_000)
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
