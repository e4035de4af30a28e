import Diagnostics
import Foundation
import Testing

@testable import Tables

@Suite struct WholeFileTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func contents(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func writesPartByPartAndReplacesWhatWasThere() throws {
    try withFolder { folder in
      let path = folder.path + "/table.csv"
      try WholeFile.write(to: path) { add in for part in ["a,", "b\n"] { try add(Array(part.utf8)) } }
      #expect(contents(path) == "a,b\n")
      chmod(path, 0o640)
      try WholeFile.write(Array("new\n".utf8), to: path)
      #expect(contents(path) == "new\n")
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["table.csv"])
    }
  }

  @Test func whatFailsHalfWayLeavesTheOldFileAndNothingElse() throws {
    struct Broken: Error {}
    try withFolder { folder in
      let path = folder.path + "/table.csv"
      try WholeFile.write(Array("old\n".utf8), to: path)
      #expect(throws: Broken.self) {
        try WholeFile.write(to: path) { add in
          try add(Array("half".utf8))
          throw Broken()
        }
      }
      #expect(contents(path) == "old\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["table.csv"])
    }
  }

  @Test func aLinkIsFollowedAndADeviceIsNotReplaced() throws {
    try withFolder { folder in
      let (real, link) = (folder.path + "/real", folder.path + "/link")
      try WholeFile.write(Array("old\n".utf8), to: real)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
      try WholeFile.write(Array("new\n".utf8), to: link)
      #expect(contents(real) == "new\n")
      #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == real)
      let pipe = folder.path + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      let reader = open(pipe, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try WholeFile.write(Array("into the pipe\n".utf8), to: pipe)
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = read(reader, &buffer, buffer.count)
      #expect(count > 0 && String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "into the pipe\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["link", "pipe", "real"])
    }
  }

  @Test func whatCannotBeWrittenIsAnError() throws {
    try withFolder { folder in
      for path in [folder.path, folder.path + "/none/table.csv"] {
        let error = try #require(throws: HorizonError.self) { try WholeFile.write([10], to: path) }
        #expect(error.kind == .cannotWrite)
      }
    }
  }
}
