import Testing
import TimeSeries

@Suite struct HierarchyTests {
  private typealias Name = HierarchyDimension.Name
  private typealias Member = HierarchyDimension.Member

  private static func district(_ name: String) -> Name { Name(name, "district") }
  private static func measure(_ name: String) -> Name { Name(name, "measure") }

  private static let areaMembers = [
    Member(district("Oxford"), aliases: [Name("Oxford City", "csp")]), Member(district("South")),
    Member(district("Vale")),
    Member(Name("Nowhere", "residual"), isResidual: true),
    Member(Name("South and Vale", "csp"), parts: [district("South"), district("Vale")]),
    Member(
      Name("All", "whole"),
      parts: [Name("Oxford City", "csp"), Name("South and Vale", "csp"), Name("Nowhere", "residual")]),
  ]
  private static let measureMembers = [
    Member(measure("Theft")), Member(measure("Robbery")), Member(measure("ASB")),
    Member(Name("All crime", "group"), parts: [measure("Theft"), measure("Robbery")], needsEveryPart: true),
  ]

  private func hierarchy(
    _ counted: [SeriesKey], areas: [Member] = areaMembers, measures: [Member] = measureMembers
  ) throws -> Hierarchy {
    Hierarchy(areas: try HierarchyDimension(areas), measures: try HierarchyDimension(measures), counted: counted)
  }

  private func key(_ area: String, _ measure: String?) -> SeriesKey { SeriesKey(area: area, measure: measure) }

  private func series(
    _ area: String, _ measure: String?, _ values: [Double], start: Period = .month(2020, 1), partial: [Int] = []
  ) -> Series {
    Series(key: key(area, measure), start: start, values: values, partial: partial)
  }

  private func panel(_ series: [Series]) -> Panel { Panel(frequency: .monthly, style: .yearMonth, series: series) }

  private var full: [Series] {
    ["Oxford", "South", "Vale", "Nowhere"].enumerated().flatMap { place, area in
      ["Theft", "Robbery", "ASB"].enumerated().map { kind, measure in
        series(area, measure, (0..<4).map { Double(1 + place * 100 + kind * 10 + $0) })
      }
    }
  }

  @Test func everyTotalIsTheSumOfItsLeaves() throws {
    let hierarchy = try hierarchy(full.map(\.key))
    #expect(hierarchy.nodes.count == 6 * 4 && hierarchy.leaves.count == 12)
    let all = hierarchy.series(panel(full))
    for (node, series) in all.enumerated() {
      let leaves = hierarchy.leaves(of: node).compactMap { all[$0] }
      let values = (0..<4).map { t in leaves.reduce(0) { $0 + $1.values[t] } }
      #expect(series?.values == values, "\(hierarchy.nodes[node].key)")
    }
    #expect(hierarchy.findings.isEmpty)
    // Of each place 1 and 11, of the places 0, 100, 200 and 300 twice each.
    #expect(hierarchy.evaluated(panel(full))[key("All", "All crime")]?.values.first == 1248)
  }

  @Test func bothWaysOfASumGiveTheSame() throws {
    let hierarchy = try hierarchy(full.map(\.key))
    let all = hierarchy.series(panel(full))
    let total = try #require(hierarchy.node(key("All", "All crime")))
    let ways = hierarchy.sums.filter { $0.total == total }
    #expect(ways.map(\.way) == [.measures, .areas])
    for sum in hierarchy.sums {
      #expect(Series.sum(sum.parts.compactMap { all[$0] }, key: hierarchy.nodes[sum.total].key) == all[sum.total])
      #expect(sum.parts.flatMap { hierarchy.leaves(of: $0) }.sorted() == hierarchy.leaves(of: sum.total))
    }
    // Parts are known before their totals.
    var known = Set(hierarchy.leaves)
    for sum in hierarchy.sums {
      #expect(known.isSuperset(of: sum.parts))
      known.insert(sum.total)
    }
  }

  @Test func theOrderOfWhatIsCountedDoesNotMatter() throws {
    let expected = try hierarchy(full.map(\.key))
    for order in [full.reversed(), full.sorted { $0.key.measure ?? "" < $1.key.measure ?? "" }] {
      let other = try hierarchy(order.map(\.key))
      #expect(other.nodes == expected.nodes && other.sums == expected.sums && other.summing == expected.summing)
      #expect(other.series(panel(order)) == expected.series(panel(full)))
    }
    // The order of members orders the nodes, and changes nothing else.
    let turned = try hierarchy(
      full.map(\.key), areas: Self.areaMembers.reversed(), measures: Self.measureMembers.reversed())
    #expect(Set(turned.nodes.map(\.key)) == Set(expected.nodes.map(\.key)))
    for node in turned.nodes {
      #expect(turned.evaluated(panel(full))[node.key] == expected.evaluated(panel(full))[node.key])
    }
  }

  @Test func whatIsMissingInAPartIsMissingInTheTotal() throws {
    let base = [
      series("Oxford", "Theft", [1, 2, 3]), series("South", "Theft", [10, .nan, 30], partial: [2]),
      series("Vale", "Theft", [100, 200], start: .month(2020, 2)),
    ]
    let all = try hierarchy(base.map(\.key)).evaluated(panel(base))
    let csp = try #require(all[key("South and Vale", "Theft")])
    #expect(csp.start == .month(2020, 1) && csp.count == 3)
    #expect(csp[.month(2020, 1)] == nil && csp[.month(2020, 2)] == nil && csp[.month(2020, 3)] == 230)
    #expect(csp.partial == [2])
    #expect(all[key("All", "Theft")]?[.month(2020, 3)] == 233)
    #expect(all[key("All", "Theft")]?[.month(2020, 2)] == nil)
  }

