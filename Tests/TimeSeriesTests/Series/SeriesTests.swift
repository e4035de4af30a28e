import Testing

@testable import TimeSeries

@Suite struct SeriesTests {
  func series(_ area: String, _ start: Period, _ values: [Double]) -> Series {
    Series(key: SeriesKey(area: area, measure: "m"), start: start, values: values)
  }
  let january = Period.month(2020, 1)

  @Test func valuesByPeriod() {
    let s = series("A", january, [1, .nan, 3])
    #expect(s[january] == 1)
    #expect(s[january + 1] == nil)
    #expect(s[january + 3] == nil)
    #expect(s[january - 1] == nil)
    #expect(s.end == .month(2020, 3))
    #expect(s.count == 3)
    #expect(s.observedCount == 2)
  }

  @Test func equalityTakesMissingAsEqualToMissing() {
    #expect(series("A", january, [1, .nan]) == series("A", january, [1, .nan]))
    #expect(series("A", january, [1, .nan]) != series("A", january, [1, 0]))
    #expect(series("A", january, [1]) != series("B", january, [1]))
  }

  @Test(arguments: [(-5, 0), (-1, 0), (0, 1), (1, 2), (2, 3), (9, 3)]) func throughCuts(after: Int, count: Int) {
    #expect(series("A", january, [1, 2, 3]).through(january + after).values == Array([1.0, 2, 3].prefix(count)))
  }

  @Test func aSumIsMissingWhereAnyPartIsMissingOrAbsent() throws {
    let key = SeriesKey(area: "T", measure: "m")
    let sum = try #require(
      Series.sum(
        [series("A", january, [1, 2, .nan, 4]), series("B", january + 1, [10, 20, 30, 40])], key: key))
    #expect(sum == Series(key: key, start: january, values: [.nan, 12, .nan, 34, .nan]))
  }

  @Test func aSumOfZerosIsZeroAndOfNothingIsNothing() throws {
    let key = SeriesKey(area: "T", measure: "m")
    #expect(Series.sum([], key: key) == nil)
    #expect(Series.sum([series("A", january, [])], key: key) == nil)
    let sum = try #require(
      Series.sum([series("A", january, [0, 0]), series("B", january, []), series("C", january, [0, 5])], key: key))
    #expect(sum.values == [0, 5])
  }

  @Test(arguments: [
    ("Hackney|Theft|Shoplifting", "Hackney", "Theft|Shoplifting"), ("N1", "N1", nil), ("|x", "", "x"), ("x|", "x", ""),
    ("", "", nil),
  ]) func uniqueIDsSplitAtTheirFirstBar(id: String, area: String, measure: String?) {
    let key = SeriesKey(uniqueID: id)
    #expect(key == SeriesKey(area: area, measure: measure))
    #expect(key.uniqueID == id)
  }

  @Test func keysAreOrderedByScalarsNotByLocale() {
    let keys = ["Z|a", "a|Z", "a|a", "é|a"].map { SeriesKey(uniqueID: $0) }
    #expect(keys.shuffled().sorted() == keys)
  }

  @Test func aShareOfNothingIsMissingButAddsNothing() throws {
    func share(_ values: [Double], _ wholes: [Double]) -> Series {
      Series(
        key: SeriesKey(area: "A", measure: "x"), start: .month(2019, 1), values: values, kind: .proportion,
        denominators: wholes)
    }
    let none = share([.nan, 0.5, .nan], [0, 4, .nan])
    #expect(none.numerators?.prefix(2) == [0, 2] && none.numerators?[2].isNaN == true)
    let sum = try #require(Series.sum([none, share([0.25, 0.25, 0.25], [8, 4, 4])], key: none.key))
    #expect(sum.values.prefix(2) == [0.25, 0.375] && sum.values[2].isNaN)
  }
}
