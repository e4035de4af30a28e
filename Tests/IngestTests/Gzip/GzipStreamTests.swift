import CommunitySafety
import Diagnostics
import NumericCore
import Testing

@testable import Ingest

@Suite struct GzipStreamTests {
  let space: Workspace
  private let table = "unique_id,ds,y\nA,2019-01,1\nA,2019-02,2\nB,2019-01,3\n"

  init() throws { space = try Workspace() }

  /// Unpacks `packed`, given in pieces of `piece` bytes, into a buffer of `room`.
  private func unpack(_ packed: [UInt8], piece: Int, room: Int, maximum: Int = 1 << 30) throws -> [UInt8] {
    let stream = try GzipStream(location: "f.gz", limit: UnpackLimit(path: "f.gz", maximum: maximum))
    var position = 0
    var unpacked: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: room)
    while true {
      let count = try buffer.withUnsafeMutableBytes { buffer in
        try stream.read(into: buffer) { input in
          let count = min(piece, input.count, packed.count - position)
          packed.withUnsafeBytes { input.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
          position += count
          return count
        }
      }
      if count == 0 { return unpacked }
      unpacked += buffer[..<count]
    }
  }

  @Test func piecesOfAnySizeGiveTheSameBytes() throws {
    var random = RandomSource(seed: 7)
    let bytes = (0..<20_000).map { _ in UInt8(random.next() % 7) }
    let packed = try gzip(bytes)
    for (piece, room) in [(1, 1), (1, 500), (3, 17), (1000, 64), (1 << 20, 1 << 20)] {
      #expect(try unpack(packed, piece: piece, room: room) == bytes)
    }
  }

  @Test func membersAreOneStreamAndZerosArePadding() throws {
    let packed = try gzip("one,") + gzip("") + gzip("two") + [0, 0, 0, 0]
    for piece in [1, 5, 1000] { #expect(try unpack(packed, piece: piece, room: 10) == Array("one,two".utf8)) }
  }

  @Test func damageIsFoundWhereverItIs() throws {
    let packed = try gzip(table)
    for end in 2..<packed.count {
      #expect(throws: HorizonError.self) { try unpack(Array(packed[..<end]), piece: 64, room: 64) }
    }
    // Bytes 4 to 9 of a header hold the time, flags of the packer and its system: nothing depends on them.
    for index in packed.indices where !(4...9).contains(index) {
      var damaged = packed
      damaged[index] ^= 0x55
      #expect(throws: HorizonError.self, "byte \(index)") { try unpack(damaged, piece: 64, room: 64) }
    }
    #expect(throws: HorizonError.self) { try unpack(packed + Array("more".utf8), piece: 64, room: 64) }
  }

  @Test func limitsHold() throws {
    let zeros = try gzip([UInt8](repeating: 48, count: 80 << 20))
    let ratio = #expect(throws: HorizonError.self) { try unpack(zeros, piece: 4096, room: 1 << 16) }
    #expect(ratio?.message.contains("200 times") == true && ratio?.kind == .data)
    let maximum = #expect(throws: HorizonError.self) {
      try unpack(try gzip([UInt8](repeating: 48, count: 100_000)), piece: 4096, room: 1 << 12, maximum: 50_000)
    }
    #expect(maximum?.message.contains("50000 bytes") == true)
  }

  @Test func gzipIsToldByItsBytesAndReadLikeWhatItHolds() async throws {
    let plain = try await read([try space.write("plain.csv", table)])
    for name in ["a.csv.gz", "no-ending", "misnamed.csv"] {
      let path = try space.write(name, try gzip(table))
      let data = try await read([path])
      #expect(data.panel.series == plain.panel.series)
      #expect(data.sources[0].bytes == (try gzip(table)).count && data.sources[0].rows == 3)
      #expect(data.sources[0].sha256 != plain.sources[0].sha256)
    }
    let both = try await read([try space.write("both.csv", table), try space.write("both.csv.gz", try gzip(table))])
    #expect(both.codes(.warning) == ["duplicate-file"])
  }

  @Test func gzipInsideFoldersAndArchives() async throws {
    let rows = Street.file(Street.rows(4, "2019-06", "Oxford 008B"))
    try space.write("folder/2019-06-thames-valley-street.csv.gz", try gzip(rows))
    let folder = try await read([space.root.appendingPathComponent("folder").path])
    #expect(folder.values("Oxford", "Burglary") == [4] && folder.kind == .policeUK)
    #expect(folder.completeness.cells.allSatisfy { $0.source == "thames-valley" })
    // The archive holds the member as bytes, whether it unpacks the entry in one piece or streams it.
    let path = space.root.appendingPathComponent("t.zip").path
    try space.zip(path: path, [("t.csv.gz", try gzip(table))])
    #expect(try await read([path]).values("A", nil) == [1, 2])
    var reader = InputReader(options: IngestOptions(), registry: testRegistry)
    reader.wholeEntryLimit = 0
    #expect(try await reader.read([path]).panel[.init(area: "A", measure: nil)]?.values == [1, 2])
  }

  @Test func errorsNameTheFile() async throws {
    let packed = try gzip(table)
    let cut = try space.write("cut.csv.gz", Array(packed.dropLast(6)))
    let error = try #require(try await failure([cut]))
    #expect(error.kind == .data && error.location?.file == cut && error.message.contains("cut short"))
    let twice = try space.write("twice.gz", try gzip(gzip(table)))
    #expect(try await failure([twice])?.message.contains("twice") == true)
    let empty = try space.write("empty.gz", try gzip(""))
    #expect(try await failure([empty])?.message == "the file is empty")
  }
}
