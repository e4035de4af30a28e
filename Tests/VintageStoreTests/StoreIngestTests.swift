import CommunitySafety
import Foundation
import Ingest
import Testing

@testable import VintageStore

@Suite struct StoreIngestTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func theSameIngestAgainChangesNothing() async throws {
    for month in 1...6 { try space.burglaries("a", "2019-0\(month)", 40 + month) }
    try await space.ingest([space.folder("a")])
    let (before, bytes) = (try space.dump(), try Data(contentsOf: URL(fileURLWithPath: space.store)).count)
    let again = try await space.ingest([space.folder("a")])
    #expect(again.files.count == 6 && again.files.allSatisfy { $0.status == .alreadyThere })
    #expect(try space.dump() == before)
    #expect(try Data(contentsOf: URL(fileURLWithPath: space.store)).count <= bytes + 8192)
    // One more month adds that month alone.
    try space.burglaries("a", "2019-07", 3)
    let more = try await space.ingest([space.folder("a")], vintage: "2019-06")
    #expect(more.count(.alreadyThere) == 6 && more.count(.new) == 1)
    #expect(try space.complaints().isEmpty)
  }

  @Test func whatIsNotCountedIsNotKept() async throws {
    try space.burglaries("a", "2019-01", 3)
    try await space.ingest([space.folder("a")])
    for detail in ["secret", "-1.257", "51.752", "Elm Road"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: space.store))
      #expect(bytes.range(of: Data(detail.utf8)) == nil)
    }
    // Nor does it make a file another one.
    let path = space.folder("a/2019-01/2019-01-thames-valley-street.csv")
    let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "secret", with: "other")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(try await space.ingest([space.folder("a")]).files.map(\.status) == [.alreadyThere])
  }

  @Test func twoFilesOfOneNameInOneIngestStandTogether() async throws {
    try space.burglaries("a/x", "2019-01", 3)
    try space.burglaries("a/y", "2019-01", 5)
    try await space.ingest([space.folder("a")])
    #expect(try await space.read().values("Oxford", "Burglary") == [5])
    let before = try space.dump()
    #expect(try await space.ingest([space.folder("a")]).count(.alreadyThere) == 2)
    #expect(try space.dump() == before)
    #expect(try await space.read().accounting.setAside == ["superseded file": 3])
  }

  @Test func aStoreIsOfOneKind() async throws {
    try space.burglaries("a", "2019-01", 3)
    let table = try space.write("t.csv", "unique_id,ds,y\nA|x,2019-01,1\nA|x,2019-02,1\n")
    try await space.ingest([space.folder("a")])
    let before = try space.dump()
    #expect(try await failure { try await space.ingest([table]) }?.kind == .usage)
    #expect(try await failure { try await space.ingest([space.store]) }?.kind == .usage)
    // A store and a table are two sources of one run.
    let both = try await space.read([space.store, table])
    #expect(both.values("Oxford", "Burglary")?.first == 3 && both.values("A", "x") == [1, 1])
    #expect(try space.dump() == before)
  }

  @Test func tablesThatCannotBeReadTogetherAreRefused() async throws {
    let first = try space.write("a.csv", "unique_id,ds,y\nA|x,2019-01,1\nA|x,2019-02,2\n")
    try await space.ingest([first])
    let before = try space.dump()
    let other = try space.write("b.csv", "unique_id,ds,y\nA|x,Mar 2019,1\nA|x,Apr 2019,1\n")
    #expect(try await failure { try await space.ingest([other]) }?.kind == .data)
    #expect(try space.dump() == before)
    // A table of one period takes the frequency of the store.
    let one = try space.write("c.csv", "unique_id,ds,y\nA|x,2019-03,1\n")
    #expect(try await space.ingest([one]).vintage == "2019-03")
    #expect(try await space.read().values("A", "x") == [1, 2, 1])
  }

  @Test func wrongInputLeavesNoStore() async throws {
    let bad = try space.write("bad.csv", "unique_id,ds,y\nA,2019-01,x\n")
    #expect(try await failure { try await space.ingest([bad]) }?.kind == .data)
    try space.burglaries("a", "2019-01", 3)
    #expect(try await failure { try await space.ingest([space.folder("a")], vintage: "soon") }?.kind == .usage)
    #expect(!FileManager.default.fileExists(atPath: space.store))
  }
}
