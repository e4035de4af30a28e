import CommunitySafety
import Diagnostics
import Foundation
import GRDB
import Testing

@testable import VintageStore

@Suite struct StoreTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func aStoreIsToldByItsFirstBytes() async throws {
    try space.burglaries("a", "2019-01", 3)
    try await space.ingest([space.folder("a")])
    let renamed = space.folder("counts.csv")
    try FileManager.default.copyItem(atPath: space.store, toPath: renamed)
    #expect(
      Store.isStore(renamed) && !Store.isStore(space.folder("a")) && !Store.isStore("/no/such") && !Store.isStore("-"))
    #expect(try await space.read([renamed]).values("Oxford", "Burglary") == [3])
    let text = try space.write("b.sqlite", "unique_id,ds,y\nA|x,2019-01,1\nA|x,2019-02,1\n")
    #expect(!Store.isStore(text))
    #expect(try await space.read([text]).values("A", "x") == [1, 1])
  }

  @Test func otherSQLiteFilesAndOtherVersionsAreRefused() async throws {
    try space.burglaries("a", "2019-01", 3)
    let foreign = space.store
    try await DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE t (x)") }
    for error in [
      try await failure { try await space.read() }, try await failure { try await space.ingest([space.folder("a")]) },
    ] {
      #expect(error?.kind == .data && error?.message.contains("not one of Horizon's") == true && error?.remedy != nil)
    }
    try FileManager.default.removeItem(atPath: foreign)
    try await space.ingest([space.folder("a")])
    try await DatabaseQueue(path: space.store).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    for error in [
      try await failure { try await space.read() }, try await failure { try await space.ingest([space.folder("a")]) },
    ] {
      #expect(error?.kind == .data && error?.message.contains("later version") == true && error?.remedy != nil)
    }
  }

  @Test func anEmptyFileBecomesAStoreAndAnyOtherDoesNot() async throws {
    try space.burglaries("a", "2019-01", 3)
    try space.write("horizon.sqlite", "")
    try await space.ingest([space.folder("a")])
    #expect(try await space.read().values("Oxford", "Burglary") == [3])
    try space.write("horizon.sqlite", "area,measure\n")
    #expect(try await failure { try await space.ingest([space.folder("a")]) }?.kind == .data)
    #expect(try String(contentsOfFile: space.store, encoding: .utf8) == "area,measure\n")
  }

  @Test func aStoreThatWasNeverFilledSaysSo() async throws {
    try await DatabaseQueue(path: space.store).writeWithoutTransaction {
      _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL")
    }
    #expect(Store.isStore(space.store))
    #expect(try await failure { try await space.read() }?.message == "the store holds nothing yet")
    try space.burglaries("a", "2019-01", 3)
    try await space.ingest([space.folder("a")])
    #expect(try await space.read().values("Oxford", "Burglary") == [3])
  }

  @Test func damageIsAnErrorAndNoTrap() async throws {
    for month in 1...9 { try space.burglaries("a", "2019-0\(month)", 50 + month) }
    try await space.ingest([space.folder("a")])
    let whole = try Data(contentsOf: URL(fileURLWithPath: space.store))
    var ends = 0
    for step in 0..<60 {
      var bytes = whole
      if step % 3 == 0 {
        bytes = bytes.prefix(whole.count * step / 60 + 16)
      } else {
        let start = whole.count * step / 60
        for index in start..<min(start + 200, whole.count) where index >= 16 {
          bytes[index] = UInt8((index * 7 + step) & 255)
        }
      }
      try bytes.write(to: URL(fileURLWithPath: space.store))
      // Either way there is an answer: the damage may be where nothing is kept.
      if let error = try await failure({ try await space.read() }) {
        #expect(error.remedy != nil)
        ends += 1
      }
    }
    #expect(ends > 20)
  }

  @Test func namesThatAreNotThereAreDamage() async throws {
    try space.burglaries("a", "2019-01", 3)
    try await space.ingest([space.folder("a")])
    try await DatabaseQueue(path: space.store).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM name WHERE text = 'Burglary'")
    }
    #expect(try await failure { try await space.read() }?.message == "the store is damaged: a crime type has no name")
  }

  @Test func aLockedStoreIsTriedLater() async throws {
    try space.burglaries("a", "2019-01", 3)
    try await space.ingest([space.folder("a")])
    try space.burglaries("a", "2019-02", 3)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: space.store, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let error = try await failure { try await space.ingest([space.folder("a")]) }
    #expect(error?.kind == .tryLater && error?.remedy != nil)
    // Reading goes on meanwhile.
    #expect(try await space.read().values("Oxford", "Burglary") == [3])
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await space.ingest([space.folder("a")]).files.map(\.status) == [.unchanged, .new])
  }

  @Test func aPlaceThatCannotBeWrittenIsSaid() async throws {
    try space.burglaries("a", "2019-01", 3)
    let report = try await failure {
      try await Store.ingest(
        [space.folder("a")], into: space.folder("no/such/folder/s.sqlite"), settings: .init(horizonVersion: "test"),
        options: .init(), registry: testRegistry)
    }
    #expect(report?.kind == .cannotWrite && report?.remedy != nil)
    let folder = try await failure {
      try await Store.ingest(
        [space.folder("a")], into: space.folder("a"), settings: .init(horizonVersion: "test"), options: .init(),
        registry: testRegistry)
    }
    #expect(folder != nil && folder?.remedy != nil)
  }

  @Test func nothingIsLeftBesideAStore() async throws {
    try space.burglaries("a", "2019-01", 3)
    try await space.ingest([space.folder("a")])
    _ = try await space.read()
    let left = try FileManager.default.contentsOfDirectory(atPath: space.root.path).sorted()
    #expect(left == ["a", "horizon.sqlite"])
  }
}
