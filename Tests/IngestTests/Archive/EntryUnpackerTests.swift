import CommunitySafety
import Diagnostics
import Foundation
import Testing

@testable import Ingest

/// Entries read in one piece and entries streamed give the same results and the same errors.
@Suite struct EntryUnpackerTests {
  let space: Workspace
  let name = "2019-06/2019-06-thames-valley-street.csv"
  let text = Street.file(
    (0..<3000).map { Street.row("2019-06", "Oxford 0\(10 + $0 * 7 % 80)B", "Burglary", location: "\"Lane, \($0)\"") })

  init() throws { space = try Workspace() }

  private func read(_ path: String, limit: Int) async throws -> IngestedData {
    var reader = InputReader(options: IngestOptions(), registry: testRegistry)
    reader.wholeEntryLimit = limit
    return try await reader.read([path])
  }

  private func failure(_ path: String, limit: Int) async throws -> HorizonError? {
    do {
      _ = try await read(path, limit: limit)
      return nil
    } catch let error as HorizonError {
      return error
    }
  }

  /// An archive of one entry with 32 bits of its directory record changed.
  private func archive(_ bytes: [UInt8], field: Int, _ change: (UInt32) -> UInt32) throws -> String {
    var bytes = bytes
    let record = try #require(
      bytes.indices.dropLast(4).last { Array(bytes[$0..<($0 + 4)]) == [0x50, 0x4B, 0x01, 0x02] })
    let at = record + field
    let old = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
    for index in 0..<4 { bytes[at + index] = UInt8(truncatingIfNeeded: change(old) >> UInt32(8 * index)) }
    return try space.write("changed.zip", bytes)
  }

  private func packed(stored: Bool = false) throws -> [UInt8] {
    let path = try space.zip("a.zip", [(name, text)], stored: stored)
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func unpackerTakesWhatIsSmallAndOfAKnownPacking() throws {
    let unpacker = EntryUnpacker(limit: 100)
    func takes(_ size: Int, _ compressed: Int, _ packing: ZipArchive.Packing) -> Bool {
      unpacker.takes(.init(index: 0, name: "a", size: size, compressedSize: compressed, crc: 0, packing: packing))
    }
    #expect(takes(100, 50, .deflated))
    #expect(takes(100, 100, .stored))
    #expect(!takes(101, 50, .deflated))
    #expect(!takes(50, 101, .deflated))
    #expect(!takes(50, 50, .other))
  }

  @Test(arguments: [false, true]) func packingIsReadFromTheDirectory(stored: Bool) throws {
    let entries = try ZipArchive(path: try space.zip("a.zip", [(name, text)], stored: stored)).entries()
    #expect(entries.map(\.packing) == [stored ? .stored : .deflated])
    #expect(entries.map(\.size) == [text.utf8.count])
    #expect((entries[0].compressedSize < text.utf8.count) == !stored)
  }

  @Test(arguments: [false, true]) func wholeAndStreamedAgree(stored: Bool) async throws {
    let path = try space.zip("a.zip", [(name, text)], stored: stored)
    let whole = try await read(path, limit: EntryUnpacker.defaultLimit)
    let streamed = try await read(path, limit: text.utf8.count - 1)
    #expect(whole.values("Oxford", "Burglary") == [3000])
    #expect(whole.panel.series.map(\.values) == streamed.panel.series.map(\.values))
    #expect(whole.notes == streamed.notes)
    #expect(whole.sources == streamed.sources)
  }

  @Test(arguments: [false, true], [0, EntryUnpacker.defaultLimit])
  func checksumMismatch(stored: Bool, limit: Int) async throws {
    let path = try archive(try packed(stored: stored), field: 16) { $0 ^ 1 }
    let error = try #require(try await failure(path, limit: limit))
    #expect(error.kind == .data)
    #expect(error.message == "the entry is damaged: its checksum does not match")
    #expect(error.location?.file.hasSuffix("changed.zip!\(name)") == true)
  }

  @Test(arguments: [-1, 1, -100_000, 100_000], [false, true])
  func otherSizeThanAnnounced(difference: Int32, stored: Bool) async throws {
    let path = try archive(try packed(stored: stored), field: 24) { UInt32(bitPattern: Int32($0) + difference) }
    let error = try #require(try await failure(path, limit: EntryUnpacker.defaultLimit))
    #expect(error.kind == .data)
    #expect(error.message == "the entry is damaged or cut short")
    #expect(error.location?.file.hasSuffix("changed.zip!\(name)") == true)
  }

  @Test func deflatedBytesCutShort() async throws {
    let path = try archive(try packed(), field: 20) { $0 / 2 }
    let error = try #require(try await failure(path, limit: EntryUnpacker.defaultLimit))
    #expect(error.kind == .data)
    #expect(error.message == "the entry is damaged or cut short")
  }

  @Test func nothingInside() async throws {
    let path = try space.zip("a.zip", [("x/a-street.csv", ""), (name, text)])
    let whole = try await read(path, limit: EntryUnpacker.defaultLimit)
    #expect(whole.values("Oxford", "Burglary") == [3000])
    #expect(try await read(path, limit: 0).values("Oxford", "Burglary") == [3000])
  }

  @Test func repeatedFileIsFoundBetweenArchiveAndFolder() async throws {
    let archive = try space.zip("a.zip", [(name, text)])
    let file = try space.write("2019-06-thames-valley-street.csv", text)
    let data = try await InputReader(options: IngestOptions(), registry: testRegistry).read([archive, file])
    #expect(data.values("Oxford", "Burglary") == [3000])
    #expect(data.codes().contains("duplicate-file"))
  }
}
