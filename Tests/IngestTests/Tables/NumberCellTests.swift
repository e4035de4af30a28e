import Testing

@testable import Ingest

@Suite struct NumberCellTests {
  private func cell(_ text: String) -> NumberCell {
    Array(text.utf8).withUnsafeBufferPointer { NumberCell($0) }
  }

  @Test(arguments: [
    ("0", 0.0), ("-0", 0), ("42", 42), ("+7", 7), ("-3.5", -3.5), ("2640.10", 2640.1), (".5", 0.5), ("5.", 5),
    ("0.1", 0.1), ("123456789012345", 123_456_789_012_345), ("12345678901234567168", 12_345_678_901_234_567_168),
    ("1,234", 1234), ("-12,345,678.25", -12_345_678.25), ("1e3", 1000), ("0.30000000000000004", 0.1 + 0.2),
  ])
  func numbers(text: String, value: Double) { #expect(cell(text) == .number(value)) }

  @Test(arguments: ["NA", "nan", "NULL", "n/a", "None"]) func notAvailable(text: String) {
    #expect(cell(text) == .notAvailable)
  }

  @Test(arguments: ["[c]", "[low]", "*", "<5", "<= 3", "-", "..", ":", "–"]) func suppressed(text: String) {
    #expect(cell(text) == .suppressed)
  }

  @Test(arguments: [
    "x", "1.2.3", "1,23", "12,5", ",1", "1,", "inf", "0x10", "1e999", "--1", "1 00", "<x", "1-2", "e", "+", ".",
  ])
  func bad(text: String) { #expect(cell(text) == .bad) }

  @Test func blank() { #expect(cell("") == .blank) }

  /// A nought before the point says that it is a decimal one, whatever the sign.
  @Test func smallDecimalsAreNoThousands() {
    for cell in ["0.125", "-0.125"] {
      var points = ThousandPoints()
      Array(cell.utf8).withUnsafeBufferPointer { points.note($0, Double(cell) ?? 0, row: 0) }
      #expect(points.note == nil, "\(cell)")
    }
    var points = ThousandPoints()
    Array("-1.252".utf8).withUnsafeBufferPointer { points.note($0, -1.252, row: 0) }
    #expect(points.note == .thousandPoints(example: "-1.252", values: 1))
  }
}
