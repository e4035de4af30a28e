import CommunitySafety
import Ingest
import ModelFiles
import Testing
import TimeSeries

@testable import Assessment

/// Districts that began or ended within the data, and what their totals are then.
@Suite struct AreaHistoryTests {
  private static let old = ["Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"]
  private static let new = "Buckinghamshire"
  private static let first = Period.month(2019, 1)
  private static let change = Period.month(2020, 4)

  private let registry: AreaRegistry
  private let measures: MeasureRegistry

  init() throws {
    let reference = try ModelFileLoader.builtIn()
    (registry, measures) = (reference.areas, reference.measures)
  }

  private func area(_ name: String, csp: String? = new) -> Area {
    Area(name: name, level: .district, force: "Thames Valley Police", csp: csp)
  }

  /// Two years of one measure: each old district counts 1 to the change, the new one 4 from it.
  private func data(
    _ areas: [Area], measure: String = "Burglary",
    value: (String, Period) -> Double = { name, period in
      name == new ? (period < change ? .nan : 4) : period < change ? 1 : .nan
    }
  ) -> IngestedData {
    let series = areas.map { area in
      Series(
        key: SeriesKey(area: area.name, measure: measure), start: Self.first,
        values: (0..<24).map { value(area.name, Self.first + $0) })
    }
    return IngestedData(
      kind: .table, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(areas.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a }),
      completeness: .init(cells: []), accounting: .init(), sources: [], notes: [])
  }

  private func panels(_ data: IngestedData) throws -> AggregatedPanels {
    try AggregatedPanels(data, measures: measures, areas: registry)
  }

  private func values(_ panels: AggregatedPanels, _ area: String) -> [Double]? {
    panels.layers.lazy.compactMap { $0.panel[SeriesKey(area: area, measure: "Burglary")] }.first?.values
  }

  private func change(_ figures: AreaChange.Figures) -> Limitation {
    .areasChanged([AreaChange(began: Self.new, ended: Self.old, from: Self.change, figures: figures)])
  }

  /// Before, each was missing somewhere, and so was every total.
  @Test func aTotalIsKnownAcrossAMerger() throws {
    let panels = try panels(
      data((Self.old + [Self.new]).map { area($0) } + [area("Oxford", csp: "Oxford City")]) {
        name, period in
        name == "Oxford" ? 10 : name == Self.new ? (period < Self.change ? .nan : 4) : period < Self.change ? 1 : .nan
      })
    #expect(values(panels, "Buckinghamshire (partnership)") == [Double](repeating: 4, count: 24))
    #expect(values(panels, AggregatedPanels.wholeAreaName) == [Double](repeating: 14, count: 24))
    #expect(panels.limitations == [change(.followed)])
    #expect(panels.hierarchy.areas.member(named: "Wycombe")?.last == Self.change - 1)
    #expect(panels.hierarchy.areas.member(named: Self.new)?.first == Self.change)
  }

  /// police.uk by the LSOAs of one census: the new district's figures reach back, and are not cut.
  @Test func figuresOfOneSetOfBoundariesStand() throws {
    let areas = [area(Self.new), area("Oxford", csp: "Oxford City")]
    let panels = try panels(data(areas) { _, _ in 4 })
    #expect(values(panels, AggregatedPanels.wholeAreaName) == [Double](repeating: 8, count: 24))
    #expect(panels.limitations == [change(.countedBeyond([Self.new]))])
    #expect(panels.hierarchy.areas.member(named: Self.new)?.first == nil)
    // A place that recorded nothing before it was there is not counted then.
    let zero = try self.panels(
      data((Self.old + [Self.new]).map { area($0) }) { name, period in
        (name == Self.new) == (period < Self.change) ? 0 : name == Self.new ? 4 : 1
      })
    #expect(zero.limitations == [change(.followed)])
  }

  /// A total that did without the ended ones would fall for want of the new one.
  @Test func ofAnUnfinishedMergerTotalsAreMissing() throws {
    let panels = try panels(
      data(Self.old.map { area($0) } + [area("Oxford", csp: "Oxford City")]) { name, period in
        name == "Oxford" ? 10 : period < Self.change ? 1 : .nan
      })
    let whole = try #require(values(panels, AggregatedPanels.wholeAreaName))
    #expect(whole[14] == 14 && whole[15].isNaN)
    #expect(panels.limitations == [change(.lacking([Self.new]))])
  }

  @Test func whatIsCountedTwiceIsNamed() throws {
    let both = try panels(
      data((Self.old + [Self.new]).map { area($0) }) { name, period in
        name == Self.new ? 4 : period < Self.change ? 1 : .nan
      })
    #expect(
      both.limitations.first
        == .areasOverlap([.init(area: Self.new, parts: Self.old, periods: (0..<15).map { Self.first + $0 })]))
    // A partnership beside its districts.
    let areas = [
      area("South Oxfordshire", csp: "South and Vale"), area("Vale of White Horse", csp: "South and Vale"),
      Area(name: "South and Vale", level: .csp, csp: "South and Vale"),
    ]
    let nested = try panels(
      data(areas) { name, period in name == "Vale of White Horse" && period > Self.first ? 0 : 2 })
    #expect(
      nested.limitations.first
        == .areasOverlap([
          .init(
            area: "South and Vale", parts: ["South Oxfordshire", "Vale of White Horse"],
            periods: (0..<24).map { Self.first + $0 })
        ]))
  }

  /// A change outside the data is no news, nor is one on its first day.
  @Test func onlyChangesWithinTheSpanAreSaid() throws {
    let all = (Self.old + [Self.new]).map { area($0) }
    let data = data(all)
    let later = data.panel.filterMap {
      Series(key: $0.key, start: Self.change, values: Array($0.values.dropFirst(Self.change - Self.first)))
    }
    let earlier = data.panel.filterMap { $0.through(Self.change - 1) }
    for panel in [later, earlier] {
      let history = AreaHistory(panel, areas: all, registry: registry)
      #expect(history.changes.isEmpty && history.dates.isEmpty)
    }
    #expect(AreaHistory(data.panel, areas: all, registry: registry).dates.count == 5)
  }
}

