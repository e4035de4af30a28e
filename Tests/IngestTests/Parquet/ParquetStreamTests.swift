import CommunitySafety
import Diagnostics
import Foundation
import Testing

@testable import Ingest

// One after the other: a process started while another test still writes its program would keep that file busy.
@Suite(.serialized) struct ParquetStreamTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  /// A program named duckdb that does what `script` says, and the folder it lies in.
  private func program(_ script: String) throws -> String {
    let path = try space.write("bin/duckdb", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return String(path.dropLast("/duckdb".count))
  }

  private func text(_ path: String, on searchPath: String) throws -> String {
    let stream = try ParquetStream(path: path, searchPath: searchPath)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 7)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  @Test func whatTheProgramWritesIsRead() throws {
    let folder = try program("printf 'unique_id,ds,y\\nA,2019-01,1\\n'")
    #expect(try text("x.parquet", on: folder) == "unique_id,ds,y\nA,2019-01,1\n")
  }

  @Test func aPathIsNothingButALiteral() throws {
    let folder = try program("for a in \"$@\"; do last=\"$a\"; done; printf '%s' \"$last\"")
    let path = "it's; SELECT 1 -- $(touch x) `y` \"z\".parquet"
    let statement = try text(path, on: folder)
    #expect(statement == ParquetStream.statement(for: path))
    #expect(statement.hasSuffix("read_parquet(['it''s; SELECT 1 -- $(touch x) `y` \"z\".parquet'])"))
    #expect(statement.contains("autoinstall_known_extensions=false"))
  }

  @Test func failuresAreTold() throws {
    let failing = try program("echo 'a,b'; printf 'Error:\\033[31m no such\\ncolumn' >&2; exit 1")
    let error = #expect(throws: HorizonError.self) { try text("f.parquet", on: failing) }
    #expect(error?.kind == .data && error?.location?.file == "f.parquet")
    #expect(error?.message == "duckdb says: Error:\u{FFFD}[31m no such column")
    let killed = try program("kill -9 $$")
    #expect(throws: HorizonError.self) { try text("f.parquet", on: killed) }
    // Much said on the side of errors does not block.
    let loud = try program("yes complaint | head -c 300000 >&2; printf 'a,b\\n'")
    #expect(try text("f.parquet", on: loud) == "a,b\n")
  }

  @Test func withoutTheProgramThereIsARemedy() throws {
    for path in ["", "relative/bin", space.root.path] {
      let error = #expect(throws: HorizonError.self) { try ParquetStream(path: "f.parquet", searchPath: path) }
      #expect(error?.kind == .noInput && error?.remedy == "Install duckdb, or export the file as CSV")
    }
  }

  @Test func aReaderThatStopsEarlyLeavesNothingBehind() throws {
    let folder = try program("exec yes unique_id,ds,y")
    do {
      let stream = try ParquetStream(path: "f.parquet", searchPath: folder)
      var buffer = [UInt8](repeating: 0, count: 64)
      #expect(try buffer.withUnsafeMutableBytes { try stream.read(into: $0) } > 0)
    }
  }

  @Test func parquetIsToldByItsBytes() throws {
    let path = try space.write("table.csv", ParquetStream.magic + [1, 2, 3, 4])
    guard case .parquet(let bytes) = try FileKind(path: path) else {
      Issue.record("not told")
      return
    }
    #expect(bytes == 8)
    let plan = try InputPlan(inputs: [path], maximumUnpackedBytes: 1 << 30)
    #expect(plan.units.count == 1)
    guard case .parquet = plan.units[0].origin else {
      Issue.record("no Parquet")
      return
    }
  }
}
