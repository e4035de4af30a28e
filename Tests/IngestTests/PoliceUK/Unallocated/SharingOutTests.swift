import CommunitySafety
import Diagnostics
import ModelFiles
import Testing
import TimeSeries

@testable import Ingest

/// `--unallocated share` from the files to the panel.
@Suite struct SharingOutTests {
  let space: Workspace
  init() throws { space = try Workspace() }

  /// Of a month of one type: rows in Oxford, in Cherwell, of no place.
  private func month(
    _ month: String, _ oxford: Int, _ cherwell: Int, _ none: Int, type: String = "Burglary"
  ) -> [String] {
    Street.rows(oxford, month, "Oxford 008B", type) + Street.rows(cherwell, month, "Cherwell 001A", type)
      + Street.rows(none, month, "", type)
  }

  private func write(_ name: String, _ rows: [String]) throws -> String {
    try space.write("\(name)-thames-valley-street.csv", Street.file(rows))
  }

  private func share(_ options: inout IngestOptions) { options.unallocated = .shared }

  @Test func rowsGoToDistrictsByTheirOwnRows() async throws {
    let path = try write("2019-06", month("2019-06", 30, 10, 8) + month("2019-06", 2, 2, 2, type: "Robbery"))
    let data = try await read([path], share)
    #expect(data.values("Oxford", "Burglary") == [36] && data.values("Cherwell", "Burglary") == [12])
    #expect(data.values("Oxford", "Robbery") == [3] && data.values("Cherwell", "Robbery") == [3])
    #expect(data.areas.keys.sorted() == ["Cherwell", "Oxford"])
    #expect(data.accounting.balances && data.accounting.counted == 54 && data.accounting.residual.isEmpty)
    #expect(data.note("unallocated-shared-out") == .street(.sharedOut(rows: 10, of: 54, left: 0)))
    let aside = try await read([path])
    #expect(aside.values("Oxford", "Burglary") == [30] && aside.accounting.residual == ["no location": 10])
    #expect(aside.note("unallocated-shared-out") == nil)
  }

  /// What either way adds is known in both, so that a reader can be told the other.
  @Test func theOtherWayIsKnownInEither() async throws {
    let path = try write("2019-06", month("2019-06", 30, 10, 8))
    let (aside, shared) = (try await read([path]), try await read([path], share))
    let key = SeriesKey(area: "Oxford", measure: "Burglary")
    for (data, other) in [(aside, shared), (shared, aside)] {
      let rows = try #require(data.unallocated)
      let series = try #require(data.panel[key])
      #expect(rows.otherwise(series, try #require(rows.shares[key])).values == other.panel[key]?.values)
    }
  }

  @Test func aTypeThatHasNoPlacedRowStaysWithoutAPlaceAndThatIsSaid() async throws {
    let path = try write("2019-06", month("2019-06", 30, 10, 8) + month("2019-06", 0, 0, 5, type: "Robbery"))
    let data = try await read([path], share)
    #expect(data.note("unallocated-shared-out") == .street(.sharedOut(rows: 8, of: 53, left: 5)))
    #expect(data.values("Thames Valley Police: no location", "Robbery") == [5])
    #expect(data.values("Thames Valley Police: no location", "Burglary") == [0])
    #expect(data.accounting.balances && data.accounting.residual == ["no location": 5])
  }

  /// Areas not asked for take their part with them.
  @Test func areasAskedForHaveTheirPartAlone() async throws {
    let path = try write("2019-06", month("2019-06", 30, 10, 8))
    let data = try await read([path]) {
      $0.unallocated = .shared
      $0.areas = ["Oxford"]
    }
    #expect(data.values("Oxford", "Burglary") == [36] && data.areas.count == 1)
    #expect(data.accounting.balances && data.accounting.setAside == ["area not asked for": 12])
  }

