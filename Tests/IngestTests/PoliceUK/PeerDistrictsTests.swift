import CommunitySafety
import Testing
import TimeSeries

@testable import Ingest

/// Districts that `--areas` leaves out stand beside those that it keeps, and change nothing of them.
@Suite struct PeerDistrictsTests {
  let space: Workspace

  init() throws {
    space = try Workspace()
    for month in 1...3 {
      try space.write(
        "2019-0\(month)-thames-valley-street.csv",
        Street.file(
          Street.rows(month, "2019-0\(month)", "Oxford 008B")
            + Street.rows(2, "2019-0\(month)", "Cherwell 001A", "Drugs")
            + Street.rows(1, "2019-0\(month)", "")))
    }
  }

  @Test func districtsThatWereNotAskedForArePeers() async throws {
    let data = try await read([space.root.path]) { $0.areas = ["Oxford"] }
    #expect(data.panel.areas == ["Oxford"] && data.accounting.setAside["area not asked for"] == 9)
    let peers = try #require(data.peers)
    #expect(peers.panel.areas == ["Cherwell"] && Array(peers.areas.keys) == ["Cherwell"])
    let drugs = try #require(peers.panel.series.first { $0.key.measure == "Drugs" })
    #expect(drugs.values == [2, 2, 2] && drugs.start == .month(2019, 1))
    #expect(peers.panel.series.first { $0.key.measure == "Burglary" }?.values == [0, 0, 0])
    // What was asked for is what it would be without them.
    let all = try await read([space.root.path])
    #expect(data.values("Oxford", "Burglary") == all.values("Oxford", "Burglary"))
    #expect(all.peers == nil, "with everything there is nothing beside it")
    #expect(data.asOf(.month(2019, 2)).peers?.panel.span?.upperBound == .month(2019, 2))
  }
}
