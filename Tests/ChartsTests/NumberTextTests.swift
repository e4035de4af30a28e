import Testing

@testable import Charts

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, 0, "0"), (-0.4, 0, "0"), (1234.5, 0, "1,235"), (999_999.96, 1, "1,000,000.0"), (-1234, 0, "\u{2212}1,234"),
    (0.05, 2, "0.05"), (12, 2, "12.00"), (1e12, 0, "1,000,000,000,000"), (1.23e18, 0, "1.2 \u{D7} 10^18"),
    (-9.99e20, 0, "\u{2212}1.0 \u{D7} 10^21"), (.nan, 0, "not available"), (.infinity, 2, "not available"),
    (.greatestFiniteMagnitude, 0, "1.8 \u{D7} 10^308"),
  ])
  func grouped(value: Double, decimals: Int, text: String) {
    #expect(NumberText.grouped(value, decimals: decimals) == text)
  }

  @Test func wholeNumbersHaveThousandsSeparators() {
    #expect(
      [0, 12, 123, 1234, 123_456, 1_234_567].map { NumberText.grouped($0) } == [
        "0", "12", "123", "1,234", "123,456", "1,234,567",
      ])
    #expect(NumberText.grouped(Int.min) == "\u{2212}9,223,372,036,854,775,808")
  }

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
