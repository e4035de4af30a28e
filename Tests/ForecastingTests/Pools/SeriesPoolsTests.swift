import Testing
import TimeSeries

@testable import Forecasting

@Suite struct SeriesPoolsTests {
  /// Areas of three measures in no order, and series without one.
  private let series: [Series] = ["theft", "asb", "theft", nil, "asb", "theft", nil, "arson"].enumerated().map {
    Series(
      key: SeriesKey(area: "area \(9 - $0.offset)", measure: $0.element), start: .month(2020, 1), values: [1, 2, 3])
  }

  @Test func measuresPoolAndOthersStandAlone() {
    let pools = SeriesPools(series)
    #expect(pools.members == [[6], [3], [7], [4, 1], [5, 2, 0]])
    #expect(pools.index == [4, 3, 4, 1, 3, 4, 0, 2])
  }

  @Test(arguments: [1, 2, 3, 4, 100]) func batchesHoldWholePools(_ count: Int) {
    let pools = SeriesPools(series)
    let batches = pools.batches(of: count)
    #expect(batches.flatMap { $0 } == pools.members)
    for batch in batches.dropLast() {
      let sizes = batch.map(\.count)
      #expect(sizes.reduce(0, +) >= count && sizes.dropLast().reduce(0, +) < count)
    }
    #expect(SeriesPools([]).batches(of: count).isEmpty)
  }
}
