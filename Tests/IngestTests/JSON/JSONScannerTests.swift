import CommunitySafety
import Diagnostics
import NumericCore
import Testing

@testable import Ingest

@Suite struct JSONScannerTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  /// Records as `line:field|field`, or the error.
  private func records(_ text: String, chunkSize: Int = 1 << 18) -> [String] { records(Array(text.utf8), chunkSize) }

  private func records(_ bytes: [UInt8], _ chunkSize: Int) -> [String] {
    let found = records(bytes, chunkSize, stops: false)
    // A scan that is stopped at every record and goes on finds the same.
    #expect(records(bytes, chunkSize, stops: true) == found)
    return found
  }

  private func records(_ bytes: [UInt8], _ chunkSize: Int, stops: Bool) -> [String] {
    var scanner = JSONScanner(file: "f", chunkSize: chunkSize)
    var position = 0
    var found: [String] = []
    do {
      var before = -1
      while found.count > before, stops || before < 0 {
        before = found.count
        try scanner.scan { buffer in
          let count = min(buffer.count, bytes.count - position)
          bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
          position += count
          return count
        } while: { record in
          let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
          found.append("\(record.line):\(fields.joined(separator: "|"))")
          return !stops
        }
      }
    } catch { found.append("\(error)") }
    return found
  }

  @Test func linesAndArraysGiveTheSameRecords() {
    let objects = [#"{"a":1,"b":"x"}"#, #"{"b":null, "a" : -2.5e3 }"#, #"{"a":"3"}"#]
    #expect(records(objects.joined(separator: "\n")) == ["1:a|b", "1:1|x", "2:-2.5e3|", "3:3|"])
    #expect(
      records(" [\n" + objects.joined(separator: ",\n") + "\n]\n") == ["2:a|b", "2:1|x", "3:-2.5e3|", "4:3|"])
    #expect(records("\u{FEFF}\n\n" + objects[0]) == ["3:a|b", "3:1|x"])
    #expect(records("[]") == [] && records("[ ]  \n") == [])
  }

  @Test func escapesAndSurrogates() {
    #expect(
      records(#"{"a":"q\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00!","\u0062":"\ud83dx"}"#) == [
        "1:a|b", "1:q\"\\/\u{8}\u{C}\n\r\té😀!|\u{FFFD}x",
      ])
  }

  @Test func nestedValuesArePassedOver() {
    #expect(
      records(#"{"x":{"y":[1,{"z":"}"}]},"a":true,"b":[]}"#) == ["1:x|a|b", "1:|true|"])
    let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
    #expect(records(#"{"a":\#(deep)}"#).last?.contains("nested more than 64 deep") == true)
  }

  @Test(
    arguments: [
      (#"{"a":1"#, 1), ("{\"a\":1}\n{\"a\":1,}", 2), ("{\"a\":1}\nx", 2), (#"{"a" 1}"#, 1), (#"{"a":tru}"#, 1),
      (#"{"a":1 "b":2}"#, 1), (#"{"a":"x"#, 1), ("{\"a\":\"x\ny\"}", 1), (#"{"a":"\q"}"#, 1), (#"{"a":"\u12"}"#, 1),
      (#"{"a":1,"a":2}"#, 1), ("[{\"a\":1}\n{\"a\":1}]", 2), ("[{\"a\":1},]", 1), ("[{\"a\":1}] []", 1), ("[1]", 1),
      ("[{\"a\":1}", 1), ("{\"a\":{\"b\":[1}}}", 1), ("{\"a\":1}\n{\"a\":1\n,\"a\":2}", 3), (#"{a:1}"#, 1),
    ]) func badTextIsLocated(text: String, line: Int)
  {
    let last = records(text).last ?? ""
    #expect(last.hasPrefix("f:\(line): "), "\(last)")
    for chunkSize in [1, 2, 7] { #expect(records(text, chunkSize: chunkSize) == records(text)) }
  }

  @Test func tooLongAnObject() {
    let text = #"{"a":"\#(String(repeating: "x", count: JSONScanner.recordLimit + 10))"}"#
    #expect(records(text).last?.contains("longer than") == true)
  }

  @Test func tablesOfEitherLayout() async throws {
    let long = [
      #"{"measure":"ASB","area":"Oxford","period":"2019-01","count":12,"population":150000,"note":"a"}"#,
      #"{"area":"Oxford","measure":"ASB","period":"2019-02","count":null}"#,
      #"{"area":"Oxford","measure":"ASB","period":"2019-03"}"#,
      #"{"area":"Oxford","measure":"ASB","period":"2019-04","count":"[c]"}"#,
      #"{"area":"Oxford","measure":"ASB","period":"2019-05","count":"1,204","population":null}"#,
    ]
    for text in [long.joined(separator: "\n"), "[" + long.joined(separator: ",") + "]"] {
      for name in ["t.ndjson", "t.json", "t.txt"] {
        let data = try await read([try space.write(name, text)])
        let values = try #require(data.values("Oxford", "ASB"))
        #expect(values[0] == 12 && values[1...3].allSatisfy(\.isNaN) && values[4] == 1204)
        #expect(data.areas["Oxford"]?.population == 150_000)
        #expect(data.accounting.setAside == ["missing value": 2, "suppressed value": 1] && data.accounting.balances)
      }
    }
    let identified = #"{"unique_id":"A|b","ds":"2019-01"} {"unique_id":"A|b","ds":"2019-02","y":2}"#
    #expect(try await read([try space.write("i.jsonl", identified)]).values("A", "b")?.last == 2)
    let zip = try space.zip("n.zip", [("x/t.ndjson", long.joined(separator: "\n"))])
    #expect(try await read([zip]).values("Oxford", "ASB")?[0] == 12)
    try space.write("folder/t.ndjson.gz", try gzip(long.joined(separator: "\n")))
    #expect(try await read([space.root.appendingPathComponent("folder").path]).values("Oxford", "ASB")?[0] == 12)
  }

  @Test func errorsOfRowsAreLocated() async throws {
    func error(_ lines: [String]) async throws -> HorizonError {
      try #require(try await failure([try space.write("e.ndjson", lines.joined(separator: "\n"))]))
    }
    let first = #"{"unique_id":"A","ds":"2019-01","y":1}"#
    #expect(try await error([first, #"{"unique_id":"A","ds":"2019-02","y":true}"#]).location?.line == 2)
    #expect(try await error([first, #"{"unique_id":"A","y":3}"#]).location?.line == 2)
    #expect(try await error([first, #"{"unique_id":"A","ds":"2019-02","y":[3]}"#]).message.contains("not a number"))
    let late = try await error([
      #"{"area":"A","measure":"m","period":"2019-01","count":1}"#,
      #"{"area":"A","measure":"m","period":"2019-02","count":1,"population":7}"#,
    ])
    #expect(late.location?.line == 2 && late.message.contains("population"))
    #expect(try await error([#"{"x":1}"#]).kind == .data)
  }

  /// Whatever the bytes: records or an error, the same in chunks of any size.
  @Test func mutations() {
    let original = Array(#"[{"unique_id":"A \"é\" \u00e9","ds":"2019-01","y":1.5},{"y":null,"n":{"a":[1,"]"]}}]"#.utf8)
    let alphabet = Array("{}[]\":,\\u0 1\nnt".utf8) + [0, 0xFF, 0xC3]
    var random = RandomSource(seed: 99)
    for _ in 0..<1500 {
      var bytes = original
      for _ in 0..<(1 + Int(random.next() % 3)) {
        let at = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[at] = alphabet[Int(random.next() % UInt64(alphabet.count))]
        case 1: bytes.insert(alphabet[Int(random.next() % UInt64(alphabet.count))], at: at)
        default: bytes.remove(at: at)
        }
      }
      #expect(records(bytes, 1 + Int(random.next() % 40)) == records(bytes, 1 << 18))
    }
  }
}