  @Test func rowsOutsideTheForceTakeNone() async throws {
    let path = try write("2019-06", month("2019-06", 30, 10, 8) + Street.rows(40, "2019-06", "Bristol 001A"))
    let data = try await read([path], share)
    #expect(data.values("Oxford", "Burglary") == [36])
    #expect(data.values("Thames Valley Police: outside the force", "Burglary") == [40] && data.accounting.balances)
  }

  @Test func aForceWithoutPlacesIsAsItWas() async throws {
    let path = try write("2019-06", month("2019-06", 0, 0, 80))
    let (aside, shared) = (try await read([path]), try await read([path], share))
    #expect(shared.panel.series == aside.panel.series && shared.accounting == aside.accounting)
  }

  /// Outcomes go with the rows: as many rows by district as without outcomes, and as many of each outcome in all.
  @Test func outcomesAreDealtOutWithTheirRows() async throws {
    func rows(_ count: Int, _ lsoa: String, _ outcome: String) -> [String] {
      [String](repeating: Street.row("2019-06", lsoa, "Burglary", outcome: outcome), count: count)
    }
    let found = "Offender sent to prison"
    let path = try write(
      "2019-06",
      rows(20, "Oxford 008B", found) + rows(10, "Oxford 008B", "Under investigation")
        + rows(10, "Cherwell 001A", "Under investigation") + rows(4, "", found) + rows(4, "", "Under investigation"))
    let classes = try ModelFileLoader.builtIn().outcomes
    let data = try await read([path]) {
      $0.unallocated = .shared
      $0.outcomes = classes
    }
    #expect(data.values("Oxford", "Burglary") == [36] && data.values("Cherwell", "Burglary") == [12])
    let detected = ["Oxford", "Cherwell"].compactMap {
      data.panel[SeriesKey(area: $0, measure: "Burglary (detected)")]?.numerators?.first
    }
    #expect(detected == [23, 1] && data.accounting.balances)
  }

  /// Partnerships are the sums of their districts, either way.
  @Test func groupsAreSums() async throws {
    let path = try write("2019-06", month("2019-06", 30, 10, 8))
    let data = try await read([path]) {
      $0.unallocated = .shared
      $0.by = .csp
    }
    #expect(data.values("Oxford", "Burglary") == [36])
    #expect(data.unallocated?.shares[SeriesKey(area: "Oxford", measure: "Burglary")] == [6])
  }

  @Test func tablesHaveNoSuchRows() async throws {
    let path = try space.write("t.csv", "area,measure,period,count\nA,B,2019-01,3\nA,B,2019-02,4\n")
    await #expect(throws: HorizonError.self) { try await read([path], share) }
  }

  @Test func laterMonthsAreCutOffWithTheRest() async throws {
    let paths = try ["2019-06", "2019-07"].map { try write($0, month($0, 30, 10, 8)) }
    let data = try await read(paths).asOf(.month(2019, 6))
    let rows = try #require(data.unallocated)
    #expect(rows.counts.first?.rows == [48] && rows.counts.first?.unallocated == [8])
    #expect(rows.shares[SeriesKey(area: "Oxford", measure: "Burglary")] == [6])
  }

  /// A force is the same whatever becomes of its rows without a place.
  @Test func aForceHoldsAllItsRowsEitherWay() async throws {
    let rows = month("2019-06", 30, 10, 8) + month("2019-06", 0, 0, 5, type: "Robbery")
    let path = try write("2019-06", rows + Street.rows(3, "2019-06", "Leeds 001A", "Burglary"))
    for unallocated in [UnallocatedUse.setAside, .shared] {
      let data = try await read([path]) {
        $0.by = .force
        $0.unallocated = unallocated
      }
      #expect(data.panel.areas == ["Thames Valley Police"])
      #expect(data.values("Thames Valley Police", "Burglary") == [51])
      #expect(data.values("Thames Valley Police", "Robbery") == [5])
      #expect(data.accounting.balances && data.accounting.counted == 56)
      #expect(data.unallocated?.shares.isEmpty == true && data.unallocated?.drifts.isEmpty == true)
    }
  }
}
