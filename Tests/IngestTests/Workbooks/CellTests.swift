import Testing

@testable import Ingest

@Suite struct CellTests {
  @Test func daysAreCountedFromBothFirstDays() {
    func text(_ serial: Double, _ is1904: Bool = false, _ format: SpreadsheetDate.Format = .date) -> String? {
      SpreadsheetDate.text(serial, is1904: is1904, format: format)
    }
    #expect(text(1) == "1900-01-01" && text(59) == "1900-02-28" && text(61) == "1900-03-01")
    // A day that never was.
    #expect(text(60) == "1900-02-29" && text(0) == "1899-12-31")
    #expect(text(43_556) == "2019-04-01" && text(2_958_465) == "9999-12-31")
    #expect(text(0, true) == "1904-01-01" && text(42_094, true) == "2019-04-01" && text(60, true) == "1904-03-01")
    #expect(text(-1) == nil && text(2_958_466) == nil && text(.infinity) == nil && text(.nan) == nil)
    #expect(
      text(43_556.5) == "2019-04-01 12:00" && text(43_556.999999) == "2019-04-02"
        && text(43_556.00001) == "2019-04-01 00:00:01")
    #expect(text(0.75, false, .time) == "18:00:00" && text(1.5, false, .time) == nil)
    func plain(_ text: String) -> String { String(decoding: SpreadsheetDate.plain(Array(text.utf8)), as: UTF8.self) }
    #expect(
      plain("2019-04-01T00:00:00.000Z") == "2019-04-01" && plain("2019-04-01T13:45:00.5") == "2019-04-01 13:45:00")
  }

  @Test func formatsTellDates() {
    for code in [
      "yyyy-mm-dd", "mmm\\ yyyy", "d/m/yy h:mm", "[$-809]dd mmmm yyyy", "mmm", "[Red]yyyy;General", "\"FY \"yyyy",
      "m/d/yy",
    ] {
      #expect(SpreadsheetDate.format(code: code) == .date, "\(code)")
    }
    for code in [
      "General", "0.00", "#,##0;[Red]-#,##0", "0.00E+00", "\"days\"0", "0\\d", "@", "0%", "_-* #,##0_-", "[Green]0",
      "0;yyyy", "",
    ] {
      #expect(SpreadsheetDate.format(code: code) == .number, "\(code)")
    }
    for code in ["h:mm", "[h]:mm:ss", "mm:ss", "h:mm AM/PM", "[mm]"] {
      #expect(SpreadsheetDate.format(code: code) == .time, "\(code)")
    }
    #expect(SpreadsheetDate.format(builtIn: 14) == .date && SpreadsheetDate.format(builtIn: 20) == .time)
    #expect(SpreadsheetDate.format(builtIn: 2) == .number && SpreadsheetDate.format(builtIn: 164) == nil)
  }

  @Test func numbersAreShownAsSpreadsheetsDo() {
    func shown(_ text: String) -> String? {
      CellText.number(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }
    for (text, number) in [
      ("3", "3"), ("3.0", "3"), ("-0", "0"), ("0.30000000000000004", "0.3"), ("2.9999999999999996", "3"),
      ("1E3", "1000"),
      ("1.5e-2", "0.015"), ("123456789012345678", "1.23456789012346e+17"), ("-12.50", "-12.5"), ("007", "007"),
      ("1e300", "1e+300"),
    ] {
      #expect(shown(text) == number, "\(text)")
    }
    for text in ["", "x", "1 2", "0x10", "inf", "nan", "1e999", "1,5", "--1"] { #expect(shown(text) == nil, "\(text)") }
  }

  @Test func textsAreOneLineWithoutMarksOfNotes() {
    func cleaned(_ text: String) -> String {
      var bytes = Array(("kept" + text).utf8)
      CellText.clean(&bytes, from: 4)
      return String(decoding: bytes.dropFirst(4), as: UTF8.self)
    }
    #expect(cleaned("Offence\nGroup\t") == "Offence Group ")
    #expect(cleaned("Oxford [note 2]") == "Oxford" && cleaned("Oxford[Notes 1, 2]") == "Oxford")
    for text in [
      "[note 1] A note", "[note 1]", "[c]", "12 [c]", "Area [not a note]", "Theft [notes of]", "]", "[]", "",
    ] { #expect(cleaned(text) == text) }
    var escaped = Array("a_x000D_b_x0041__x_ _xZZZZ_ _x0".utf8)
    EscapedText.decode(&escaped, from: 0)
    #expect(String(decoding: escaped, as: UTF8.self) == "a bA_x_ _xZZZZ_ _x0")
  }

  @Test func placesOfCells() {
    func parse(_ text: String) -> [Int]? { CellReference.parse(text.utf8).map { [$0.column, $0.row] } }
    #expect(parse("A1") == [1, 1] && parse("$D$17") == [4, 17] && parse("xfd1048576") == [16_384, 1_048_576])
    for text in [
      "", "A", "1", "A0", "1A", "XFE1", "A1048577", "A1B", "A-1", "A99999999999999999999", "ZZZZZZZZZZZZZZZ1",
    ] { #expect(parse(text) == nil, "\(text)") }
  }
}
