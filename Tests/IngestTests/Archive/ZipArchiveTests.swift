import CommunitySafety
import Diagnostics
import Foundation
import NumericCore
import Testing

@testable import Ingest

@Suite struct ZipArchiveTests {
  let space: Workspace
  let june = Street.file(Street.rows(30, "2019-06", "Oxford 008B"))

  init() throws { space = try Workspace() }

  @Test func readsStreetFilesAndPassesOverOthers() async throws {
    let path = try space.zip(
      "a.zip",
      [
        ("2019-06/", ""), ("2019-06/2019-06-thames-valley-street.csv", june),
        ("2019-06/2019-06-thames-valley-outcomes.csv", "Crime ID,Month\n"), ("2019-06/readme.txt", "hello"),
      ])
    let data = try await read([path])
    #expect(data.kind == .policeUK)
    #expect(data.values("Oxford", "Burglary") == [30])
    #expect(data.note("skipped-files") == .files(.skipped(files: 2)))
    #expect(data.sources.map(\.name) == ["a.zip"])
    #expect(data.sources.map(\.rows) == [30])
    // What sha256sum says of the same bytes.
    let digest = try await read([try space.write("2019-06-x-street.csv", june)]).sources[0].sha256
    #expect(digest == "d9df193a9918c5fb987a388d52f2fc9d35cb5450e0eaa4cab5f71a5c62509e6a")
  }

  @Test func notAZip() async throws {
    let error = try #require(try await failure([try space.write("a.zip", "<html>404</html>")]))
    #expect(error.kind == .data)
    #expect(error.message == "not a zip archive")
    #expect(error.remedy != nil)
    let empty = try #require(try await failure([try space.write("b.zip", "")]))
    #expect(empty.kind == .data)
  }

  @Test func truncatedArchive() async throws {
    let path = try space.zip("a.zip", [("2019-06/2019-06-thames-valley-street.csv", june)])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for keep in [30, bytes.count / 2, bytes.count - 10] {
      let error = try #require(try await failure([try space.write("cut-\(keep).zip", Array(bytes.prefix(keep)))]))
      #expect(error.kind == .data)
      #expect(error.location?.file.hasSuffix("cut-\(keep).zip") == true)
    }
  }

  @Test func damagedEntryIsNamed() async throws {
    let random = (0..<400).map {
      Street.row("2019-06", "Oxford 0\(10 + $0 * 7 % 80)B", "Burglary", code: "E\($0 * 7919)")
    }
    let path = try space.zip("a.zip", [("2019-06/2019-06-thames-valley-street.csv", Street.file(random))])
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    for index in 200..<230 { bytes[index] ^= 0x5A }
    let error = try #require(try await failure([try space.write("bad.zip", bytes)]))
    #expect(error.kind == .data)
    #expect(error.location?.file.hasSuffix("bad.zip!2019-06/2019-06-thames-valley-street.csv") == true)
  }

  @Test func unpackLimit() async throws {
    let path = try space.zip(
      "a.zip",
      (1...3).map {
        (
          "2019-0\($0)/2019-0\($0)-thames-valley-street.csv",
          Street.file(Street.rows(500, "2019-0\($0)", "Oxford 008B"))
        )
      })
    for threads in [1, 2] {
      let error = try #require(
        try await failure([path]) {
          $0.maximumUnpackedBytes = 60_000
          $0.threads = threads
        })
      #expect(error.kind == .data)
      #expect(error.message == "the archive unpacks to more than 60000 bytes")
    }
    #expect(try await failure([path]) { $0.maximumUnpackedBytes = 10_000_000 } == nil)
  }

  @Test func entryRatio() throws {
    let limit = UnpackLimit(path: "a.zip", maximum: .max)
    try limit.add(1 << 20, entryBytes: 1 << 20, compressed: 10)
    try limit.add(1 << 20, entryBytes: 100 << 20, compressed: 1 << 20)
    #expect(throws: HorizonError.self) { try limit.add(1, entryBytes: 300 << 20, compressed: 1 << 20) }
  }

  @Test(arguments: [
    "../evil-street.csv", "/etc/2019-06-x-street.csv", "a/../../b-street.csv", "C:\\x-street.csv", "..\\x",
  ])
  func namesThatLeadOutAreRefused(name: String) async throws {
    let path = try space.zip("a.zip", [(name, june)])
    let error = try #require(try await failure([path]))
    #expect(error.kind == .data)
    #expect(error.message == "the name of an entry leads out of the archive")
  }

  @Test func nothingToRead() async throws {
    let error = try #require(try await failure([try space.zip("a.zip", [("readme.txt", "x")])]))
    #expect(error.kind == .data)
    #expect(error.message.contains("no CSV"))
  }

  @Test func oneLongCSVInside() async throws {
    let path = try space.zip("a.zip", [("data.csv", "unique_id,ds,y\nA,2019-01,1\nA,2019-02,2\n")])
    #expect(try await read([path]).values("A", nil) == [1, 2])
  }

  @Test func controlCharactersOfNamesAreNotShown() throws {
    let path = try space.zip("a.zip", [("data.csv", "unique_id,ds,y\nA,2019-01,1\n")])
    #expect(try ZipArchive(path: path).location(of: "a\u{1B}[31m\nb") == "\(path)!a\u{FFFD}[31m\u{FFFD}b")
  }

  @Test func mutatedArchivesAreReadOrRefused() async throws {
    let path = try space.zip(
      "a.zip", [("2019-06/2019-06-thames-valley-street.csv", june), ("x/2019-06-thames-valley-outcomes.csv", "a,b\n")])
    let original = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    var random = RandomSource(seed: 7)
    var refused = 0
    for _ in 0..<400 {
      var bytes = original
      for _ in 0..<(1 + Int(random.next() % 3)) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      let mutant = try space.write("mutant.zip", bytes)
      do {
        #expect(try await read([mutant]).accounting.balances)
      } catch is HorizonError { refused += 1 }
    }
    #expect(refused > 100)
  }
}
