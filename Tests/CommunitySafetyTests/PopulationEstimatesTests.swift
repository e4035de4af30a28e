import Testing
import TimeSeries

@testable import CommunitySafety

@Suite struct PopulationEstimatesTests {
  private let estimates: PopulationEstimates

  init() throws { estimates = try #require(PopulationEstimates(byYear: [2020: 100, 2022: 124, 2023: 136])) }

  @Test(arguments: [(2023, 2023), (2025, 2023), (2021, 2022), (2019, 2020), (1990, 2020)])
  func theNearestYearStandsForOneThatIsNotThere(_ year: Int, _ used: Int) {
    #expect(estimates.year(for: year) == used)
  }

  @Test(arguments: [
    (Period.month(2023, 1), Period.month(2023, 12), 136), (.month(2022, 7), .month(2023, 6), 130),
    (.month(2022, 4), .month(2023, 3), 127), (.month(2023, 2), .month(2024, 1), 136),
    (.month(2020, 12), .month(2020, 12), 100),
  ])
  func yearsCountByTheirMonths(_ first: Period, _ last: Period, _ residents: Int) {
    // Closed form: the sum of months times residents over the months.
    #expect(estimates.residents(over: YearShares(first...last)) == residents)
  }

  @Test func quartersAndYearsAreTheirMonthsAndWeeksThemselves() throws {
    func parts(_ window: ClosedRange<Period>) -> [[Int]] { YearShares(window).parts.map { [$0.year, $0.weight] } }
    let quarters = Period(frequency: .quarterly, ordinal: 2022 * 4 + 1)
    #expect(parts(quarters...(quarters + 3)) == [[2022, 9], [2023, 3]])
    let financial = Period(frequency: .financialYearly, ordinal: 2022)
    #expect(parts(financial...financial) == [[2022, 9], [2023, 3]])
    let calendar = Period(frequency: .yearly, ordinal: 2022)
    #expect(parts(calendar...calendar) == [[2022, 12]])
    let week = Period(.weekly, containing: try #require(CivilDate(year: 2022, month: 12, day: 15)))
    #expect(parts(week...(week + 3)).map { $0[1] }.reduce(0, +) == 4)
    #expect(YearShares(lastYearOf: .month(2019, 1)...(.month(2023, 3))).parts.map(\.weight) == [9, 3])
    #expect(YearShares(lastYearOf: .month(2023, 1)...(.month(2023, 3))).parts.map(\.weight) == [3])
  }

  @Test func aSumIsThatOfWhatIsPrintedOfItsParts() throws {
    func area(_ name: String, _ years: [Int: Int]) throws -> Area {
      var area = Area(name: name, level: .district)
      area.estimates = [try #require(PopulationEstimates(byYear: years))]
      return area
    }
    let window = YearShares(.month(2022, 7)...(.month(2023, 6)))
    let parts = [try area("A", [2022: 1, 2023: 2]), try area("B", [2022: 3, 2023: 4])].map {
      $0.withResidents(over: window)
    }
    #expect(parts.map(\.population) == [2, 4])
    let whole = Area(name: "W", level: .authority, members: parts)
    #expect(whole.population == 6 && whole.estimates.count == 2)
    #expect(whole.withResidents(over: window).population == 6)
    #expect(whole.withResidents(over: YearShares(.month(2022, 1)...(.month(2022, 12)))).population == 4)
    // A part with one figure keeps it in every year; without one nothing is known of the whole.
    let fixed = Area(name: "C", level: .district, population: 10)
    let mixed = Area(name: "M", level: .authority, members: parts + [fixed])
    #expect(mixed.withResidents(over: YearShares(.month(2022, 1)...(.month(2022, 12)))).population == 14)
    #expect(Area(name: "N", level: .authority, members: parts + [Area(name: "D", level: .district)]).population == nil)
    #expect(fixed.withResidents(over: window) == fixed)
  }

  @Test func nothingIsNoEstimate() {
    #expect(PopulationEstimates(byYear: [:]) == nil && PopulationEstimates(byYear: [2020: -1]) == nil)
    #expect(PopulationEstimates(always: 5)?.residents(over: YearShares(.month(2022, 7)...(.month(2023, 6)))) == 5)
  }
}
