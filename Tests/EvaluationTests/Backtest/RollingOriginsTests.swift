import Evaluation
import Testing
import TimeSeries

@Suite struct RollingOriginsTests {
  @Test func theLastOriginLeavesTheHorizon() {
    let origins = RollingOrigins(count: 3, step: 12, horizon: 6).periods(before: .month(2020, 12))
    #expect(origins == [.month(2018, 6), .month(2019, 6), .month(2020, 6)])
  }
}
