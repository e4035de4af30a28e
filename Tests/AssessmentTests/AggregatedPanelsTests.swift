import CommunitySafety
import Diagnostics
import Ingest
import ModelFiles
import Testing
import TimeSeries

@testable import Assessment

@Suite struct AggregatedPanelsTests {
  private func panels(_ value: @escaping (String, String, Int) -> Double) throws -> AggregatedPanels {
    try AggregatedPanels(fixtureData(months: 24, value: value), measures: try ModelFileLoader.builtIn().measures)
  }

  private func series(_ panels: AggregatedPanels, _ level: AreaLevel, _ area: String, _ measure: String) -> Series? {
    panels.layers.filter { $0.level == level }.compactMap { $0.panel[SeriesKey(area: area, measure: measure)] }.first
  }

  @Test func partnershipsOfSeveralDistrictsAreTheirSum() throws {
    let panels = try panels { area, _, _ in area.hasPrefix("South") ? 2 : area.hasPrefix("Vale") ? 3 : 10 }
    #expect(series(panels, .csp, "South and Vale", "Burglary")?.values == [Double](repeating: 5, count: 24))
    // A partnership of one district is that district: nothing is modelled twice.
    #expect(series(panels, .csp, "Cherwell", "Burglary") == nil)
    let places = panels.hierarchy.areas
    #expect(
      ["Cherwell", "Oxford City"].map { places.index(of: .init($0, "csp")) }
        == ["Cherwell", "Oxford"].map {
          places.index(of: .init($0, "district"))
        })
    #expect(panels.places.all.filter { $0.level == .csp }.map(\.name) == ["Cherwell", "Oxford City", "South and Vale"])
  }

  /// Wards add up to their partnership, with what is known of a district but of no ward.
  @Test func aPartnershipOfWards() throws {
    func area(_ name: String, _ level: AreaLevel) -> Area {
      Area(name: name, level: level, district: "Oxford", force: "F", csp: "Oxford City")
    }
    let areas = [area("Carfax", .ward), area("Oxford City", .ward), area("Oxford: ward not known", .residual)]
    let series = areas.enumerated().map {
      Series(key: SeriesKey(area: $1.name, measure: "Burglary"), start: .month(2020, 1), values: [Double(1 + $0)])
    }
    let data = IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }), completeness: .init(cells: []),
      accounting: .init(), sources: [], notes: [])
    let panels = try AggregatedPanels(data, measures: try ModelFileLoader.builtIn().measures)
    // It is all there is, and no ward alone.
    #expect(panels.places.otherNames.map(\.name.level) == [.whole])
    #expect(self.series(panels, .csp, "Oxford City (partnership)", "Burglary")?.values == [6])
    #expect(self.series(panels, .ward, "Carfax", "Burglary")?.values == [1])
  }

  /// Of serious acquisitive crime the share detected is that of all burglaries, robberies and vehicle crimes together, not the mean of
  /// three shares, and no less a proxy.
  @Test func theShareDetectedOfAGroupIsPooled() throws {
    let measures = try ModelFileLoader.builtIn().measures
    let parts: [(String, share: Double, of: Double)] = [
      ("Burglary", 0.1, 100), ("Robbery", 0.5, 10), ("Vehicle crime", 0.05, 200),
    ]
    let areas = ["Oxford", "Cherwell"].map { Area(name: $0, level: .district) }
    let series = areas.flatMap { area in
      parts.map { part in
        Series(
          key: SeriesKey(area: area.name, measure: OutcomeClasses.detectedMeasure(of: part.0)), start: .month(2024, 1),
          values: [part.share], kind: .proportion, denominators: [part.of])
      }
    }
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: series)
    let data = IngestedData(
      kind: .policeUK, panel: panel, areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }),
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [])
    let known = measures.withDetectedGroups(among: panel.measures)
    let group = try #require(known.groups.last)
    #expect(group.label == "Serious acquisitive crime (detected) (proxy)" && group.polarity == .higherIsBetter)
    #expect(known.groups.count == measures.groups.count + 1, "of acquisitive crime members are absent")
    let total = try #require(self.series(try AggregatedPanels(data, measures: known), .district, "Oxford", group.label))
    #expect(total.kind == .proportion && total.denominators == [310] && total.numerators == [25])
    #expect(abs(total.values[0] - 25.0 / 310) < 1e-12)
    #expect(measures.withDetectedGroups(among: ["Burglary"]).groups == measures.groups)
  }

  @Test func partnershipsThatAreTheBaseAreNotAddedUpAgain() throws {
    let areas = [("P", AreaLevel.csp), ("Q", .csp)].map { Area(name: $0, level: $1, force: "F", csp: $0) }
    let series = areas.map {
      Series(key: SeriesKey(area: $0.name, measure: "Burglary"), start: .month(2020, 1), values: [2])
    }
    let data = IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }), completeness: .init(cells: []),
      accounting: .init(), sources: [], notes: [])
    let panels = try AggregatedPanels(data, measures: try ModelFileLoader.builtIn().measures)
    #expect(panels.places.all.map(\.name) == ["P", "Q", AggregatedPanels.wholeAreaName])
    #expect(panels.layers.map(\.level) == [.csp, .whole])
  }

  /// A district whose figures stop early is missing from then on: its last year is that of all others.
  @Test func everySeriesEndsWithTheData() throws {
    let areas = ["Kept", "Stopped"].map { Area(name: $0, level: .district, force: "F") }
    let series = zip(areas, [24, 21]).map { area, months in
      Series(
        key: SeriesKey(area: area.name, measure: "Burglary"), start: .month(2020, 1),
        values: [Double](repeating: 2, count: months))
    }
    let data = IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }), completeness: .init(cells: []),
      accounting: .init(), sources: [], notes: [])
    let panels = try AggregatedPanels(data, measures: try ModelFileLoader.builtIn().measures)
    #expect(panels.layers.flatMap(\.panel.series).allSatisfy { $0.end == .month(2021, 12) })
    let stopped = try #require(self.series(panels, .district, "Stopped", "Burglary"))
    #expect(stopped.observedCount == 21 && stopped[.month(2021, 9)] == 2 && stopped[.month(2021, 10)] == nil)
  }

  @Test func theWholeHoldsRowsWithoutAPlace() throws {
    let panels = try panels { area, _, _ in area.hasSuffix("no location") ? 100 : 1 }
    #expect(series(panels, .whole, AggregatedPanels.wholeAreaName, "Burglary")?.values.first == 104)
  }

  @Test func antiSocialBehaviourIsNoCrime() throws {
    let panels = try panels { _, type, _ in type == CrimeType.antiSocialBehaviour.rawValue ? 1000 : 1 }
    #expect(series(panels, .district, "Oxford", "All crime (excluding ASB)")?.values.first == 13)
    #expect(series(panels, .district, "Oxford", "Serious acquisitive crime (proxy)")?.values.first == 3)
  }

  @Test func aMissingPartMakesTheTotalMissing() throws {
    let panels = try panels { area, type, month in
      area == "Vale of White Horse" && type == "Burglary" && month == 5 ? .nan : 1
    }
    #expect(series(panels, .csp, "South and Vale", "Burglary")?.values[5].isNaN == true)
    #expect(series(panels, .csp, "South and Vale", "Robbery")?.values[5] == 2)
    #expect(series(panels, .district, "Vale of White Horse", "Acquisitive crime")?.values[5].isNaN == true)
    #expect(series(panels, .whole, AggregatedPanels.wholeAreaName, "Burglary")?.values[5].isNaN == true)
  }
}

