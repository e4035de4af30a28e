import NumericCore
import Testing
import TimeSeries

@testable import Reporting

@Suite struct SeasonTableTests {
  private func text(
    months: Int, missing: Set<Int> = [], interventions: [Intervention] = [], outliers: [Period] = [],
    value: (Int) -> Double = { $0 % 12 == 6 ? 40 : $0 % 12 == 1 ? 10 : 20 }
  ) throws -> String {
    let series = Series(
      key: SeriesKey(area: "A", measure: "M"), start: .month(2020, 1),
      values: (0..<months).map { missing.contains($0) ? .nan : value($0) })
    return SeasonTable(
      periods: PeriodText(frequency: .monthly), series: series, interventions: interventions, outliers: outliers
    ).markup(label: "M", text: MeasureText(kind: .count)).source
  }

  /// Two values of each month are enough to speak of a season, one is not.
  @Test func twoYearsOfEachMonthAreEnough() throws {
    #expect(try text(months: 24).contains("most was recorded in "))
    #expect(try text(months: 23).contains("Fewer than two typical years of each month are observed"))
    #expect(try text(months: 24, missing: [5]).contains("Fewer than two typical years"))
    #expect(try text(months: 36, missing: [5]).contains("most was recorded in "))
  }

  /// October to December were called the highest because the low fourth year had only the other months.
  @Test func aMonthOfMoreHighYearsIsNotTheHigher() throws {
    let shape = [40.0, 0, 0, 12, 0, 0, 0, 0, 0, -12, -14, -16]
    let text = try text(months: 45) { 100 + shape[$0 % 12] + Double($0 * 7 % 5) - ($0 >= 36 ? 60 : 0) }
    #expect(
      text.contains("most was recorded in January, ")
        && text.contains("least in October, November and December"))
  }

  @Test func aSteadyRiseIsNoSeason() throws {
    let text = try text(months: 60) { 100 + 3 * Double($0) + Double($0 * 7 % 11) }
    #expect(text.contains("no month stands out"), "\(text.prefix(400))")
  }

  @Test func whatWasNotTypicalMakesNoSeason() throws {
    // In three of five years spring was closed, and three Novembers hold a slip.
    var random = RandomSource(seed: 11)
    let noise = (0..<60).map { _ in 6 * random.normal() }
    func value(_ month: Int) -> Double {
      let isLate = month >= 24
      let level = isLate && month % 12 == 10 ? 400.0 : isLate && (3...5).contains(month % 12) ? 10 : 100
      return max(0, level + noise[month])
    }
    let windows = (2022...2024).map {
      Intervention(
        start: .month($0, 4), effect: .window(through: .month($0, 6)), kind: .covidRestriction, note: "closed")
    }
    let slips = (2022...2024).map { Period.month($0, 11) }
    for (interventions, outliers, said) in [
      ([], [], "November"), (windows, [], "November"), ([], slips, "least in April, May and June"),
      (windows, slips, "no month stands out"),
    ] {
      let text = try text(months: 60, interventions: interventions, outliers: outliers, value: value)
      #expect(text.contains(said), "\(said): \(text.prefix(300))")
    }
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
