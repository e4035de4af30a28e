import Foundation
import GRDB
import Testing

@Suite struct StoreCommandTests {
  private static func horizon(_ arguments: [String], in folder: URL) throws -> HorizonProcess {
    try HorizonProcess(arguments, in: folder)
  }

  /// A large table: `areas` areas of 100 months.
  private static func table(areas: Int, step: Int = 0) -> String {
    var text = "unique_id,ds,y\n"
    for area in 0..<areas {
      for month in 0..<100 {
        text += "Area \(area)|Burglary,\(2010 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1),"
        text += "\(20 + (area * 7 + month * 3) % 11 + step)\n"
      }
    }
    return text
  }

  private static func write(_ text: String, _ name: String, in folder: URL) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  /// The store's content in order, after SQLite has checked it; nil if there is no store.
  private static func content(_ folder: URL) throws -> [String]? {
    let path = folder.appendingPathComponent("s.sqlite").path
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try DatabaseQueue(path: path).read { database in
      #expect(try String.fetchAll(database, sql: "PRAGMA integrity_check") == ["ok"])
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      return try tables.flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
      }
    }
  }

  @Test func everyCommandReadsAStoreLikeItsInput() throws {
    try withTemporaryFolder { folder in
      try Self.write(longTable(areas: ["Zebra", "Aardvark", "Oxford"]), "t.csv", in: folder)
      let ingest = try Self.horizon(["ingest", "t.csv", "--store", "s.sqlite", "--format", "csv"], in: folder)
      #expect(ingest.exitCode == 0)
      #expect(ingest.output == "file,vintage,rows,status,previous_vintage\nt.csv,2023-12,144,new,\n")
      for command in [
        ["series"], ["forecast", "--horizon", "3"], ["exceptions", "--all"], ["risks"],
        ["risks", "--as-of", "2022-12"],
      ] {
        let plain = try Self.horizon([command[0], "t.csv", "--format", "csv"] + command.dropFirst(), in: folder)
        let stored = try Self.horizon([command[0], "s.sqlite", "--format", "csv"] + command.dropFirst(), in: folder)
        #expect(plain.exitCode == 0 && stored.exitCode == 0)
        #expect(plain.output == stored.output && !plain.output.isEmpty)
      }
      for (input, pack) in [("t.csv", "a"), ("s.sqlite", "b")] {
        #expect(try Self.horizon(["sia", input, "--out", pack, "--quiet"], in: folder).exitCode == 0)
      }
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder.appendingPathComponent("a").path)
      #expect(files.contains("manifest.json"))
      for file in files {
        let (a, b) = (folder.appendingPathComponent("a/\(file)").path, folder.appendingPathComponent("b/\(file)").path)
        #expect(FileManager.default.contentsEqual(atPath: a, andPath: b), "\(file) differs")
      }
    }
  }

  @Test func revisionsAreListedByVintage() throws {
    try withTemporaryFolder { folder in
      try Self.write("unique_id,ds,y\nA|x,2019-01,5\nA|x,2019-02,6\n", "a.csv", in: folder)
      try Self.write("unique_id,ds,y\nA|x,2019-02,8\nA|x,2019-03,6\n", "b.csv", in: folder)
      for file in ["a.csv", "b.csv"] {
        #expect(try Self.horizon(["ingest", file, "--store", "s.sqlite"], in: folder).exitCode == 0)
      }
      let run = try Self.horizon(["series", "s.sqlite", "--vintages", "--format", "csv"], in: folder)
      #expect(
        run.output == """
          source,measure,period,vintage,total
          table,x,2019-01,2019-02,5
          table,x,2019-02,2019-02,6
          table,x,2019-02,2019-03,8
          table,x,2019-03,2019-03,6

          """)
      #expect(try Self.horizon(["series", "a.csv", "--vintages"], in: folder).exitCode == 64)
    }
  }

  @Test func aKilledIngestLeavesTheStoreAsItWasOrDone() throws {
    try withTemporaryFolder { folder in
      let store = folder.appendingPathComponent("s.sqlite")
      try Self.write(Self.table(areas: 20), "first.csv", in: folder)
      try Self.write(Self.table(areas: 600, step: 3), "second.csv", in: folder)
      func clear() {
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.path + end) }
      }
      #expect(try Self.horizon(["ingest", "first.csv", "--store", "s.sqlite", "-q"], in: folder).exitCode == 0)
      let before = try Self.content(folder)
      let first = try Data(contentsOf: store)
      let second = ["ingest", "second.csv", "--store", "s.sqlite", "--vintage", "2020-01", "-q"]
      let started = ContinuousClock.now
      #expect(try Self.horizon(second, in: folder).exitCode == 0)
      let seconds =
        Double((ContinuousClock.now - started).components.attoseconds) / 1e18
        + Double((ContinuousClock.now - started).components.seconds)
      let after = try Self.content(folder)
      #expect(before != after)
      var killed = 0
      for share in stride(from: 0.05, through: 1.0, by: 0.1) {
        clear()
        try first.write(to: store)
        let process = Process()
        process.executableURL = HorizonProcess.binary
        process.arguments = second
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: seconds * share)
        if process.isRunning { killed += kill(process.processIdentifier, SIGKILL) == 0 ? 1 : 0 }
        process.waitUntilExit()
        let left = try Self.content(folder)
        #expect(left == before || left == after)
        #expect(try Self.horizon(second, in: folder).exitCode == 0)
        #expect(try Self.content(folder) == after)
      }
      #expect(killed > 0)
    }
  }

  @Test func twoIngestsAtOnceBothSucceed() throws {
    try withTemporaryFolder { folder in
      try Self.write(Self.table(areas: 100), "a.csv", in: folder)
      try Self.write(Self.table(areas: 100).replacingOccurrences(of: "Burglary", with: "Theft"), "b.csv", in: folder)
      let processes = try ["a.csv", "b.csv"].map { file in
        let process = Process()
        process.executableURL = HorizonProcess.binary
        process.arguments = ["ingest", file, "--store", "s.sqlite", "-q", "--wait", "120"]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
      }
      for process in processes { process.waitUntilExit() }
      // Making the store is the one moment at which waiting does not help.
      #expect(processes.allSatisfy { [0, 75].contains($0.terminationStatus) })
      for file in ["a.csv", "b.csv"] {
        #expect(try Self.horizon(["ingest", file, "--store", "s.sqlite", "-q"], in: folder).exitCode == 0)
      }
      #expect(try Self.content(folder)?.count { $0.hasPrefix("table_cell ") } == 20_000)
    }
  }

  @Test func aLockedStoreGivesCodeSeventyFive() throws {
    try withTemporaryFolder { folder in
      try Self.write(Self.table(areas: 1), "a.csv", in: folder)
      try Self.write(Self.table(areas: 2), "b.csv", in: folder)
      #expect(try Self.horizon(["ingest", "a.csv", "--store", "s.sqlite"], in: folder).exitCode == 0)
      let queue = try DatabaseQueue(path: folder.appendingPathComponent("s.sqlite").path)
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "BEGIN IMMEDIATE")
        let run = try Self.horizon(["ingest", "b.csv", "--store", "s.sqlite", "--wait", "0"], in: folder)
        #expect(run.exitCode == 75 && run.errors.contains("--wait"))
        #expect(try Self.horizon(["series", "s.sqlite"], in: folder).exitCode == 0)
        try database.execute(sql: "ROLLBACK")
      }
    }
  }

  @Test func aFullDiskGivesCodeSeventyThreeAndLeavesTheStore() throws {
    try withTemporaryFolder { folder in
      try Self.write(Self.table(areas: 2), "a.csv", in: folder)
      try Self.write(Self.table(areas: 300), "b.csv", in: folder)
      #expect(try Self.horizon(["ingest", "a.csv", "--store", "s.sqlite"], in: folder).exitCode == 0)
      let before = try Self.content(folder)
      // A limit on the size of files stands in for the disk's end.
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/bash")
      shell.arguments = [
        "-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" ingest b.csv --store s.sqlite -q", HorizonProcess.binary.path,
      ]
      shell.currentDirectoryURL = folder
      shell.standardOutput = FileHandle.nullDevice
      shell.standardError = FileHandle.nullDevice
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 73)
      #expect(try Self.content(folder) == before)
    }
  }
}
