import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

@Suite struct FrequencyRecognitionTests {
  private func cells(_ texts: [String]) -> [PeriodCell] {
    texts.enumerated().map { PeriodCell(text: $1, place: .init(file: "t.csv", line: $0 + 2, column: 2)) }
  }

  @Test(arguments: [
    (["2019-01", "2019-02", "2019-07"], Frequency.monthly), (["2019-01"], .monthly),
    (["2019-01", "2019-04", "2019-10"], .quarterly), (["Jan 2019", "Feb 2019"], .monthly),
    (["2019-Q1", "2019-Q3"], .quarterly), (["2017", "2019"], .yearly),
    (["2019-01-31", "2019-02-28", "2019-04-30"], .monthly), (["2019-01-30", "2019-02-28", "2019-03-30"], .monthly),
    (["2019-03-31", "2019-06-30", "2019-12-31"], .quarterly), (["2017-01-01", "2018-01-01", "2021-01-01"], .yearly),
    (["2019/20", "2021/22"], .financialYearly), (["2010-11", "2011-12"], .financialYearly),
    (["2019-20"], .financialYearly),
    (["2011-12"], .monthly), (["2011-12", "2011-11"], .monthly), (["2019-04-01", "2020-04-01"], .financialYearly),
    (["2019-03-31", "2020-03-31"], .financialYearly), (["Q1 2019/20", "Q4 2019/20"], .quarterly),
    (["01/04/2019", "01/05/2019"], .monthly), (["Apr-10", "May-10"], .monthly), (["04/2010", "05/2010"], .monthly),
    (["2024-01-01", "2024-01-08", "2024-02-05"], .weekly), (["2024-01-01", "2024-01-02", "2024-01-09"], .daily),
  ])
  func recognised(texts: [String], frequency: Frequency) throws {
    #expect(try FrequencyRecognition.frequency(of: cells(texts)) == frequency)
    #expect(try FrequencyRecognition.frequency(of: cells(texts.reversed())) == frequency)
  }

  @Test(arguments: [
    ["2019-01-05"], ["2024-01-01", "2024-01-15"], ["2019-01", "2019-03"], ["2024-01-01", "2024-01-04", "2024-01-09"],
  ])
  func ambiguous(texts: [String]) throws {
    let error = try #require(throws: HorizonError.self) { try FrequencyRecognition.frequency(of: cells(texts)) }
    #expect(error.kind == .usage && error.remedy?.contains("--frequency") == true)
  }

  @Test func styles() throws {
    let last = try PeriodCells(cells(["2019-01-31", "2019-02-28", "2019-04-30"]), frequency: nil)
    #expect(last.style.format(.month(2019, 6)) == "2019-06-30")
    let late = try PeriodCells(cells(["2019-01-30", "2019-02-28", "2019-03-30"]), frequency: nil)
    #expect(late.style.format(.month(2019, 5)) == "2019-05-30")
    let stamped = try PeriodCells(cells(["2019-01-01 00:00:00", "2019-02-01 00:00:00"]), frequency: nil)
    #expect(stamped.style.format(.month(2019, 6)) == "2019-06-01 00:00:00")
    #expect(throws: HorizonError.self) { try PeriodCells(cells(["2019-01-01", "2019-02-02"]), frequency: .monthly) }
  }

  @Test func formsAreNotMixed() throws {
    for (a, b) in [("2019-01", "Feb 2019"), ("2019-01", "2019"), ("2019-Q1", "2019-02"), ("02/04/2019", "2019-04-03")] {
      let error = try #require(throws: HorizonError.self) { try PeriodCells(cells([a, b]), frequency: nil) }
      #expect(error.kind == .data && error.message.contains(a) && error.message.contains(b))
      #expect(error.location?.line == 3 && error.message.contains("line 2"))
    }
  }

  @Test func datesWithSlashesAreReadDayFirst() throws {
    let open = try PeriodCells(cells(["01/04/2019", "01/05/2019"]), frequency: nil)
    #expect(open.notes.map(\.code) == ["day-first"] && open.frequency == .monthly)
    #expect(open.style.format(.month(2019, 12)) == "01/12/2019")
    let told = try PeriodCells(cells(["30/04/2019", "31/05/2019"]), frequency: nil)
    #expect(told.notes.isEmpty && told.style.format(.month(2020, 2)) == "29/02/2020")
    let american = try #require(throws: HorizonError.self) {
      try PeriodCells(cells(["04/01/2019", "04/13/2019"]), frequency: .daily)
    }
    #expect(american.location?.line == 3 && american.remedy?.contains("--dates month-first") == true)
  }

  @Test func yearsWithASlashAreFinancialYears() throws {
    let cells = try PeriodCells(cells(["2009-10", "2010-11"]), frequency: .yearly)
    #expect(cells.frequency == .financialYearly)
    #expect(cells.style.format(Period(frequency: .financialYearly, ordinal: 2019)) == "2019-20")
  }
}
