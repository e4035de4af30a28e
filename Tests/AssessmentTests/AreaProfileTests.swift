import CommunitySafety
import ModelFiles
import Testing
import TimeSeries

@testable import Assessment

@Suite struct AreaProfileTests {
  private func profiles(_ value: @escaping (String, String, Int) -> Double) throws -> [String: AreaProfile] {
    let reference = try ModelFileLoader.builtIn()
    let data = fixtureData(months: 24, value: value)
    let panels = try AggregatedPanels(data, measures: reference.measures)
    let series = panels.layers.flatMap { layer in
      layer.panel.series.compactMap { series -> AssessedSeries? in
        guard let area = panels.places.all.first(where: { $0.name == series.key.area && $0.level == layer.level })
        else {
          return nil
        }
        return AssessedSeries(
          area: area, measure: reference.measures.measure(series.key.measure ?? "", kind: series.kind),
          observed: series,
          forecast: nil, outlook: nil, interventions: [], tests: [])
      }
    }
    let assessment = StrategicAssessment(
      configuration: AssessmentConfiguration(), data: data, series: series, areas: panels.places.all, risks: [],
      tests: [],
      themes: [], limitations: [], reference: reference, hierarchy: panels.hierarchy)
    return Dictionary(uniqueKeysWithValues: assessment.areaProfiles.map { ($0.area.name, $0) })
  }

  @Test func ratesAreOfTheLastYearWithoutAntiSocialBehaviour() throws {
    let profiles = try profiles { area, type, month in
      if area == "Oxford", type == "Burglary", month == 20 { return .nan }
      return type == CrimeType.antiSocialBehaviour.rawValue ? 100 : month < 12 ? 50 : 2
    }
    let cherwell = try #require(profiles["Cherwell"])
    #expect(cherwell.crimes == 12 * 13 * 2 && cherwell.incidents == 1200)
    #expect(cherwell.crimesPerThousand == 1000 * 312 / 161_024.0)
    let pair = try #require(profiles["South and Vale"])
    #expect(pair.crimes == 624 && pair.area.population == 149_092 + 138_906)
    // A month is missing: nothing is known of the year.
    #expect(profiles["Oxford"]?.crimes == nil && profiles["Oxford"]?.incidents == 1200)
    // A partnership that repeats its one district, and rows without a place, are no areas of their own.
    #expect(profiles["Oxford City"] == nil && profiles["Thames Valley Police: no location"] == nil)
  }

  /// What is known in part is compared with nothing, and adds up to no year.
  @Test func aYearThatIsKnownInPartHasNoFigure() {
    let series = Series(
      key: SeriesKey(area: "A", measure: "Burglary"), start: .month(2023, 1), values: [Double](repeating: 5, count: 24),
      partial: [11])
    #expect(series.lastYear(to: .month(2024, 12)) == 60 && series.lastYear(to: .month(2024, 11)) == nil)
  }

  @Test func noRateWithoutResidents() {
    let area = Area(name: "A", level: .district)
    #expect(AreaProfile(area: area, crimes: 10, incidents: 3).crimesPerThousand == nil)
    let empty = Area(name: "A", level: .district, population: 0)
    #expect(AreaProfile(area: empty, crimes: 10, incidents: 3).incidentsPerThousand == nil)
  }
}
