import Testing
import TimeSeries

@Suite struct QuartersTests {
  private let key = SeriesKey(area: "A", measure: "M")

  @Test func onlyWholeQuartersAreAddedUp() throws {
    // February to November: of four quarters two are whole.
    let series = Series(key: key, start: .month(2024, 2), values: [9, 9, 1, 2, 3, 4, 5, 6, 7, 8])
    let quarters = try #require(series.byQuarter())
    #expect(quarters.start == Period(frequency: .quarterly, ordinal: 2024 * 4 + 1) && quarters.values == [6, 15])
    #expect(quarters.byQuarter() == quarters)
    #expect(Series(key: key, start: .month(2024, 2), values: [1, 2, 3]).byQuarter() == nil)
    #expect(Series(key: key, start: Period(frequency: .weekly, ordinal: 3), values: [1]).byQuarter() == nil)
  }

  @Test func aMissingOrPartialMonthMakesItMissing() throws {
    let gap = Series(key: key, start: .month(2024, 1), values: [1, .nan, 3, 4, 5, 6], partial: [5])
    #expect(try #require(gap.byQuarter()).values.allSatisfy(\.isNaN))
  }

  @Test func sharesArePooledAndValuesAveraged() throws {
    let share = Series(
      key: key, start: .month(2024, 1), values: [0.5, 0.1, 0.2], kind: .proportion, denominators: [10, 20, 30])
    let pooled = try #require(share.byQuarter())
    #expect(pooled.denominators == [60] && abs(pooled.values[0] - 13.0 / 60) < 1e-12)
    let value = Series(key: key, start: .month(2024, 1), values: [1, 2, 6], kind: .value)
    #expect(try #require(value.byQuarter()).values == [3])
  }
}
