import Testing

import Wording

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

  @Test(arguments: [
    (0.6, 3, "0.600"), (-0.55, 1, "-0.6"), (80, 0, "80"), (1234.5, 1, "1234.5"), (-0.04, 1, "0.0"),
    (.nan, 2, "not available"), (-2e15, 0, "-2.0 \u{D7} 10^15"),
  ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (-1_300_001, "-1.300001"), (51_000_000, "51.000000"), (-5, "-0.000005"), (Int.min, "-9223372036854.775808"),
  ])
  func fixedByScale(value: Int, text: String) { #expect(NumberText.fixed(value, scale: 1_000_000) == text) }

  @Test func percentages() {
    #expect(NumberText.percent(0.683) == "68 %" && NumberText.percent(0.683, decimals: 1) == "68.3 %")
    #expect(NumberText.percent(-0.04, joint: "\u{A0}") == "\u{2212}4\u{A0}%")
    #expect(NumberText.percent(.infinity) == "not available")
  }

  @Test func countsAndDigits() {
    #expect([0, 1, 2034].map { NumberText.counted($0, "row") } == ["0 rows", "1 row", "2,034 rows"])
    #expect([0, 1, 9, 10, -1].map(NumberText.spelled) == ["no", "one", "nine", "10", "-1"])
    #expect(NumberText.padded(7, 3) == "007" && NumberText.padded(1234, 3) == "1234")
    #expect(NumberText.hexadecimal(255) == "00000000000000ff")
  }
}
