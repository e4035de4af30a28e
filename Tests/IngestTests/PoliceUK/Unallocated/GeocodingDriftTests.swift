import CommunitySafety
import NumericCore
import Testing
import TimeSeries

@testable import Ingest

/// Drifts of whole forces: which types, from when, and whether several types that change together are one.
@Suite struct GeocodingDriftTests {
  private static let types = ["Anti-social behaviour", "Burglary", "Drugs", "Robbery", "Vehicle crime"]

  /// Counts of a force from 2018-01: rows of each type a month, and the share without a place by type and month.
  private static func rows(
    _ months: Int, present: (Int) -> Bool = { _ in true }, sizes: [Int] = [2000, 400, 300, 60, 500],
    force: String = "thames-valley", share: (String, Int) -> Double
  ) -> [UnallocatedRows.Count] {
    var random = RandomSource(seed: 7, stream: force)
    return zip(types, sizes).map { type, size in
      let totals = (0..<months).map { present($0) ? Int(random.poisson(mean: Double(size))) : nil }
      return .init(
        force: force, forceName: ForceName.display(slug: force), type: type, start: .month(2018, 1), rows: totals,
        unallocated: totals.enumerated().map { month, total in
          Int(random.betaBinomial(trials: Double(total ?? 0), mean: share(type, month), size: 1500))
        })
    }
  }

  private static func drifts(_ counts: [UnallocatedRows.Count]) -> [GeocodingDrift] { GeocodingDrift.all(in: counts) }

  @Test func aDriftOfEveryTypeIsOneBreak() throws {
    let drifts = Self.drifts(Self.rows(48) { _, month in month < 30 ? 0.10 : 0.02 })
    let drift = try #require(drifts.first)
    #expect(drifts.count == 1 && drift.isOfEveryType && drift.shifts.map(\.type) == Self.types)
    #expect(drift.after == .month(2020, 7)...(.month(2021, 12)) && drift.before == .month(2018, 1)...(.month(2020, 6)))
    #expect(abs(drift.shareBefore - 0.10) < 0.01 && abs(drift.shareAfter - 0.02) < 0.01)
    #expect(abs(drift.factor - 0.98 / 0.90) < 0.01 && drift.id == "geocoding-thames-valley-2020-07")
    let entry = drift.breakEntry
    #expect(entry.from == CivilDate(year: 2020, month: 7, day: 1) && entry.through == nil)
    #expect(entry.areas == ["Thames Valley"] && entry.measures == Self.types && entry.kind == .geocodingDrift)
    #expect(entry.note.contains("higher") && entry.note.hasPrefix("records without a place went from "))
  }

  /// It touches the type that drifts, and no other.
  @Test(arguments: ["Anti-social behaviour", "Drugs", "Vehicle crime"]) func aDriftOfOneTypeIsOfThatType(
    type: String
  ) throws {
    let drifts = Self.drifts(Self.rows(48) { $0 == type && $1 >= 20 ? 0.12 : 0.04 })
    #expect(drifts.map { $0.shifts.map(\.type) } == [[type]])
    #expect(drifts.first?.isOfEveryType == false && drifts.first?.after.lowerBound == .month(2019, 9))
    // A share of one type is not told as one of all.
    let note = try #require(drifts.first).note
    #expect(
      note.hasPrefix("records without a place (\(type)) went from ") && note.contains(" of all of these"), "\(note)")
  }

  /// Six months of 2018-19 and eleven of 2025: that they lie years apart changes nothing but what is known of the date.
  @Test(arguments: [
    (Set([5, 9, 10, 11, 12, 13]), Set(84..<95)), (Set([0, 1, 2, 3]), Set(60..<64)),
    (Set([3, 7, 9]), Set([40, 44, 47])),
  ]) func aFewMonthsYearsApartAreEnough(first: Set<Int>, last: Set<Int>) throws {
    let counts = Self.rows(96, present: { first.union(last).contains($0) }) { _, month in month < 30 ? 0.10 : 0.023 }
    let drift = try #require(Self.drifts(counts).first)
    let (before, after) = (try #require(first.max()), try #require(last.min()))
    #expect(drift.before.upperBound == .month(2018, 1) + before && drift.after.lowerBound == .month(2018, 1) + after)
    #expect(drift.breakEntry.note.contains("last known before"))
  }

  @Test func aForceWhoseShareStaysHasNone() {
    #expect(Self.drifts(Self.rows(60) { type, _ in type == "Robbery" ? 0.12 : 0.05 }).isEmpty)
  }

  @Test func driftsBelongToTheirForce() {
    let counts =
      Self.rows(48) { _, month in month < 30 ? 0.10 : 0.02 } + Self.rows(48, force: "kent") { _, _ in 0.05 }
      + Self.rows(48, force: "surrey") { _, month in month < 12 ? 0.03 : 0.09 }
    #expect(Self.drifts(counts).map(\.force) == ["thames-valley", "surrey"])
  }

  /// Types of a few rows a month are tested together; where everything else drifts they are asked about that date.
  @Test func smallTypesAreNotForgotten() throws {
    let counts = Self.rows(48, sizes: [2000, 400, 300, 9, 6]) { _, month in month < 30 ? 0.14 : 0.01 }
    let drift = try #require(Self.drifts(counts).first)
    #expect(drift.shifts.map(\.type) == Self.types)
    #expect(drift.isOfEveryType)
  }

  /// One small type drifts: the others that it was tested with do not.
  @Test func aSmallTypeDriftsAlone() throws {
    let drifts = Self.drifts(Self.rows(60, sizes: [100, 90, 15, 14, 12]) { $0 == "Drugs" && $1 >= 25 ? 0.6 : 0.05 })
    #expect(drifts.map { $0.shifts.map(\.type) } == [["Drugs"]])
    #expect(drifts.first?.after.lowerBound == .month(2020, 2))
  }

  @Test func twoDriftsAreTwo() {
    let drifts = Self.drifts(Self.rows(72) { _, month in month < 20 ? 0.10 : month < 50 ? 0.03 : 0.15 })
    #expect(drifts.map(\.after.lowerBound) == [.month(2019, 9), .month(2022, 3)])
    #expect(drifts.first?.after.upperBound == .month(2022, 2) && drifts.last?.before.lowerBound == .month(2019, 9))
  }
}
