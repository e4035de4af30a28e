import CommunitySafety
import Ingest
import ModelFiles
import Testing
import TimeSeries

@testable import Assessment

/// A place that is several things at once is one place.
@Suite struct RunPlacesTests {
  private func district(_ name: String, csp: String? = nil, force: String? = nil) -> Area {
    Area(name: name, level: .district, force: force, csp: csp)
  }

  private func names(_ places: RunPlaces) -> [[String]] {
    places.dimension.members.map { ([$0.name] + $0.aliases).map { "\($0.text)/\($0.level)" } }
  }

  @Test func aPartnershipOfOneDistrictIsThatDistrict() throws {
    let places = try RunPlaces(
      [
        district("Cherwell", csp: "Cherwell"), district("Oxford", csp: "Oxford City"),
        district("South", csp: "South and Vale"), district("Vale", csp: "South and Vale"),
      ], withWhole: true)
    #expect(
      names(places) == [
        ["Cherwell/district", "Cherwell/csp"], ["Oxford/district", "Oxford City/csp"], ["South/district"],
        ["Vale/district"], ["South and Vale/csp"], ["All areas/whole"],
      ])
    #expect(places.all.map(\.name).suffix(4) == ["Cherwell", "Oxford City", "South and Vale", "All areas"])
    #expect(places.otherNames.map(\.name.name) == ["Cherwell", "Oxford City"])
    #expect(places.otherNames.map(\.place.name) == ["Cherwell", "Oxford"])
  }

  /// Everything is one partnership; a force is one district, and so is the partnership of that name.
  @Test func soIsAnyTotalOfTheSameAreas() throws {
    let pair = try RunPlaces(
      [district("South", csp: "South and Vale"), district("Vale", csp: "South and Vale")], withWhole: true)
    #expect(names(pair) == [["South/district"], ["Vale/district"], ["South and Vale/csp", "All areas/whole"]])
    let city = try RunPlaces(
      [
        district("City of London", csp: "City of London", force: "City of London Police"),
        district("Kent", force: "Kent Police"),
        Area(name: "Kent Police: no location", level: .residual, force: "Kent Police"),
      ], withWhole: true)
    #expect(
      names(city) == [
        ["City of London/district", "City of London/csp", "City of London Police/force"], ["Kent/district"],
        ["Kent Police: no location/residual"], ["Kent Police/force"], ["All areas/whole"],
      ])
  }

  /// A series is known by the name of its area: of two places of one name one says its level.
  @Test func aForceWithTheNameOfOneOfItsDistrictsSaysSo() throws {
    let places = try RunPlaces(
      [
        district("Swindon", csp: "Swindon", force: "Wiltshire"),
        district("Wiltshire", csp: "Wiltshire", force: "Wiltshire"),
        district("Kent", csp: "Kent", force: "Kent Police"),
      ], withWhole: false)
    #expect(
      names(places).suffix(2) == [["Kent/district", "Kent/csp", "Kent Police/force"], ["Wiltshire (force)/force"]])
    let force = try #require(places.dimension.index(of: .init("Wiltshire (force)", "force")))
    #expect(places.dimension.leaves(of: force) == [0, 1])
  }

  /// Records without a place are no place that a force could be another name of.
  @Test func aForceWithoutPlacesIsATotal() throws {
    let places = try RunPlaces(
      [
        Area(name: "F: no location", level: .residual, force: "F"), district("A", force: "G"),
        district("B", force: "G"),
      ], withWhole: false)
    #expect(names(places).suffix(2) == [["G/force"], ["F/force"]])
  }
}

/// What an assessment makes of such places.
@Suite struct NamedTwiceTests {
  private func assess(_ data: IngestedData, threads: Int = 2) async throws -> StrategicAssessment {
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 200
    var assessor = Assessor(
      configuration: configuration, reference: try ModelFileLoader.builtIn(), threads: threads)
    assessor.parts = []
    return try await assessor.assess(data)
  }

  private func wave(_ area: String, _ type: String, _ month: Int) -> Double {
    Double(20 + (month * 7 + area.utf8.count * 5 + type.utf8.count) % 11 + month / 6)
  }

  @Test func itIsForecastJudgedAndScoredOnceAndRankedUnderEitherName() async throws {
    let assessment = try await assess(fixtureData(value: wave))
    let keys = assessment.series.map(\.observed.key)
    #expect(Set(keys).count == keys.count)
    #expect(!keys.contains { $0.area == "Oxford City" } && keys.contains { $0.area == "South and Vale" })
    #expect(Set(assessment.hierarchy.nodes.map(\.key)).isSuperset(of: keys))
    // Each place with its measures is judged in the same number of periods, once.
    #expect(assessment.tests.count == keys.count * assessment.configuration.judgedPeriods)
    let found = try #require(assessment.series(SeriesKey(area: "Oxford City", measure: "Burglary")))
    #expect(found.observed.key == SeriesKey(area: "Oxford", measure: "Burglary"))
    #expect(assessment.names(of: "Oxford City").map(\.level) == [.district, .csp])
    #expect(assessment.names(of: "Oxford").map(\.name) == ["Oxford", "Oxford City"])
    let rows = assessment.risks.filter { ["Oxford", "Oxford City"].contains($0.area.name) && $0.label == "Burglary" }
    #expect(rows.map(\.area.level) == [.district, .csp] && rows.allSatisfy { $0.rank != nil })
    #expect(rows[0].outlook == rows[1].outlook && rows[0].score == rows[1].score)
    #expect(rows[0].recommendation == rows[1].recommendation)
    // Among partnerships there are three places, among districts four.
    func ranks(_ level: AreaLevel) -> [Int] { assessment.risks(level: level, groups: false).compactMap(\.rank) }
    #expect(ranks(.csp) == Array(1...(3 * CrimeType.allCases.count)))
    #expect(ranks(.district) == Array(1...(4 * CrimeType.allCases.count)))
  }

  /// Everything that is one partnership: two rankings, one forecast.
  @Test func aWholeThatIsOnePartnershipIsNotMadeAgain() async throws {
    let all = fixtureData(value: wave)
    let data = all.keeping(["South Oxfordshire", "Vale of White Horse"])
    let assessment = try await assess(data)
    #expect(Set(assessment.series.map(\.area.name)) == ["South Oxfordshire", "Vale of White Horse", "South and Vale"])
    let whole = assessment.risks(level: .whole, groups: false)
    let partnership = assessment.risks(level: .csp, groups: false)
    #expect(whole.count == CrimeType.allCases.count)
    #expect(whole.map(\.score) == partnership.map(\.score) && whole.map(\.rank) == partnership.map(\.rank))
    #expect(whole.allSatisfy { $0.area.name == AggregatedPanels.wholeAreaName })
  }

  /// A series that cannot be compared is one, whatever its names.
  @Test func limitationsCountAPlaceOnce() async throws {
    let assessment = try await assess(
      fixtureData(months: 60) { area, type, month in
        area == "Oxford" && type == "Burglary" && month >= 48 ? .nan : wave(area, type, month)
      })
    #expect(assessment.limitations.contains(.notAssessable(series: 1)))
  }
}

extension IngestedData {
  /// The data of some of its areas.
  fileprivate func keeping(_ names: Set<String>) -> IngestedData {
    IngestedData(
      kind: kind, panel: panel.filterMap { names.contains($0.key.area) ? $0 : nil },
      areas: areas.filter { names.contains($0.key) }, completeness: completeness, accounting: accounting,
      sources: sources, notes: notes)
  }
}
