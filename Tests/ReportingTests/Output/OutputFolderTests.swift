import CommunitySafety
import Foundation
import Testing

@testable import Reporting

@Suite struct OutputFolderTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private let pack = [
    OutputFile(path: "index.html", text: "new"), OutputFile(path: "a/b.txt", text: "b"),
    OutputFile(path: "manifest.json", text: "{}"),
  ]

  @Test func writesFoldersAndReplacesAPackWhole() throws {
    try withFolder { folder in
      let out = folder.appendingPathComponent("deep/pack").path
      try OutputFolder.write(pack + [OutputFile(path: "old.txt", text: "old")], to: out)
      try OutputFolder.write(pack, to: out)
      let names = try FileManager.default.subpathsOfDirectory(atPath: out).sorted()
      #expect(names == ["a", "a/b.txt", "index.html", "manifest.json"])
      // Nothing is left beside it.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep") == ["pack"])
    }
  }

  @Test func leavesOtherFoldersAlone() throws {
    try withFolder { folder in
      let precious = folder.appendingPathComponent("thesis.txt")
      try Data("precious".utf8).write(to: precious)
      let error = try #require(throws: HorizonError.self) { try OutputFolder.write(pack, to: folder.path) }
      #expect(error.kind == .cannotWrite)
      #expect(try String(contentsOf: precious, encoding: .utf8) == "precious")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["thesis.txt"])
    }
  }

  @Test func aFileIsNotAFolder() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("pack")
      try Data().write(to: file)
      #expect(throws: HorizonError.self) { try OutputFolder.check(file.path) }
      #expect(throws: HorizonError.self) { try OutputFolder.check(file.path + "/below") }
    }
  }
}
