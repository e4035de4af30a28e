import CommunitySafety
import Diagnostics
import Testing

@testable import Ingest

/// Splits text and returns the fields of every record, with the line each starts on.
func scan(_ bytes: [UInt8], chunkSize: Int = 256 << 10) throws -> [(line: Int, fields: [String])] {
  var scanner = CSVScanner(file: "f.csv", chunkSize: chunkSize)
  var records: [(Int, [String])] = []
  var position = 0
  try scanner.scan(
    read: { buffer in
      let count = min(buffer.count, bytes.count - position)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    },
    record: { record in
      records.append((record.line, (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }))
    })
  return records
}

/// The same where the bytes lie; whatever is behind them must not matter, here commas.
func scanInPlace(_ bytes: [UInt8], chunkSize: Int) throws -> [(line: Int, fields: [String])] {
  var copy = bytes + [UInt8](repeating: 44, count: CSVScanner.padding)
  var records: [(Int, [String])] = []
  try copy.withUnsafeMutableBufferPointer { copy in
    var scanner = CSVScanner(file: "f.csv", over: .init(rebasing: copy[..<bytes.count]), chunkSize: chunkSize)
    try scanner.scan(
      read: { $0.count },
      record: { record in
        records.append((record.line, (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }))
      })
  }
  return records
}

func scan(_ text: String, chunkSize: Int = 256 << 10) throws -> [[String]] {
  try scan(Array(text.utf8), chunkSize: chunkSize).map(\.fields)
}

@Suite struct CSVScannerTests {
  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEnds(end: String) throws {
    #expect(try scan(["a,b", "1,2", "3,4"].joined(separator: end)) == [["a", "b"], ["1", "2"], ["3", "4"]])
    #expect(try scan(["a,b", "1,2", ""].joined(separator: end)) == [["a", "b"], ["1", "2"]])
  }

  @Test func quotes() throws {
    let text = "a,\"b, c\",\"d\"\"e\"\n\"x\ny\",,\"\"\nplain \"quoted\" text,5\",z\n"
    #expect(
      try scan(text) == [["a", "b, c", "d\"e"], ["x\ny", "", ""], ["plain \"quoted\" text", "5\"", "z"]])
  }

  @Test func linesInsideQuotesAreCounted() throws {
    let records = try scan(Array("h\n\"a\r\nb\rc\nd\",1\n\nlast".utf8))
    #expect(records.map(\.line) == [1, 2, 7])
  }

  @Test func byteOrderMarkAndBlankLines() throws {
    #expect(try scan([0xEF, 0xBB, 0xBF] + Array("\n\na\n\r\nb".utf8)).map(\.fields) == [["a"], ["b"]])
    #expect(throws: HorizonError.self) { try scan([0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test(arguments: [";", "\t"]) func otherSeparators(separator: String) throws {
    let text = "\n\"a,\"\"b\"S\"x\ny\"Sc\n1,5S2S3\n".replacing("S", with: separator)
    for chunkSize in 1...text.utf8.count {
      #expect(try scan(text, chunkSize: chunkSize) == [["a,\"b", "x\ny", "c"], ["1,5", "2", "3"]])
    }
    // A comma in the first record settles it.
    #expect(try scan("aSb,c\n1S2,3\n".replacing("S", with: separator))[1] == ["1\(separator)2", "3"])
  }

  @Test func theLastRecordWithoutALineEndIsKnown() throws {
    for (text, isCut) in [("a,b\n1,2", true), ("a,b\n1,2\n", false), ("a,b\n\"1\",2", true), ("a,b\n1,\"2\"\n", false)]
    {
      var ends: [Bool] = []
      var bytes = Array(text.utf8)
      var scanner = CSVScanner(file: "f.csv")
      try scanner.scan(
        read: { buffer in
          let count = min(buffer.count, bytes.count)
          bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[..<count])) }
          bytes.removeFirst(count)
          return count
        }, record: { ends.append($0.isUnterminated) })
      #expect(ends == [false, isCut], "\(text)")
    }
  }

  @Test func emptyInput() throws {
    #expect(try scan("").isEmpty)
    #expect(try scan("\n\n").isEmpty)
  }

  @Test func badQuotesAreLocated() throws {
    let open = try #require(throws: HorizonError.self) { try scan("a,b\n1,\"two\n3,4\n") }
    #expect(open.location == .init(file: "f.csv", line: 2, column: 2))
    let after = try #require(throws: HorizonError.self) { try scan("a,b\n\"1\"x,2\n") }
    #expect(after.location == .init(file: "f.csv", line: 2, column: 1))
  }

  @Test func recordLimitHoldsWhateverTheChunk() throws {
    let fits = "h\n" + String(repeating: "x", count: CSVScanner.recordLimit) + "\r\nz"
    let tooLong = "h\n" + String(repeating: "x", count: CSVScanner.recordLimit + 1) + "\nz"
    for chunkSize in [1 << 16, 1 << 18, 1 << 23] {
      #expect(try scan(fits, chunkSize: chunkSize).count == 3)
      let error = try #require(throws: HorizonError.self) { try scan(tooLong, chunkSize: chunkSize) }
      #expect(throws: error) { try scanInPlace(Array(tooLong.utf8), chunkSize: chunkSize) }
      #expect(error.location?.line == 2)
    }
    let manyFields = String(repeating: ",", count: CSVScanner.fieldLimit)
    #expect(throws: HorizonError.self) { try scan(manyFields) }
  }

  @Test func chunkSizeDoesNotMatter() throws {
    let text = "\u{FEFF}a,b,c\r\n1,\"x,\r\ny\",3\r\n\"\",\"\"\"\",q\r4,5,6\n\n\"é\",ü,\"a\"\"b\"\"\"\r\nend,\"\",\"z\""
    let bytes = Array(text.utf8)
    let whole = try scan(bytes)
    #expect(whole.map(\.fields).last == ["end", "", "z"])
    for chunkSize in 1...bytes.count {
      let parts = try scan(bytes, chunkSize: chunkSize)
      let inPlace = try scanInPlace(bytes, chunkSize: chunkSize)
      #expect(inPlace.map(\.fields) == parts.map(\.fields))
      #expect(inPlace.map(\.line) == parts.map(\.line))
      #expect(parts.map(\.fields) == whole.map(\.fields))
      #expect(parts.map(\.line) == whole.map(\.line))
    }
  }

  @Test func commasAreFoundInLinesOfAnyLength() throws {
    for length in 0...200 {
      for every in [1, 2, 7, 64] {
        // Bytes that differ from a comma in one bit, or by one.
        let line = (0..<length).map { $0 % every == 0 ? 44 : [UInt8](arrayLiteral: 45, 43, 0xAC, 0x2D, 0x6C)[$0 % 5] }
        let fields = line.split(separator: 44, omittingEmptySubsequences: false)
        let records = try scan(line + [10])
        #expect(records.count == (length > 0 ? 1 : 0))
        #expect(
          records.first?.fields.map { $0.utf8.count } ?? [0]
            == fields.map { String(decoding: $0, as: UTF8.self).utf8.count })
      }
    }
  }
}