@Suite struct BreakLookupTests {
  private func lookup(_ entry: BreakCalendar.Entry, without: [String] = []) throws -> BreakLookup {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: [entry])
    let data = fixtureData(months: 3) { _, _, _ in 1 }
    let panels = try AggregatedPanels(data, measures: reference.measures)
    return try BreakLookup(reference, places: panels.places, frequency: .monthly, without: without)
  }

  private func entry(areas: [String]?, measures: [String]?) throws -> BreakCalendar.Entry {
    BreakCalendar.Entry(
      id: "step", from: try #require(CivilDate(year: 2020, month: 2, day: 15)), through: nil, areas: areas,
      measures: measures, kind: .recordingChange, note: "new rules")
  }

  @Test func concernsThePlaceItsTotalsAndTheGroupsOfTheMeasure() throws {
    let lookup = try lookup(entry(areas: ["Vale of White Horse"], measures: ["Burglary"]))
    func concerns(_ area: String, _ measure: String) -> Bool {
      !lookup(SeriesKey(area: area, measure: measure)).isEmpty
    }
    #expect(concerns("Vale of White Horse", "Burglary"))
    #expect(concerns("South and Vale", "Burglary"))
    #expect(concerns(AggregatedPanels.wholeAreaName, "Burglary"))
    #expect(concerns("Vale of White Horse", "Acquisitive crime"))
    #expect(!concerns("Vale of White Horse", "Drugs"))
    #expect(!concerns("Oxford", "Burglary"))
    #expect(!concerns("South Oxfordshire", "Burglary"))
  }

  @Test func concernsTheWardsOfADistrict() throws {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: [try entry(areas: ["E07000178"], measures: nil)])
    let wards = [("Carfax", "Oxford"), ("Wantage", "Vale of White Horse")].map {
      Area(name: $0, level: .ward, district: $1, force: "F")
    }
    let lookup = try BreakLookup(reference, areas: wards, frequency: .monthly, without: [])
    #expect(!lookup(SeriesKey(area: "Carfax", measure: "Drugs")).isEmpty)
    #expect(lookup(SeriesKey(area: "Wantage", measure: "Drugs")).isEmpty)
  }

  /// Where partnerships are the smallest areas, what concerns one of their districts concerns them.
  @Test func concernsThePartnershipOfADistrictThatIsNotCounted() throws {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: [try entry(areas: ["Vale of White Horse"], measures: nil)])
    let areas = ["South and Vale", "Cherwell"].map {
      Area(name: $0, level: .csp, force: "Thames Valley Police", csp: $0)
    }
    let lookup = try BreakLookup(reference, areas: areas, frequency: .monthly, without: [])
    #expect(!lookup(SeriesKey(area: "South and Vale", measure: "Drugs")).isEmpty)
    #expect(!lookup(SeriesKey(area: AggregatedPanels.wholeAreaName, measure: "Drugs")).isEmpty)
    #expect(lookup(SeriesKey(area: "Cherwell", measure: "Drugs")).isEmpty)
  }

  @Test func byForceSlugOrForEverywhere() throws {
    #expect(
      try !lookup(entry(areas: ["thames-valley"], measures: nil))(SeriesKey(area: "Oxford", measure: "Drugs")).isEmpty)
    #expect(try !lookup(entry(areas: nil, measures: nil))(SeriesKey(area: "Oxford", measure: "Drugs")).isEmpty)
  }

  @Test func theStepBeginsInThePeriodThatHoldsItsDate() throws {
    let lookup = try lookup(entry(areas: nil, measures: nil))
    let interventions = lookup(SeriesKey(area: "Oxford", measure: "Drugs"))
    #expect(interventions.map(\.start) == [.month(2020, 2)])
    #expect(interventions.map(\.effect) == [.step])
  }

  @Test func anEntryCanBeIgnoredByName() throws {
    let entry = try entry(areas: nil, measures: nil)
    #expect(try lookup(entry, without: ["step"])(SeriesKey(area: "Oxford", measure: "Drugs")).isEmpty)
    #expect(throws: HorizonError.self) { try lookup(entry, without: ["other"]) }
  }
}
