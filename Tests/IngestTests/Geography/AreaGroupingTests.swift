import CommunitySafety
import Testing
import TimeSeries

@testable import Ingest

@Suite struct AreaGroupingTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func table(_ rows: [String], by level: AreaLevel, areas: [String]? = nil) async throws -> IngestedData {
    let path = try space.write("t.csv", "area,measure,period,count,population\n" + rows.joined(separator: "\n") + "\n")
    return try await read([path]) {
      $0.by = level
      $0.areas = areas
    }
  }

  let rows = [
    "Oxford,Theft,2024-01,5,10", "Oxford,Theft,2024-02,6,10", "South Oxfordshire,Theft,2024-01,1,20",
    "South Oxfordshire,Theft,2024-02,2,20", "Vale of White Horse,Theft,2024-01,3,30",
    "Vale of White Horse,Theft,2024-02,[c],30", "Erewhon,Theft,2024-01,9,1", "Erewhon,Theft,2024-02,9,1",
  ]

  @Test func partnershipsOfATable() async throws {
    let data = try await table(rows, by: .csp)
    #expect(data.panel.areas == ["Oxford", "South and Vale", "Erewhon"])
    let sum = try #require(data.values("South and Vale", "Theft"))
    #expect(sum[0] == 4 && sum[1].isNaN)
    #expect(data.areas["South and Vale"]?.level == .csp && data.areas["South and Vale"]?.population == 50)
    #expect(data.areas["Erewhon"]?.level == .unclassified)
    #expect(data.note("no-group")?.scope.areas.count == 1)
    #expect(!data.codes().contains("partial-group") && data.accounting.balances)
  }

  @Test func forcesOfATableWithoutAllItsDistricts() async throws {
    let data = try await table(rows, by: .force)
    #expect(data.panel.areas == ["Thames Valley", "Erewhon"])
    #expect(data.values("Thames Valley", "Theft")?.first == 9)
    guard case .areas(.partialGroups(let partial, level: .force)) = try #require(data.note("partial-group")) else {
      return #expect(Bool(false))
    }
    #expect(partial.first?.name == "Thames Valley")
    let lacks = try #require(partial.first?.lacks)
    #expect(Set(lacks).isSuperset(of: ["Cherwell", "West Oxfordshire"]))
  }

  @Test func aMeasureThatSomeMembersLackIsNotAddedUp() async throws {
    let data = try await table(rows + ["South Oxfordshire,Graffiti,2024-01,4,20"], by: .csp)
    #expect(data.values("South and Vale", "Graffiti") == nil)
    #expect(data.values("South Oxfordshire", "Graffiti") == [4])
    #expect(data.areas["South Oxfordshire"]?.level == .district)
    #expect(
      data.note("incomplete-group")
        == .areas(.incompleteGroups([.init("South and Vale", lacks: ["Graffiti"])], level: .csp)))
  }

  @Test func aTableCannotBeDivided() async throws {
    let path = try space.write("t.csv", "area,measure,period,count\nOxford,Theft,2024-01,5\n")
    let lookups = try Lookups.write([Lookups.censuses, Lookups.wards], to: space)
    let error = try #require(
      try await failure([path]) {
        $0.by = .ward
        $0.lookups = lookups
      })
    #expect(error.kind == .usage && error.message.contains("cannot divide"))
    #expect(try await read([path]) { $0.by = .district }.panel.areas == ["Oxford"])
  }

  private func data(_ series: [Series], _ areas: [Area]) -> IngestedData {
    IngestedData(
      kind: .table, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }), completeness: .init(cells: []),
      accounting: .init(), sources: [], notes: [])
  }

  @Test func sharesAreSumsOverSums() throws {
    let areas = ["A", "B"].map { Area(name: $0, level: .district, csp: "P") }
    func share(_ area: String, _ value: Double, of whole: Double) -> Series {
      Series(
        key: .init(area: area, measure: "Detected"), start: .month(2024, 1), values: [value], kind: .proportion,
        denominators: [whole])
    }
    let grouped = try AreaGrouping(level: .csp, registry: testRegistry)
      .grouped(data([share("A", 0.5, of: 10), share("B", 0.1, of: 30)], areas))
    #expect(grouped.values("P", "Detected") == [0.2])
    #expect(grouped.panel.series[0].denominators == [40])
  }

  @Test func valuesStayAndKeepTheirNamesApart() throws {
    let areas = ["North", "South"].map { Area(name: $0, level: .district, csp: "North") }
    func series(_ area: String, _ measure: String, _ kind: MeasureKind) -> Series {
      Series(key: .init(area: area, measure: measure), start: .month(2024, 1), values: [2], kind: kind)
    }
    let grouped = try AreaGrouping(level: .csp, registry: testRegistry).grouped(
      data(
        ["North", "South"].flatMap { [series($0, "Theft", .count), series($0, "Satisfaction", .value)] }, areas))
    #expect(grouped.values("North", "Theft") == [4])
    #expect(grouped.values("North (district)", "Satisfaction") == [2] && grouped.values("South", "Satisfaction") == [2])
    #expect(grouped.areas["North"]?.level == .csp && grouped.areas["North (district)"]?.level == .district)
    #expect(grouped.note("not-added-up")?.scope.measures == ["Satisfaction"])
  }
}
