import Forecasting
import Testing
import TimeSeries

@Suite struct SilenceTests {
  private func silence(_ values: [Double], kind: MeasureKind = .count, frequency: Frequency = .monthly) -> Int? {
    Series(
      key: SeriesKey(uniqueID: "a"), start: Period(frequency: frequency, ordinal: 24_000), values: values, kind: kind
    ).silence
  }

  @Test func twoYearsWithoutAnEvent() {
    let zeros = [Double](repeating: 0, count: 24)
    #expect(silence([1, 0, 3] + zeros) == 24)
    #expect(silence([1, 0, 3] + zeros.dropLast()) == nil)
    #expect(silence([1, 0, 3] + zeros + [1]) == nil)
    // A missing month is none without an event.
    #expect(silence([3] + zeros + [.nan, 0]) == 25)
    #expect(silence([3] + [Double](repeating: .nan, count: 30)) == nil)
  }

  @Test func whatNeverBeganHasNotStopped() {
    #expect(silence([Double](repeating: 0, count: 60)) == nil)
    #expect(silence([]) == nil)
  }

  @Test func onlyCountsStopAndLongSeasonsTakeLonger() {
    let values = [1.0] + [Double](repeating: 0, count: 60)
    #expect(silence(values, kind: .value) == nil)
    #expect(silence(values, frequency: .weekly) == nil)
    #expect(silence(values, frequency: .quarterly) == 60)
  }
}
