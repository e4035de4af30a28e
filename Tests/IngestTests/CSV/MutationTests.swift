import CommunitySafety
import NumericCore
import Testing

@testable import Ingest

/// Seeded mutations of good files: whatever the bytes, the readers finish, throw a `HorizonError`, or balance.
@Suite struct MutationTests {
  static let street = Street.file(
    [
      Street.row("2019-06", "Oxford 008B", "Burglary"), Street.row("2019-06", "", "Drugs", location: "\"a, b\""),
      Street.row("2019-06", "Swindon 001A", "Robbery"), Street.row("2019-05", "Cherwell 001A", "Burglary"),
    ], end: "\r\n")
  static let long =
    "area,measure,period,count,population\nOxford,ASB,2019-06-01,\"1,234\",100\nOxford,ASB,2019-07-01,,\n"
    + "\"A \"\"B\"\"\",ASB,2019-06-01,[c],5\nCherwell,ASB,2019-08-01,0.5,7\n"
  static let identified = "unique_id,ds,y\nA|b,2019-06,1\nA|b,2019-07,-2.5\nC,2019-07,NA\nC,2019-08,1e3\n"

  @Test(arguments: [street, long, identified]) func mutations(text: String) throws {
    let original = Array(text.utf8)
    let alphabet = Array("\",\n\r\0 0159-aZ[*<.\u{FEFF}é".utf8) + [0xFF]
    var random = RandomSource(seed: 20_240_611)
    var read = 0
    for _ in 0..<1200 {
      var bytes = original
      for _ in 0..<(1 + Int(random.next() % 4)) { MutationTests.mutate(&bytes, alphabet, &random) }
      let chunkSize = 1 + Int(random.next() % 300)
      do {
        let data = try MutationTests.ingest(bytes, chunkSize)
        #expect(data.accounting.balances)
        read += 1
      } catch is HorizonError {}
      // The scanner alone gives the same records, or the same error, in chunks of any size.
      #expect(MutationTests.outcome(bytes, chunkSize) == MutationTests.outcome(bytes, 1 << 18))
      #expect(MutationTests.outcome(bytes, chunkSize) == MutationTests.outcome(bytes, chunkSize, inPlace: true))
    }
    #expect(read > 50)
  }

  private static func mutate(_ bytes: inout [UInt8], _ alphabet: [UInt8], _ random: inout RandomSource) {
    guard !bytes.isEmpty else { return }
    let at = Int(random.next() % UInt64(bytes.count))
    let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
    switch random.next() % 5 {
    case 0: bytes[at] = byte
    case 1: bytes.insert(byte, at: at)
    case 2: bytes.remove(at: at)
    case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int(random.next() % 40)))
    default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + Int(random.next() % 80))], at: at)
    }
  }

  private static func outcome(_ bytes: [UInt8], _ chunkSize: Int, inPlace: Bool = false) -> String {
    do {
      let records = try inPlace ? scanInPlace(bytes, chunkSize: chunkSize) : scan(bytes, chunkSize: chunkSize)
      return records.map { "\($0.line):\($0.fields)" }.joined(separator: "\n")
    } catch { return "\(error)" }
  }

  private static func ingest(_ bytes: [UInt8], _ chunkSize: Int) throws -> IngestedData {
    var scanner = CSVScanner(file: "2019-06-thames-valley-street.csv", chunkSize: chunkSize)
    var position = 0
    let content = try CSVReader.read(&scanner, file: "f.csv", detail: StreetDetail()) { buffer in
      let count = min(buffer.count, bytes.count - position)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    let unit = IngestedUnit(
      location: "f.csv", label: "f.csv", name: "2019-06-thames-valley-street.csv", source: 0,
      contentHash: ContentHash(), content: content)
    switch content {
    case .empty: throw HorizonError(.data, "empty")
    case .street:
      return try StreetAssembly(files: [StreetFile(unit)], options: IngestOptions(), registry: testRegistry)
        .data(sources: [], notes: [])
    case .table:
      return try TableAssembly(files: [TableFile(unit)], options: IngestOptions(), registry: testRegistry)
        .data(sources: [], notes: [])
    }
  }
}
