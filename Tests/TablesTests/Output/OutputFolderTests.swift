import Diagnostics
import Foundation
import Hashing
import Testing

@testable import Tables

@Suite struct OutputFolderTests {
  private let mark = FolderMark.manifest(workingSheet: "priorities.csv")

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// Files with the manifest that names them.
  private func pack(_ files: [OutputFile]) throws -> [OutputFile] {
    let outputs = try files.map {
      "{\"path\": \"\($0.path)\", \"sha256\": \"\(try SHA256.hexadecimal(of: $0.contents))\"}"
    }
    let text = "{\"horizon_version\": \"1\", \"outputs\": [\(outputs.joined(separator: ", "))]}"
    return files + [OutputFile(path: "manifest.json", text: text)]
  }

  private let files = [
    OutputFile(path: "index.html", text: "new"), OutputFile(path: "a/b.txt", text: "b"),
    OutputFile(path: "priorities.csv", text: "rank,owner\n1,\n"),
  ]

  @Test func writesFoldersAndReplacesAPackWhole() throws {
    try withFolder { folder in
      let out = folder.appendingPathComponent("deep/pack").path
      try OutputFolder.write(try pack(files + [OutputFile(path: "old.txt", text: "old")]), to: out, replacing: mark)
      try OutputFolder.write(try pack(files), to: out, replacing: mark)
      let names = try FileManager.default.subpathsOfDirectory(atPath: out).sorted()
      #expect(names == ["a", "a/b.txt", "index.html", "manifest.json", "priorities.csv"])
      // Nothing is left beside it.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep") == ["pack"])
    }
  }

  @Test func leavesOtherFoldersAlone() throws {
    try withFolder { folder in
      let precious = folder.appendingPathComponent("thesis.txt")
      try Data("precious".utf8).write(to: precious)
      let error = try #require(throws: HorizonError.self) {
        try OutputFolder.write(try pack(files), to: folder.path, replacing: mark)
      }
      #expect(error.kind == .cannotWrite)
      #expect(try String(contentsOf: precious, encoding: .utf8) == "precious")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["thesis.txt"])
    }
  }

  @Test func aFileIsNotAFolder() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("pack")
      try Data().write(to: file)
      #expect(throws: HorizonError.self) { try OutputFolder.check(file.path, replacing: mark) }
      #expect(throws: HorizonError.self) { try OutputFolder.check(file.path + "/below", replacing: mark) }
    }
  }

  /// A web application's folder has a `manifest.json` too.
  @Test func anotherProgramsManifestIsNoPack() throws {
    try withFolder { folder in
      try Data("{\"name\": \"my site\"}".utf8).write(to: folder.appendingPathComponent("manifest.json"))
      try Data("precious".utf8).write(to: folder.appendingPathComponent("site.js"))
      #expect(throws: HorizonError.self) { try OutputFolder.check(folder.path, replacing: mark) }
      try Data("{\"name\": \"my data\"}".utf8).write(to: folder.appendingPathComponent("datapackage.json"))
      #expect(throws: HorizonError.self) {
        try OutputFolder.check(folder.path, replacing: .dataset(name: "oxfordshire-simulated"))
      }
      try Data("{\"name\": \"oxfordshire-simulated\"}".utf8)
        .write(to: folder.appendingPathComponent("datapackage.json"))
      try OutputFolder.check(folder.path, replacing: .dataset(name: "oxfordshire-simulated"))
    }
  }

  @Test func whatPeopleAddedToAPackIsKept() throws {
    try withFolder { folder in
      let out = folder.appendingPathComponent("pack")
      try OutputFolder.write(try pack(files), to: out.path, replacing: mark)
      let minutes = out.appendingPathComponent("minutes.docx")
      try Data("agreed".utf8).write(to: minutes)
      let added = try #require(throws: HorizonError.self) {
        try OutputFolder.write(try pack(files), to: out.path, replacing: mark)
      }
      #expect(added.message.contains("minutes.docx"))
      try FileManager.default.removeItem(at: minutes)
      try Data("rank,owner\n1,Sam\n".utf8).write(to: out.appendingPathComponent("priorities.csv"))
      let edited = try #require(throws: HorizonError.self) { try OutputFolder.check(out.path, replacing: mark) }
      #expect(edited.message.contains("edited"))
    }
  }

  /// What a file manager leaves in a folder is nobody's work.
  @Test func hiddenFilesDoNotHoldAPackBack() throws {
    try withFolder { folder in
      let out = folder.appendingPathComponent("pack")
      try OutputFolder.write(try pack(files), to: out.path, replacing: mark)
      try Data().write(to: out.appendingPathComponent(".DS_Store"))
      try OutputFolder.check(out.path, replacing: mark)
    }
  }

  /// A shell would be left in the folder that was replaced, even an empty one.
  @Test func theCurrentFolderIsNotReplaced() throws {
    try withFolder { folder in
      let error = try #require(throws: HorizonError.self) {
        try OutputFolder.check(folder.path, replacing: mark, current: folder.path + "/.")
      }
      #expect(error.kind == .cannotWrite && error.message.contains("current folder"))
      try OutputFolder.check(folder.path + "/pack", replacing: mark, current: folder.path)
    }
  }

  @Test func aBlankPathIsAUsageErrorAndALinkIsFollowed() throws {
    let blank = try #require(throws: HorizonError.self) { try OutputFolder.check("", replacing: mark) }
    #expect(blank.kind == .usage)
    let here = try #require(throws: HorizonError.self) { try OutputFolder.check(".", replacing: mark) }
    #expect(here.kind == .cannotWrite)
    try withFolder { folder in
      let real = folder.appendingPathComponent("real")
      let link = folder.appendingPathComponent("link")
      try FileManager.default.createDirectory(at: real, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
      try OutputFolder.write(try pack(files), to: link.path, replacing: mark)
      #expect(FileManager.default.fileExists(atPath: real.path + "/index.html"))
      #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)) != nil)
    }
  }
}
