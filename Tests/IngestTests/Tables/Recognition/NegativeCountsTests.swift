import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

@Suite struct NegativeCountsTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func rows(_ values: [Int], _ header: String = "area,measure,period,count") -> [String] {
    [header]
      + values.enumerated().map { offset, value in
        "A,x,\(PeriodStyle.yearMonth.format(.month(2018, 1) + offset)),\(value)"
      }
  }

  private static let corrected = [10, 12, 4, 11, -6, 9, 8, 12, 10, 11, 9, 10, 12, 8]

  @Test func aCorrectionIsMissingOrNetted() async throws {
    let missing = try await space.table(rows(Self.corrected))
    let values = try #require(missing.values("A", "x"))
    #expect(missing.panel.series[0].kind == .count && values[4].isNaN && values[3] == 11)
    #expect(missing.accounting.setAside == ["negative value": 1] && missing.accounting.balances)
    let key = SeriesKey(area: "A", measure: "x")
    #expect(
      missing.note("negative-counts") == .table(.negativeCounts([key], values: 1, .missing)))
    let netted = try await space.table(rows(Self.corrected)) { $0.negatives = .netted }
    #expect(netted.values("A", "x").map { Array($0.prefix(6)) } == [10, 12, 4, 5, 0, 9])
    #expect(netted.accounting.counted == 14 && netted.accounting.balances)
    let refused = try await space.tableError(rows(Self.corrected)) { $0.negatives = .refused }
    #expect(refused?.kind == .data)
    // What one period cannot bear, the one before does.
    #expect(NegativeCounts.netted([5, 2, -4, 3]) == [3, 0, 0, 3] && NegativeCounts.netted([1, -4, 3]) == [0, 0, 3])
  }

  @Test(arguments: [-1, -9, -99]) func aNumberThatStandsForMissing(code: Int) async throws {
    let data = try await space.table(
      rows([3, code, 4, code, code, 5, 2, 7], "area,measure,period,count")
    ) { $0.negatives = .netted }
    let values = try #require(data.values("A", "x"))
    #expect(values.count { $0.isNaN } == 3 && values[0] == 3 && data.panel.series[0].kind == .count)
    #expect(data.accounting.setAside == ["negative value": 3] && data.accounting.balances)
    guard
      case .table(.negativeCounts(_, values: 3, .areCode)) = try #require(
        data.note("negative-counts"))
    else { throw HorizonError(.data, "another note") }
  }

  @Test func oneOfThemIsACorrection() {
    #expect(NegativeCounts.finding(Self.corrected.map { $0 == -6 ? -1 : Double($0) }) == .corrections)
  }

  @Test func inAWideTableAndUnderAnIdentifier() async throws {
    let months = (1...14).map { "2019-\($0 < 10 ? "0" : "")\($0)" }.prefix(12)
    let values = Self.corrected.prefix(12).map(String.init).joined(separator: ",")
    let wide = try await space.table(["Area,Type,\(months.joined(separator: ","))", "A,x,\(values)", "B,x,\(values)"])
    #expect(wide.panel.series.allSatisfy { $0.kind == .count } && wide.accounting.setAside == ["negative value": 2])
    let ids = try await space.table(
      ["unique_id,ds,y"] + zip(months, Self.corrected).map { "A|x,\($0),\($1)" })
    #expect(ids.panel.series[0].kind == .count)
  }

  /// Temperatures, differences and fractions are values.
  @Test func valuesStayValues() async throws {
    for values in [[5, -3, 2, -8, 0, 1, -4, 3, 6, -2, 1, 0], [5, -2, 4], [1, 2, 1, 3, 2, 1, 2, -90, 2, 1, 2, 3, 1]] {
      let data = try await space.table(
        ["unique_id,ds,y"]
          + values.enumerated().map { "A|x,\(PeriodStyle.yearMonth.format(.month(2018, 1) + $0.offset)),\($0.element)" }
      )
      #expect(data.panel.series[0].kind == .value && data.values("A", "x") == values.map(Double.init))
    }
    // As much as a period held may be taken back, and no more; a balance is none.
    let held = (0..<24).map { Double(40 + $0 % 7) }
    #expect(NegativeCounts.finding(held + [-46]) == .corrections && NegativeCounts.finding(held + [-47]) == .values)
    #expect(NegativeCounts.finding(held.map { $0 - 42 }) == .values)
    #expect(NegativeCounts.finding([1.5, -1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) == .values)
  }

  @Test(arguments: [
    ("1 982", 1982.0), ("1\u{A0}982", 1982), ("12\u{202F}345\u{202F}678", 12_345_678), ("1'982", 1982),
    ("1.252.000", 1_252_000),
    ("\u{A0}7", 7), ("-1 982", -1982), ("1.252", 1.252),
  ]) func groupsOfDigits(text: String, number: Double) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { NumberCell($0.trimmed) } == .number(number))
  }

  @Test(arguments: ["1 98", "1 9822", "12 34 567", "1.25.000", "1 ", "a 123", " 1234 5"]) func noGroups(text: String) {
    let cell = Array(text.utf8).withUnsafeBufferPointer { NumberCell($0.trimmed) }
    #expect(cell == .bad || cell == .number(1))
  }

  @Test func pointsOfThousands() async throws {
    let rows = ["area;measure;period;count", "A;x;2019-01;1.252", "A;x;2019-02;998", "A;x;2019-03;12.000"]
    let data = try await space.table(rows)
    #expect(data.values("A", "x") == [1252, 998, 12_000] && data.panel.series[0].kind == .count)
    #expect(data.note("thousand-points") == .table(.thousandPoints(example: "1.252", values: 2)))
    let wide = try await space.table(["Area;Type;2019-01;2019-02", "A;x;1.252;7", "B;x;8;9"])
    #expect(wide.values("A", "x") == [1252, 7] && wide.values("B", "x") == [8, 9])
    // Another number with a point, a nought before it, a comma between the fields, or a unit: decimals.
    for lines in [
      rows + ["A;x;2019-04;7.5"], rows + ["A;x;2019-04;0.125"], rows.map { $0.replacing(";", with: ",") },
      [
        "area;measure;period;value;unit", "A;x;2019-01;1.252;days", "A;x;2019-02;2.500;days",
      ],
    ] {
      let data = try await space.table(lines)
      #expect(data.values("A", "x")?.first == 1.252 && data.note("thousand-points") == nil)
    }
  }

  /// What the periods before do not hold is not taken from them in part: the correction is missing, and said.
  /// A comma is of thousands always, and says nothing of the points beside it.
  @Test func commasBesideDecimals() async throws {
    let data = try await space.table(["unique_id;ds;y", "A;2019;1,234", "A;2020;1.252", "A;2021;1.5"])
    #expect(data.panel.series.first?.values == [1234, 1.252, 1.5])
  }

  @Test func aCorrectionOfWhatCameBeforeTheTableIsMissing() async throws {
    let data = try await space.table(rows([10, -12] + Self.corrected.filter { $0 > 0 })) { $0.negatives = .netted }
    let values = try #require(data.values("A", "x"))
    #expect(values[0] == 10 && values[1].isNaN && data.accounting.setAside == ["negative value": 1])
    let key = SeriesKey(area: "A", measure: "x")
    #expect(
      data.note("negative-counts") == .table(.negativeCounts([key], values: 1, .largerThanBefore)))
  }

  @Test func aColumnOfCountsWithFractionsIsSaid() async throws {
    let data = try await space.table([
      "area,measure,period,count", "A,x,2019-01,3", "A,x,2019-02,2.5", "B,x,2019-01,4", "B,x,2019-02,1",
    ])
    #expect(data.note("fractional-counts") == .table(.fractionalCounts([.init(area: "A", measure: "x")])))
    let values = try await space.table(["area,measure,period,value", "A,x,2019-01,3", "A,x,2019-02,2.5"])
    #expect(values.note("fractional-counts") == nil)
  }
}
