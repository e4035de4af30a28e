import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite struct RowEncoderTests {
  private let rows = [
    Sample(id: "a,b \"c\"\nd", value: 1234.56789012), Sample(id: "=1+1", value: nil, count: nil, isNew: false),
    Sample(id: "-0.5", value: .nan, count: -1, state: .green),
  ]

  private func rendered(_ format: TableFormat, _ rows: [Sample], guardsFormulas: Bool = false) throws -> [UInt8] {
    try Sheet(.sample, rows: rows).rendered(as: format, guardsFormulas: guardsFormulas)
  }

  private func objects(_ bytes: [UInt8]) throws -> [[String: Any]] {
    try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]] ?? []
  }

  @Test func csvQuotesAndBlanks() throws {
    #expect(
      try text(rendered(.csv, rows))
        == "id,value,n,new,colour\n\"a,b \"\"c\"\"\nd\",1234.568,3,1,red\n=1+1,,,0,red\n-0.5,,-1,1,green\n")
  }

  @Test func answersAreWords() throws {
    let table = Table<Bool>("answers", title: "Answers", "One row an answer.") {
      Column("answer", .answer, "yes or no.") { $0 }
      Column("flag", .flag, "1 for yes.") { $0 }
    }
    #expect(try text(Sheet(table, rows: [true, false]).rendered(as: .csv)) == "answer,flag\nyes,1\nno,0\n")
  }

  @Test func formulasAreDisarmedInFilesForPeople() throws {
    let csv = try text(rendered(.csv, rows, guardsFormulas: true))
    #expect(csv.contains("\n'=1+1,"))
    #expect(csv.contains("\n-0.5,"))  // a number is no formula
    let cells = try CSVDocument(rendered(.csv, hostileTexts.map { Sample(id: $0) }, guardsFormulas: true)).rows
    for (cell, original) in zip(cells.map { $0[0] }, hostileTexts) {
      let isFormula = "=+-@\t\r".contains(original.first ?? "x") && Double(original) == nil
      #expect(cell == (isFormula ? "'" + original : original))
    }
  }

  @Test func jsonHasNullsForWhatIsBlank() throws {
    let objects = try objects(rendered(.json, rows))
    #expect(objects.count == 3)
    #expect(objects[0]["value"] as? Double == 1234.568)
    #expect(objects[1]["value"] is NSNull && objects[1]["n"] is NSNull && objects[2]["value"] is NSNull)
    #expect(objects[1]["new"] as? Int == 0)
    #expect(try text(rendered(.ndjson, rows)).split(separator: "\n").count == 3)
  }

  /// Parts that are made apart are the whole, in formats of which that can be.
  @Test(arguments: [1, 2, 5]) func partsTogetherAreTheWhole(_ parts: Int) throws {
    let all = (0..<17).map { Sample(id: "row \($0)", value: Double($0) / 3) }
    let sheet = Sheet(.sample, parts: parts) { part, add in
      for i in (part * all.count / parts)..<((part + 1) * all.count / parts) { try add(all[i]) }
    }
    for format in TableFormat.allCases {
      let whole = try rendered(format, all)
      #expect(try sheet.rendered(as: format) == whole)
      let pieces = try (0..<parts).map { try sheet.rendered(part: $0, as: format) }
      #expect(pieces.contains(nil) == [.json, .table].contains(format))
      if !pieces.contains(nil) { #expect(pieces.flatMap { $0 ?? [] } == whole) }
    }
    var ids: [Cell] = []
    try sheet.forEachRow { ids.append($0[0]) }
    #expect(ids == all.map { .text($0.id) })
  }

  /// Rows one by one give the bytes that the encoder gives for all of them at once.
  @Test(arguments: [0, 1, 3]) func jsonIsThatOfOneArray(count: Int) throws {
    let some = Array(rows.prefix(count))
    let objects = some.map { RowObject(.sample, $0) }
    #expect(try text(rendered(.json, some)) == text(CanonicalJSON.document(objects)))
    #expect(try rendered(.ndjson, some) == objects.flatMap { try CanonicalJSON.line($0) })
  }

  @Test func hostileTextComesBackAsItWas() throws {
    let samples = hostileTexts.map { Sample(id: $0) }
    let csv = try CSVDocument(rendered(.csv, samples))
    #expect(csv.rows.map { Array($0[0].utf8) } == hostileTexts.map { Array($0.utf8) })
    #expect(csv.rows.allSatisfy { Array($0.dropFirst()) == ["1.5", "3", "1", "red"] })
    let json = try objects(rendered(.json, samples)).compactMap { $0["id"] as? String }
    #expect(json.map { Array($0.utf8) } == hostileTexts.map { Array($0.utf8) })
    let lines = try text(rendered(.ndjson, samples)).split(separator: "\n")
    #expect(lines.count == hostileTexts.count)
    for (line, original) in zip(lines, hostileTexts) {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect((object?["id"] as? String).map { Array($0.utf8) } == Array(original.utf8))
    }
  }

  @Test func terminalTableShowsNoControlCharacters() throws {
    let drawn = try text(rendered(.table, hostileTexts.map { Sample(id: $0) }))
    #expect(drawn.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 32 && !(127...159).contains($0.value)) })
    #expect(drawn.split(separator: "\n", omittingEmptySubsequences: false).count == hostileTexts.count + 3)
  }

  @Test func terminalTableIsAlignedByType() throws {
    let drawn = try text(rendered(.table, [Sample(id: "long name", value: 1.23456, count: nil), Sample(value: 12)]))
    #expect(
      drawn == """
        id          value  n  new  colour
        ---------  ------  -  ---  ------
        long name  1.2346       1  red
        a              12  3    1  red

        """)
  }

  /// Four decimals would show a small probability as 0.
  @Test func terminalTableDoesNotRoundSmallNumbersAway() throws {
    let drawn = try text(rendered(.table, [0.00004321, -0.000012, 0.00012345, 2e12].map { Sample(value: $0) }))
    let values = drawn.split(separator: "\n").dropFirst(2).map { $0.split(separator: " ")[1] }
    #expect(values == ["4.321e-05", "-1.2e-05", "0.0001", "2000000000000"])
  }

  /// Rows are taken as they are written, and their bytes passed on long before the last of them is made.
  @Test(arguments: [TableFormat.csv, .json, .ndjson]) func rowsAreNotHeld(format: TableFormat) throws {
    let count = 20_000
    let made = Counter()
    let sheet = Sheet(Table<Sample>.sample) { add in
      for number in 0..<count {
        made.count += 1
        try add(Sample(id: "row \(number)"))
      }
    }
    var (bytes, largest, atFirst) = ([UInt8](), 0, 0)
    try sheet.write(as: format) { chunk in
      if bytes.isEmpty { atFirst = made.count }
      bytes += chunk
      largest = max(largest, chunk.count)
    }
    #expect(largest < 1 << 17 && atFirst < count / 2 && made.count == count)
    #expect(try bytes == sheet.rendered(as: format))
  }

  @Test func aSinkThatFailsStopsTheRows() throws {
    struct Full: Error {}
    let made = Counter()
    let sheet = Sheet(Table<Sample>.sample) { add in
      for _ in 0..<100_000 {
        made.count += 1
        try add(Sample())
      }
    }
    #expect(throws: Full.self) { try sheet.write(as: .csv) { _ in throw Full() } }
    #expect(made.count < 50_000)
  }

  @Test func recordsAreInJSONOnly() throws {
    let table = Table<Sample>("t", title: "T", "A row.") {
      Column("id", .text, "Name.") { $0.id }.inJSON { ["name": $0.id] }
      Column.record("parts", "Parts.") { [$0.id, $0.state.rawValue] }
    }
    let sheet = Sheet(table, rows: [Sample()])
    #expect(try text(sheet.rendered(as: .csv)) == "id\na\n")
    #expect(try text(sheet.rendered(as: .ndjson)) == "{\"id\":{\"name\":\"a\"},\"parts\":[\"a\",\"red\"]}\n")
    #expect(table.schema.tabularColumns.map(\.name) == ["id"])
  }

  @Test(arguments: [
    (0.0, "0"), (1e12, "1000000000000"), (1e-12, "1e-12"), (0.1 + 0.2, "0.3"), (123456.789, "123456.8"), (-2.5, "-2.5"),
    (1e300, "1e+300"), (1e-300, "1e-300"),
  ])
  func numbersAreShort(number: Double, expected: String) {
    #expect(plainNumber(significant(number)) == expected)
  }
}

/// Counts on one thread.
private final class Counter: Sendable {
  nonisolated(unsafe) var count = 0
}
