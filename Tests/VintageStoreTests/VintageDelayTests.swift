import TimeSeries
import Testing

@testable import VintageStore

struct VintageDelayTests {
  @Test func monthsAreCountedFromTheEndOfThePeriod() throws {
    let september = Vintage(.month(2021, 9))
    #expect(september.delay(of: .month(2021, 9)) == 0)
    #expect(september.delay(of: .month(2021, 6)) == 3)
    #expect(september.delay(of: .month(2021, 10)) == -1)
    // Half-way through October, October is not over.
    let middle = try Vintage(label: "2021-10-15", frequency: .daily)
    #expect(middle.delay(of: .month(2021, 9)) == 0 && middle.delay(of: .month(2021, 10)) == -1)
    #expect(september.delay(of: Period(frequency: .quarterly, ordinal: 2021 * 4 + 2)) == 0)
    #expect(september.delay(of: Period(frequency: .quarterly, ordinal: 2021 * 4 + 1)) == 1)
  }
}
