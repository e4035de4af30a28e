import Testing
import Wording

@testable import Charts

@Suite struct NumberTextDrawingTests {
  @Test func axisLabelsAreShort() {
    #expect([0, 0.25, 0.5].map { NumberText.axis($0, step: 0.25) } == ["0", "0.25", "0.50"])
    #expect(NumberText.axis(1500, step: 500) == "1,500")
    #expect(NumberText.axis(1.5e6, step: 5e5) == "1.5m")
    #expect(NumberText.axis(2e12, step: 1e12) == "2,000bn")
    #expect(NumberText.axis(0, step: 1e9) == "0")
  }

  @Test func coordinatesHaveTwoDecimalsAtMost() {
    #expect(
      [1.0, 1.5, 1.234, -0.001, -3.07, .nan, .infinity].map(NumberText.coordinate) == [
        "1", "1.5", "1.23", "0", "-3.07", "0", "0",
      ])
    #expect(NumberText.coordinate(1e300) == "10000000")
  }
}
