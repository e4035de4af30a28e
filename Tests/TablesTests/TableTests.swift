import Foundation
import Testing

@testable import Reporting

@Suite struct TableTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private var table: Table {
    var table = Table(columns: ["id", "value", "n"])
    table.append([.text("a,b \"c\"\nd"), .number(1234.56789012), .integer(3)])
    table.append([.text("=1+1"), .number(nil), .integer(nil)])
    table.append([.text("-0.5"), .number(.nan), .integer(-1)])
    return table
  }

  @Test func csvQuotesAndBlanks() throws {
    #expect(
      try text(table.rendered(as: .csv)) == "id,value,n\n\"a,b \"\"c\"\"\nd\",1234.568,3\n=1+1,,\n-0.5,,-1\n")
  }

  @Test func formulasAreDisarmedInFilesForPeople() throws {
    let csv = try text(table.rendered(as: .csv, guardsFormulas: true))
    #expect(csv.contains("\n'=1+1,"))
    #expect(csv.contains("\n-0.5,"))  // a number is no formula
  }

  @Test func jsonHasNullsForMissingNumbers() throws {
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(table.rendered(as: .json))) as? [[String: Any]])
    #expect(rows.count == 3)
    #expect(rows[0]["value"] as? Double == 1234.568)
    #expect(rows[1]["value"] is NSNull && rows[1]["n"] is NSNull)
    #expect(try text(table.rendered(as: .ndjson)).split(separator: "\n").count == 3)
  }

  @Test func terminalTableShowsNoControlCharacters() throws {
    var table = Table(columns: ["name"])
    table.append([.text("\u{1B}[31mred")])
    #expect(try !table.rendered(as: .table).contains(0x1B))
  }

  @Test(arguments: [
    (0.0, "0"), (1e12, "1000000000000"), (1e-12, "1e-12"), (0.1 + 0.2, "0.3"), (123456.789, "123456.8"), (-2.5, "-2.5"),
    (1e300, "1e+300"), (1e-300, "1e-300"),
  ])
  func numbersAreShort(number: Double, expected: String) {
    #expect(plainNumber(significant(number)) == expected)
  }
}
