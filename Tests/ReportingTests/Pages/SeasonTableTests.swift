import Testing
import TimeSeries

@testable import Reporting

@Suite struct SeasonTableTests {
  private func text(months: Int, missing: Set<Int> = []) throws -> String {
    let series = Series(
      key: SeriesKey(area: "A", measure: "M"), start: .month(2020, 1),
      values: (0..<months).map { missing.contains($0) ? .nan : $0 % 12 == 6 ? 40 : $0 % 12 == 1 ? 10 : 20 })
    return SeasonTable(periods: PeriodText(frequency: .monthly), series: series)
      .markup(label: "M", text: MeasureText(kind: .count)).source
  }

  /// Two values of each month are enough to speak of a season, one is not.
  @Test func twoYearsOfEachMonthAreEnough() throws {
    #expect(try text(months: 24).contains("most was recorded in "))
    #expect(try text(months: 23).contains("Fewer than two years of each month are observed"))
    #expect(try text(months: 24, missing: [5]).contains("Fewer than two years"))
    #expect(try text(months: 36, missing: [5]).contains("most was recorded in "))
  }

  @Test func ofQuartersOneIsTheHighestAndOneTheLowest() {
    let series = Series(
      key: SeriesKey(area: "A", measure: "M"), start: Period(.quarterly, containing: Period.month(2022, 1).firstDay),
      values: [4, 9, 5, 2, 4, 9, 5, 2])
    let text = SeasonTable(periods: PeriodText(frequency: .quarterly), series: series)
      .markup(label: "M", text: MeasureText(kind: .count)).source
    #expect(text.contains("most was recorded in Apr to Jun and least in Oct to Dec"), "\(text)")
  }

  @Test func yearsHaveNoSeasons() {
    let series = Series(
      key: SeriesKey(area: "A", measure: "M"), start: Period(.yearly, containing: Period.month(2015, 1).firstDay),
      values: [4, 9, 5, 2])
    let text = SeasonTable(periods: PeriodText(frequency: .yearly), series: series)
      .markup(label: "M", text: MeasureText(kind: .count)).source
    #expect(text.contains("The seasons are not described for yearly data."), "\(text)")
  }
}
