import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ObservedStretchTests {
  static func series(_ values: [Double]) -> Series {
    Series(key: SeriesKey(area: "A", measure: nil), start: .month(2020, 1), values: values, kind: .value)
  }

  @Test func trimsAndMeasures() throws {
    let nan = Double.nan
    let s = try ObservedStretch(Self.series([nan, 2, nan, nan, -4, .infinity, 6, nan, nan]), minimum: 3, method: "x")
    #expect(s.first == 1 && s.gap == 2 && s.observed == 3 && s.values.count == 6 && !s.isPositive)
    #expect(s.scale == 4)
    #expect(s.bridged == [2, 0, -2, -4, 1, 6])
    #expect(!s.hasEverySeasonTwice(2) && s.hasEverySeasonTwice(1))
  }

  @Test func refusesWithAReason() {
    #expect(throws: FitFailure("it has no observation")) {
      try ObservedStretch(Self.series([.nan]), minimum: 1, method: "x")
    }
    #expect(throws: FitFailure("it has 2 observed months and the theta model needs 7")) {
      try ObservedStretch(Self.series([1, .nan, 3]), minimum: 7, method: "the theta model")
    }
    #expect(throws: FitFailure.self) { try ObservedStretch(Self.series([1e150, 2e150]), minimum: 1, method: "x") }
  }
}
