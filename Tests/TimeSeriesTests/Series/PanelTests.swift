import Testing

@testable import TimeSeries

@Suite struct PanelTests {
  let january = Period.month(2020, 1)
  var panel: Panel {
    Panel(
      frequency: .monthly, style: .yearMonth,
      series: [
        Series(key: SeriesKey(area: "B", measure: "x"), start: january, values: [1, 2, 3]),
        Series(key: SeriesKey(area: "A", measure: "x"), start: january + 2, values: [4, 5]),
        Series(key: SeriesKey(area: "B", measure: nil), start: january - 1, values: []),
        Series(key: SeriesKey(area: "B", measure: "x"), start: january, values: [9]),
      ])
  }

  @Test func theFirstOfTwoSeriesWithOneKeyIsFound() {
    #expect(panel[SeriesKey(area: "B", measure: "x")]?.values == [1, 2, 3])
    #expect(panel[SeriesKey(area: "C", measure: "x")] == nil)
  }

  @Test func namesInOrderOfAppearanceAndTheSpanOfWhatHasPeriods() {
    #expect(panel.areas == ["B", "A"])
    #expect(panel.measures == ["x"])
    #expect(panel.span == january...(january + 3))
    #expect(Panel(frequency: .monthly, style: .yearMonth, series: []).span == nil)
  }

  @Test func asOfKnowsNothingLaterAndDropsWhatHadNotBegun() {
    let then = panel.asOf(january + 1)
    #expect(then.series.map(\.values) == [[1, 2], [9]])
    #expect(then.span == january...(january + 1))
    #expect(panel.asOf(january - 1).series.isEmpty)
    #expect(panel.asOf(january + 99).series.map(\.values) == [[1, 2, 3], [4, 5], [9]])
  }
}
