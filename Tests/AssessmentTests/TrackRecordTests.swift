import Testing
import TimeSeries

@testable import Assessment

@Suite struct TrackRecordTests {
  private func series(_ area: String, _ measure: String?, _ level: Double, late: Double? = nil) -> Series {
    Series(
      key: SeriesKey(area: area, measure: measure), start: .month(2020, 1),
      values: (0..<48).map { $0 >= 36 ? late ?? level : level })
  }

  @Test func largeMeasuresComeFirstByWhatWasKnownThen() {
    let areas = (0..<60).map { "A\($0)" }
    let all =
      areas.map { series($0, "Small", 1, late: 1000) } + areas.map { series($0, "Large", 50) }
      + areas.map { series($0, "Middle", 10) }
    let chosen = Assessor.largestMeasures(
      Panel(frequency: .monthly, style: .yearMonth, series: all), before: 12)
    // Two measures make enough; what only became large in the year that is looked back at is not among them.
    #expect(chosen.measures == ["Large", "Middle"] && chosen.series.count == 120)
  }

  @Test func fewSeriesAreAllTaken() {
    let all = ["a", "b"].map { series($0, "M", 3) }
    #expect(
      Assessor.largestMeasures(Panel(frequency: .monthly, style: .yearMonth, series: all), before: 12).series.count == 2
    )
  }

  @Test func seriesThatStandAloneCountOneByOne() {
    let all = (0..<300).map { series("S\($0)", nil, Double($0)) }
    let chosen = Assessor.largestMeasures(
      Panel(frequency: .monthly, style: .yearMonth, series: all), before: 12)
    #expect(chosen.series.count == Assessor.enoughSeries && chosen.series.allSatisfy { $0.values[0] >= 200 })
  }
}
