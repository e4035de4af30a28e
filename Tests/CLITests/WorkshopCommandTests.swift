import Foundation
import Testing

/// The workshop at the command line, and the forms of a pack that people can edit.
@Suite struct WorkshopCommandTests {
  private func pack(_ folder: URL, _ options: [String] = []) throws -> HorizonProcess {
    try longTable().write(to: folder.appendingPathComponent("long.csv"), atomically: true, encoding: .utf8)
    return try HorizonProcess(["sia", "long.csv", "--out", "pack"] + options, in: folder)
  }

  private func files(_ folder: URL) throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return Dictionary(
      uniqueKeysWithValues: names.sorted().compactMap { name in
        (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, $0) }
      })
  }

  @Test func aFormGoesOutAndComesBack() throws {
    try withTemporaryFolder { folder in
      #expect(try pack(folder, ["--workbook"]).exitCode == 0)
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("pack/pack.xlsx").path))
      let export = try HorizonProcess(["workshop", "export", "pack", "--out", "scoring.xlsx"], in: folder)
      #expect(export.exitCode == 0, "\(export.errors)")
      // Somebody's scores are never written over.
      #expect(try HorizonProcess(["workshop", "export", "pack", "--out", "scoring.xlsx"], in: folder).exitCode == 73)
      let first = try HorizonProcess(
        ["workshop", "import", "scoring.xlsx", "--pack", "pack", "--out", "scored"], in: folder)
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(first.errors.contains("holds neither a name nor a score"))
      let written = try files(folder.appendingPathComponent("scored"))
      #expect(written == (try files(folder.appendingPathComponent("pack"))))
      let second = try HorizonProcess(
        ["workshop", "import", "scoring.xlsx", "scoring.xlsx", "--pack", "scored", "--out", "scored"], in: folder)
      #expect(second.exitCode == 0)
      #expect(try files(folder.appendingPathComponent("scored")) == written)
    }
  }

  @Test func badFormsAreRefusedAndNothingIsWritten() throws {
    try withTemporaryFolder { folder in
      #expect(try pack(folder).exitCode == 0)
      try "no workbook".write(to: folder.appendingPathComponent("a.xlsx"), atomically: true, encoding: .utf8)
      let bad = try HorizonProcess(
        ["workshop", "import", "a.xlsx", "missing.xlsx", "--pack", "pack", "--out", "scored"], in: folder)
      #expect(bad.exitCode == 66 || bad.exitCode == 65)
      #expect(
        bad.errors.contains("a.xlsx: this is no workbook") && bad.errors.contains("missing.xlsx: there is no such file")
      )
      #expect(bad.errors.contains("Nothing was written"))
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("scored").path))
      #expect(try HorizonProcess(["workshop", "export", "nowhere"], in: folder).exitCode == 66)
      #expect(try HorizonProcess(["workshop", "export", "."], in: folder).exitCode == 65)
      #expect(try HorizonProcess(["workshop", "export", "pack", "--out", "form.csv"], in: folder).exitCode == 64)
    }
  }

  @Test func withoutPandocTheDocumentIsRefusedBeforeAnyWork() throws {
    try withTemporaryFolder { folder in
      try longTable().write(to: folder.appendingPathComponent("long.csv"), atomically: true, encoding: .utf8)
      let run = try HorizonProcess(["sia", "long.csv", "--out", "pack", "--document"], in: folder, path: folder.path)
      #expect(run.exitCode == 73)
      #expect(run.errors.contains("--document needs the program pandoc, which is not on the PATH"))
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("pack").path))
    }
  }
}
