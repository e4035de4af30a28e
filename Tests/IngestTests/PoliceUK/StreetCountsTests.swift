import CommunitySafety
import ModelFiles
import TestSupport
import Testing
import TimeSeries

@testable import Ingest

@Suite struct StreetCountsTests {
  let space: Workspace
  let classes: OutcomeClasses

  init() throws {
    space = try Workspace()
    classes = try ModelFileLoader.builtIn().outcomes
  }

  @Test func detectedOfRecorded() async throws {
    func rows(_ count: Int, _ type: String, _ outcome: String) -> [String] {
      [String](repeating: Street.row("2019-06", "Oxford 008B", type, outcome: outcome), count: count)
    }
    let path = try space.write(
      "2019-06-thames-valley-street.csv",
      Street.file(
        rows(3, "Burglary", "Offender sent to prison") + rows(2, "Burglary", "local resolution")
          + rows(10, "Burglary", "Investigation complete; no suspect identified")
          + rows(5, "Burglary", "Under investigation") + rows(1, "Drugs", "Lost in the post")
          + rows(4, "Anti-social behaviour", "")))
    let data = try await read([path]) { $0.outcomes = classes }
    let burglary = try #require(data.panel[SeriesKey(area: "Oxford", measure: "Burglary (detected)")])
    #expect(burglary.kind == .proportion)
    #expect(burglary.values == [0.25] && burglary.denominators == [20] && burglary.numerators == [5])
    #expect(data.values("Oxford", "Burglary") == [20])
    #expect(data.values("Oxford", "Drugs (detected)") == [0])
    #expect(!data.panel.measures.contains("Anti-social behaviour (detected)"))
    // Five of 21 crimes have no final word.
    #expect(
      data.note("outcomes-as-of-archive")
        == .street(.outcomesAsOfArchive(undecided: 5, of: 21, latestUndecided: 5, latestOf: 21)))
    #expect(data.note("unrecognised-outcome") == .street(.unrecognisedOutcomes(["Lost in the post"])))
    #expect(data.accounting.balances && data.accounting.counted == 25)
  }

  /// Of the last two months far more crimes have no final word than of the ones before: what they show detected will rise.
  @Test func monthsWhoseOutcomesAreComingInAreKnownInPart() async throws {
    func file(_ month: Int, undecided: Int) throws -> String {
      let year = 2018 + (month - 1) / 12
      let name = "\(year)-\(month % 12 < 10 && month % 12 != 0 ? "0" : "")\(month % 12 == 0 ? 12 : month % 12)"
      return try space.write(
        "\(name)-thames-valley-street.csv",
        Street.file(
          (0..<200).map { i in
            Street.row(
              name, "Oxford 008B", "Burglary",
              outcome: i < undecided
                ? "Under investigation" : i < undecided + 20 ? "Suspect charged" : "Unable to prosecute suspect")
          }))
    }
    let undecided = [Int](repeating: 10, count: 18) + [12, 60, 90]
    let paths = try undecided.enumerated().map { try file($0 + 1, undecided: $1) }
    let data = try await read(paths) { $0.outcomes = classes }
    let burglary = try #require(data.panel[SeriesKey(area: "Oxford", measure: "Burglary (detected)")])
    #expect(burglary.partial == [19, 20])
    #expect(burglary.values[20] == 0.1)
    #expect(data.panel[SeriesKey(area: "Oxford", measure: "Burglary")]?.partial == [])
    #expect(
      data.note("outcomes-pending")
        == .street(.outcomesPending(force: "Thames Valley", [.month(2019, 8), .month(2019, 9)])))
    // A force that leaves as many undecided for good has none still to come.
    let steady = try await read(Array(paths.prefix(18))) { $0.outcomes = classes }
    #expect(steady.panel[SeriesKey(area: "Oxford", measure: "Burglary (detected)")]?.partial == [])
    #expect(steady.note("outcomes-pending") == nil)
  }

  @Test(.enabled(if: Fixture.sharedData != nil, "real data not beside the checkout"))
  func countsAreTheSameWithAndWithoutOutcomes() async throws {
    let shared = try #require(Fixture.sharedData)
      .appendingPathComponent("police-uk/thames-valley-2018-06-to-2025-12.zip").path
    let plain = try await read([shared])
    let data = try await read([shared]) { $0.outcomes = classes }
    let counts = data.panel.filterMap { $0.kind == .count ? $0 : nil }
    #expect(counts.series == plain.panel.series)
    #expect(data.accounting == plain.accounting)
    for series in data.panel.series where series.kind == .proportion {
      #expect(series.values.allSatisfy { $0.isNaN || (0...1).contains($0) })
    }
    let numerators = data.panel.series.compactMap(\.numerators).joined().filter { !$0.isNaN }.reduce(0, +)
    // Counted with Python's csv module: rows other than ASB whose outcome is among the detected of outcomes.yaml.
    #expect(numerators == 29_213)
    #expect(!data.notes.contains { $0.code == "unrecognised-outcome" })
  }
}
