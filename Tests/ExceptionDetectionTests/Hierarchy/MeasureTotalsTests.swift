import TimeSeries
import Testing

@testable import ExceptionDetection

struct MeasureTotalsTests {
  private func series(_ area: String, _ measure: String?, _ values: [Double], start: Period = .month(2020, 1)) -> Series
  {
    Series(key: SeriesKey(area: area, measure: measure), start: start, values: values)
  }

  private func totals(_ series: [Series]) -> [MeasureTotals.Total] {
    MeasureTotals(Panel(frequency: .monthly, style: .yearMonth, series: series), name: "All").totals
  }

  @Test func aMeasureOfSeveralAreasHasATotalOverThePanelsSpan() {
    let found = totals([
      series("A", "Theft", [1, 2, 3]), series("A", "Robbery", [1, 1, 1]), series("alone", nil, [5, 5, 5, 5]),
      series("B", "Theft", [10, .nan, 30]),
    ])
    #expect(found.count == 1)
    #expect(found[0].parts == [0, 3])
    #expect(found[0].series.key == SeriesKey(area: "All", measure: "Theft"))
    #expect(found[0].series[.month(2020, 1)] == 11)
    #expect(found[0].series[.month(2020, 2)] == nil)
    #expect(found[0].series.count == 4 && found[0].series[.month(2020, 4)] == nil)
  }

  /// Without its dates, what an area did not record after it ended would hide the total.
  @Test func anAreaThatEndedIsDoneWithoutAfterwards() throws {
    let known = try HierarchyDimension([.init(.init("A", "district"), last: .month(2020, 2))])
    let panel = Panel(
      frequency: .monthly, style: .yearMonth,
      series: [series("A", "Theft", [1, 2]), series("B", "Theft", [10, 20, 30]), series("C", "Theft", [0, 0, 3])])
    #expect(MeasureTotals(panel, name: "All", known: known).totals[0].series.values == [11, 22, 33])
    #expect(MeasureTotals(panel, name: "All").totals[0].series.values[2].isNaN)
  }

  @Test func aTotalStartsWhereThePanelDoes() {
    let found = totals([
      series("A", "Theft", [1, 2], start: .month(2020, 3)), series("B", "Theft", [1, 2], start: .month(2020, 3)),
      series("alone", nil, [5, 5, 5, 5]),
    ])
    #expect(found[0].series.start == .month(2020, 1) && found[0].series[.month(2020, 4)] == 4)
  }

  @Test func anAreaThatIsTheSumAlreadyLeavesNothingToAdd() {
    #expect(
      totals([series("A", "M", [1, 2, 3]), series("B", "M", [4, 0, 1]), series("County", "M", [5, 2, 4])]).isEmpty)
    #expect(totals([series("A", "M", [1, 2, 3]), series("All", "M", [4, 0, 1])]).isEmpty)
    #expect(totals([series("A", "M", [0, 0, 0]), series("B", "M", [0, 0, 0])]).count == 1)
    #expect(totals([series("A", "M", [1, 2, 3])]).isEmpty)
  }
}