/// Totals of part of what they are named after.
@Suite struct MissingMembersTests {
  private func limitations(
    _ areas: [Area], _ counted: (String, String) -> Bool = { _, _ in true }
  ) throws -> [Limitation] {
    let reference = try ModelFileLoader.builtIn()
    let series = areas.flatMap { area in
      ["Burglary", "Robbery", "Vehicle crime"].filter { counted(area.name, $0) }.map {
        Series(key: SeriesKey(area: area.name, measure: $0), start: .month(2024, 1), values: [1, 2, 3])
      }
    }
    let data = IngestedData(
      kind: .table, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(areas.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a }),
      completeness: .init(cells: []), accounting: .init(), sources: [], notes: [])
    return try AggregatedPanels(data, measures: reference.measures, areas: reference.areas).limitations
  }

  private func district(_ name: String, _ csp: String, _ force: String = "Thames Valley Police") -> Area {
    Area(name: name, level: .district, force: force, csp: csp)
  }

  private var pair: [Area] {
    [district("South Oxfordshire", "South and Vale"), district("Vale of White Horse", "South and Vale")]
  }

  @Test func aPartnershipSaysWhichDistrictsTheDataLacks() throws {
    #expect(try limitations(pair) == [])
    // It goes by the one district's figures, under either name.
    #expect(
      try limitations([pair[0]])
        == [.membersMissing([.init(total: "South and Vale", absent: ["Vale of White Horse"])])])
    // A merged district stands for what replaced it.
    #expect(try limitations([district("Wycombe", "Buckinghamshire")]) == [])
  }

  @Test func soDoesAForceAmongOthers() throws {
    let swindon = district("Swindon", "Swindon", "Wiltshire Police")
    let found = try limitations(pair + [swindon])
    guard case .membersMissing(let missing)? = found.first else {
      Issue.record("\(found)")
      return
    }
    #expect(missing.map(\.total) == ["Thames Valley Police", "Wiltshire Police"])
    #expect(missing[1].absent == ["Wiltshire"] && missing[0].absent.contains("Oxford"))
    #expect(!missing[0].absent.contains("South Oxfordshire") && !missing[0].absent.contains("Wycombe"))
  }

  @Test func aMeasureThatOnlySomePlacesHaveIsATotalOfThem() throws {
    let residual = Area(name: "no location", level: .residual, force: "Thames Valley Police")
    let found = try limitations(pair + [residual]) { area, measure in
      area == residual.name ? measure == "Burglary" : !(area == "South Oxfordshire" && measure == "Robbery")
    }
    #expect(
      found == [
        .membersMissing([
          .init(total: "South and Vale", measures: ["Robbery"], absent: ["South Oxfordshire"]),
          .init(total: "All areas", measures: ["Robbery"], absent: ["South Oxfordshire"]),
        ]),
        .groupsLeftOut([
          .init(
            total: "South Oxfordshire", measures: ["Serious acquisitive crime (proxy)"], absent: ["Robbery"])
        ]),
      ])
  }
}
