import Foundation
import Testing

@testable import Alerting

/// What decides whether a run can see anything new.
@Suite struct RunFingerprintTests {
  private func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  private func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test func itIsOfWhatIsReadAndOfNothingElse() throws {
    try withFolder { folder in
      let (file, other) = (folder + "/counts.csv", folder + "/other.csv")
      func text(_ settings: [String], _ paths: [String], version: String = "1") throws -> String? {
        try RunFingerprint(settings, reading: paths, version: version)?.text
      }
      try write("a", file)
      try write("b", other)
      let first = try #require(try text([other], [file]))
      #expect(try text([other], [file]) == first)
      // A setting is a word, whatever lies under its name.
      try write("c", other)
      #expect(try text([other], [file]) == first)
      #expect(try text([other], [file, other]) != first)
      #expect(try text([other], [file], version: "2") != first)
      try write("changed", file)
      let changed = try #require(try text([other], [file]))
      #expect(changed != first)
      try write("told since", file + "-wal")
      #expect(try text([other], [file]) != changed)
      #expect(try text([], [folder]) != nil)
      #expect(try text([], [folder + "/none"]) != nil)
    }
  }

  /// What can be read only once is left to the run, and nothing waits for it.
  @Test func whatCanBeReadOnlyOnceHasNone() throws {
    try withFolder { folder in
      let pipe = folder + "/pipe"
      try #require(mkfifo(pipe, 0o600) == 0)
      #expect(try RunFingerprint([], reading: ["-"], version: "1") == nil)
      #expect(try RunFingerprint([], reading: [pipe], version: "1") == nil)
      // One that lies in a folder beside files is passed over, and a setting of its name is not opened.
      try write("a", folder + "/counts.csv")
      #expect(try RunFingerprint([pipe], reading: [folder], version: "1") != nil)
    }
  }
}