  @Test func sharesArePooled() throws {
    func share(_ area: String, _ values: [Double], of denominators: [Double]) -> Series {
      Series(
        key: key(area, "Theft"), start: .month(2020, 1), values: values, kind: .proportion, denominators: denominators)
    }
    let base = [share("South", [0.5, .nan], of: [10, 0]), share("Vale", [0.2, 0.5], of: [30, 8])]
    let total = try hierarchy(base.map(\.key)).evaluated(panel(base))[key("South and Vale", "Theft")]
    #expect(total?.values == [11.0 / 40, 0.5] && total?.denominators == [40, 8])
  }

  /// A partnership of one district is that district, under its own name too: found by both, there once.
  @Test func oneNodeHasSeveralNames() throws {
    let hierarchy = try hierarchy(full.map(\.key))
    let node = try #require(hierarchy.node(key("Oxford City", "All crime")))
    #expect(hierarchy.node(key("Oxford", "All crime")) == node)
    #expect(hierarchy.nodes[node].key == key("Oxford", "All crime"))
    #expect(hierarchy.nodes[node].aliases == [key("Oxford City", "All crime")])
    // What is counted may come under either.
    let renamed = full.map { $0.key.area == "Oxford" ? $0.renamed(key("Oxford City", $0.key.measure)) : $0 }
    let other = try self.hierarchy(renamed.map(\.key))
    #expect(other.nodes == hierarchy.nodes)
    #expect(other.series(panel(renamed)) == hierarchy.series(panel(full)))
    let both = try self.hierarchy([key("Oxford", "ASB"), key("Oxford City", "ASB")])
    #expect(both.findings == [.repeated(key("Oxford City", "ASB"))] && both.leaves.count == 1)
  }

  @Test func anAreaThatEndedIsNoLongerMissed() throws {
    var areas = Self.areaMembers
    areas[1] = Member(Self.district("South"), last: .month(2020, 2))
    areas[2] = Member(Self.district("Vale"), first: .month(2020, 2), last: .month(2020, 3))
    let base = [
      series("South", "Theft", [1, 2]), series("Vale", "Theft", [.nan, 20, 30, 40], partial: [1, 3]),
    ]
    let total = try hierarchy(base.map(\.key), areas: areas).evaluated(panel(base))[key("South and Vale", "Theft")]
    // In the fourth month there is neither; what was recorded then belongs to no area.
    #expect(total?.values.prefix(3) == [1, 22, 30] && total?.values[3].isNaN == true)
    #expect(total?.partial == [1])
  }

  @Test func whatIsLeftOutIsSaid() throws {
    let hierarchy = try hierarchy([
      key("Elsewhere", "Theft"), key("Oxford", "Fraud"), key("All", "Theft"), key("Oxford", "All crime"),
      key("Oxford", "Theft"), key("South", nil),
    ])
    #expect(
      hierarchy.findings == [
        .published(key("All", "Theft")), .orphan(key("Elsewhere", "Theft")), .published(key("Oxford", "All crime")),
        .orphan(key("Oxford", "Fraud")), .incomplete(key("Oxford", "All crime"), absent: ["Robbery"]),
        .incomplete(key("All", "All crime"), absent: ["Robbery"]),
      ])
    #expect(hierarchy.nodes.map(\.key) == [key("Oxford", "Theft"), key("South", nil), key("All", "Theft")])
    #expect(hierarchy.levels.map(\.measure) == ["measure", nil, "measure"])
  }

  @Test func aTotalMayNeedEveryPart() throws {
    var areas = Self.areaMembers
    areas[4] = Member(
      Name("South and Vale", "csp"), parts: [Self.district("South"), Self.district("Vale")], needsEveryPart: true)
    let hierarchy = try hierarchy([key("South", "Theft"), key("Oxford", "Theft")], areas: areas)
    #expect(hierarchy.node(key("South and Vale", "Theft")) == nil)
    #expect(hierarchy.findings.first == .incomplete(key("South and Vale", "Theft"), absent: ["Vale"]))
    // What is known of South would be lost from a total that did without the partnership.
    #expect(hierarchy.node(key("All", "Theft")) == nil)
    #expect(hierarchy.findings.contains(.incomplete(key("All", "Theft"), absent: ["South and Vale", "Nowhere"])))
  }

  /// An area that lacks a member of a group has no group, but its counts belong to the group's total.
  @Test func aSecondWayThatWouldLoseLeavesIsLeftOut() throws {
    let base = [
      series("South", "Theft", [1]), series("Vale", "Theft", [10]), series("Vale", "Robbery", [100]),
    ]
    let hierarchy = try hierarchy(base.map(\.key))
    let total = try #require(hierarchy.node(key("South and Vale", "All crime")))
    #expect(hierarchy.sums.filter { $0.total == total }.map(\.way) == [.measures])
    #expect(hierarchy.series(panel(base))[total]?.values == [111])
  }

  @Test func residualsAreLeavesOfTheTotal() throws {
    let hierarchy = try hierarchy(full.map(\.key))
    let residual = try #require(hierarchy.node(key("Nowhere", "Theft")))
    #expect(hierarchy.nodes[residual].isResidual && hierarchy.nodes[residual].isLeaf)
    let total = try #require(hierarchy.node(key("All", "Theft")))
    #expect(hierarchy.leaves(of: total).contains(residual) && !hierarchy.nodes[total].isResidual)
    #expect(
      hierarchy.nodes(at: .init(area: "csp", measure: "group")).map { hierarchy.nodes[$0].key }
        == [key("South and Vale", "All crime")])
  }

  @Test func nothingMakesAnEmptyHierarchy() throws {
    let hierarchy = try hierarchy([])
    #expect(hierarchy.nodes.isEmpty && hierarchy.sums.isEmpty && hierarchy.evaluated(panel([])).series.isEmpty)
  }
}
