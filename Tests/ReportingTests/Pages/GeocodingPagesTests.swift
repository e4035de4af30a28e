import Assessment
import CommunitySafety
import Ingest
import ModelFiles
import Testing
import TimeSeries

@testable import Reporting

/// A change in the share of records without a place stands where the reader decides: on page one, on the page of each place
/// and with the quality of the data.
@Suite struct GeocodingPagesTests {
  private static let force = "Thames Valley Police"
  private static let names = ["Cherwell", "Oxford"]

  /// Two districts over five years; every record counts, of which `lost` a month have no place.
  private static func data(isShared: Bool, _ lost: (Int) -> Double) -> IngestedData {
    func full(_ month: Int) -> Int { 400 - month }
    func gone(_ month: Int) -> Int { Int((Double(full(month)) * lost(month)).rounded()) }
    let areas = names.map { Area(name: $0, level: .district, force: force, csp: $0 == "Oxford" ? "Oxford City" : $0) }
    let types = ["Burglary", "Vehicle crime"]
    let series = areas.flatMap { area in
      types.map { type in
        Series(
          key: SeriesKey(area: area.name, measure: type), start: .month(2020, 1),
          values: (0..<60).map { Double(full($0) - (isShared ? 0 : gone($0))) })
      }
    }
    return IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }),
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [],
      unallocated: UnallocatedRows(
        counts: types.map { type in
          .init(
            force: "thames-valley", forceName: force, type: type, start: .month(2020, 1),
            rows: (0..<60).map { 2 * full($0) }, unallocated: (0..<60).map { 2 * gone($0) })
        }, start: .month(2020, 1),
        shares: Dictionary(uniqueKeysWithValues: series.map { ($0.key, (0..<60).map(gone)) }), isShared: isShared,
        forcesKept: []))
  }

  private static func pages(
    isShared: Bool = false, _ lost: (Int) -> Double
  ) async throws -> (text: [String: String], paths: Set<String>) {
    let data = data(isShared: isShared, lost)
    var reference = try ModelFileLoader.builtIn()
    if !isShared { reference.breaks = BreakCalendar(entries: data.geocodingDrifts.map(\.breakEntry)) }
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 50
    let assessment = try await Assessor(configuration: configuration, reference: reference, threads: 2).assess(data)
    let files = try await Pack(assessment, version: "0").files(threads: 2)
    return (
      Dictionary(uniqueKeysWithValues: files.compactMap { file in PageTree.read(file).map { (file.path, $0.text) } }),
      Set(files.map(\.path))
    )
  }

  @Test(arguments: [false, true]) func aDriftIsSaidWhereTheReaderDecides(isShared: Bool) async throws {
    let (text, paths) = try await Self.pages(isShared: isShared) { $0 < 45 ? 0.10 : 0.02 }
    let first = try #require(text["index.html"])
    #expect(first.contains("Geocoding drift") && first.contains("not comparable as they stand"))
    #expect(first.contains("10.0") && first.contains("2.0"))
    #expect(first.contains("with these records shared out"))
    #expect(first.contains("--unallocated share") != isShared)
    let oxford = try #require(text["partnerships/oxford-city.html"])
    #expect(oxford.contains("Not comparable as they stand:") && oxford.contains("Oct 2023"))
    let quality = try #require(text["data-quality.html"])
    #expect(quality.contains("Shares of records without a place that changed"))
    #expect(paths.contains("geocoding.csv") && paths.contains("schemas/geocoding.csv.schema.json"))
  }

  /// Last year's change is a rise as it stands and a fall of all records: it is marked in its own cell.
  @Test func aChangeThatDependsOnTheseRecordsIsMarkedInItsCell() async throws {
    let (text, _) = try await Self.pages { $0 < 48 ? 0.12 : 0.02 }
    let oxford = try #require(text["partnerships/oxford-city.html"])
    #expect(oxford.contains("no trend: ") && oxford.contains("more with records without a place set aside"))
  }

  @Test func withoutADriftNothingIsSaid() async throws {
    let (text, paths) = try await Self.pages { _ in 0.05 }
    #expect(text.values.allSatisfy { !$0.contains("Geocoding drift") && !$0.contains("Not comparable as they stand") })
    #expect(!paths.contains("geocoding.csv"))
  }
}
