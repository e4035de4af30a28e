import CommunitySafety
import Diagnostics
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
  static let wide =
    "Borough,Offence,201901,201902,Total\nOxford,ASB,1,2,3\nOxford,\"Theft, other\",,[c],0\nBorough,Offence,201901,201902,"
    + "Total\nCherwell,ASB,0.5,NA,1\n"
  static let shares =
    "area;measure;period;numerator;denominator\nOxford;Detected;Jan 2019;1;10\nOxford;Detected;Feb 2019;0;0\n"
    + "Cherwell;Detected;Jan 2019;;4\nCherwell;Detected;Feb 2019;2;4\n"
  static let identified = "unique_id,ds,y\nA|b,2019-06,1\nA|b,2019-07,-2.5\nC,2019-07,NA\nC,2019-08,1e3\n"

  static let recorded =
    "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Subgroup,Offence Count\n2019/20,1,Thames Valley,Oxford,Burglary,-3\n"
    + "2019/20,1,Thames Valley,Oxford,Burglary,12\n2019/20,2,Thames Valley,,\"Theft, other\",[c]\n"
  static let incidents =
    "source,incident_ref,date_reported,date_occurred,category,qualifier,area_code,person_pseudonym,location_pseudonym\n"
    + "council,R1,2024-01-02,2024-01-01,ASB,personal,E07000178,Pab,L1\ncouncil,R2,2024-02-02,,ASB,,E07000177,,\n"
    + "\"fire\",R3,05/03/2024,2024-03-01,Arson,,,Pab,\ncouncil,R1,2024-03-02,2024-03-01,ASB,personal,X,Pab,L1\n"

  @Test(arguments: [street, long, wide, shares, identified, recorded, incidents]) func mutations(text: String)
    async throws
  {
    let original = Array(text.utf8)
    let alphabet = Array("\",;\t\n\r\0 0159-aZ[*<.\u{FEFF}é".utf8) + [0xFF]
    var random = RandomSource(seed: 20_240_611)
    var read = 0
    for _ in 0..<1200 {
      var bytes = original
      for _ in 0..<(1 + Int(random.next() % 4)) { MutationTests.mutate(&bytes, alphabet, &random) }
      let chunkSize = 1 + Int(random.next() % 300)
      do {
        let data = try await MutationTests.ingest(bytes, chunkSize)
        #expect(data.accounting.balances)
        read += 1
      } catch is HorizonError {}
      // The scanner alone gives the same records, or the same error, in chunks of any size.
      #expect(MutationTests.outcome(bytes, chunkSize) == MutationTests.outcome(bytes, 1 << 18))
      #expect(MutationTests.outcome(bytes, chunkSize) == MutationTests.outcome(bytes, chunkSize, inPlace: true))
      // So does one that is stopped at every record and goes on.
      #expect(MutationTests.stopped(bytes, chunkSize) == MutationTests.outcome(bytes, chunkSize))
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

  private static func stopped(_ bytes: [UInt8], _ chunkSize: Int) -> String {
    var scanner = CSVScanner(file: "f.csv", chunkSize: chunkSize)
    var rest = bytes[...]
    var records: [String] = []
    do {
      while true {
        let before = records.count
        try scanner.scan(
          read: { buffer in
            let next = rest.prefix(buffer.count)
            buffer.copyBytes(from: next)
            rest = rest.dropFirst(next.count)
            return next.count
          },
          while: { record in
            let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
            records.append("\(record.line):\(fields)")
            return false
          })
        if records.count == before { return records.joined(separator: "\n") }
      }
    } catch { return "\(error)" }
  }

  private static func ingest(_ bytes: [UInt8], _ chunkSize: Int) async throws -> IngestedData {
    var scanner = CSVScanner(file: "2019-06-thames-valley-street.csv", chunkSize: chunkSize)
    var position = 0
    func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
      let count = min(buffer.count, bytes.count - position)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    let content = try RecordReader.read(file: "f.csv", LayoutSettings()) { try scanner.scan(read: read, while: $0) }
    let unit = IngestedUnit(
      location: "f.csv", label: "f.csv", name: "2019-06-thames-valley-street.csv", source: 0,
      contentHash: ContentHash(), content: content.content)
    return try await InputReader(options: IngestOptions(), registry: testRegistry)
      .assemble(IngestedUnits(units: [unit]))
  }
}
