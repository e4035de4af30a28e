import TestSupport
import Testing

@testable import ControlCharts

struct XmRLimitsTests {
  @Test func thePublishedExampleOfFlowRates() throws {
    // NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: mean 50.81, limits 45.8159 and 55.8041.
    let limits = try #require(XmRLimits([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]))
    #expect(abs(limits.mean - 50.81) < 1e-9)
    #expect(abs(limits.movingRange - 1.8778) < 5e-5)
    // 2.66 is 3 / 1.128 to three digits.
    #expect(abs(limits.mean - limits.reach - 45.8159) < 2e-3)
    #expect(abs(limits.mean + limits.reach - 55.8041) < 2e-3)
  }

  @Test func agreesWithR() throws {
    for (name, c) in try Fixture.numbers("spc.csv", target: "ControlChartsTests") {
      let values = try #require(c["value"])
      let mean = try #require(c["mean"]?.first)
      let reaches = try #require(c["reach"])
      if let denominators = c["denominator"] {
        let limits = try #require(ProportionLimits(values, denominators: denominators))
        #expect(abs(limits.mean - mean) < 1e-12)
        #expect(abs(limits.scatter - (try #require(c["scatter"]?.first))) < 1e-9)
        for (a, b) in zip(limits.reaches, reaches) { #expect(abs(a - b) < 1e-9, "case \(name)") }
      } else {
        let limits = try #require(XmRLimits(values))
        #expect(abs(limits.mean - mean) < 1e-9 && abs(limits.reach - reaches[0]) < 1e-9, "case \(name)")
      }
    }
  }

  @Test func oneJumpDoesNotWidenTheLimits() throws {
    let steady = (0..<20).map { Double(10 + $0 % 2) }
    let jumped = steady.enumerated().map { $0 == 19 ? $1 + 40 : $1 }
    #expect(try #require(XmRLimits(jumped)).movingRange == 1)
    #expect(try #require(XmRLimits(steady)).movingRange == 1)
  }

  @Test func onePointHasNoLimits() {
    #expect(XmRLimits([3]) == nil)
    #expect(XmRLimits([]) == nil)
    #expect(ProportionLimits([0.5], denominators: [3]) == nil)
    #expect(ProportionLimits([0, 0], denominators: [9, 9])?.reaches == [0, 0])
  }
}
