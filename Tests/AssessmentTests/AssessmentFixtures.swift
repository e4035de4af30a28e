import CommunitySafety
import Ingest
import ModelFiles
import TimeSeries

/// Data as an ingest would return it: two districts of one partnership, one of another, and rows without a place.
func fixtureData(
  months: Int = 60, measures: [String] = CrimeType.allCases.map(\.rawValue), value: (String, String, Int) -> Double
) -> IngestedData {
  let force = "Thames Valley Police"
  let areas = [
    Area(name: "Cherwell", level: .district, force: force, csp: "Cherwell", population: 161_024),
    Area(name: "Oxford", level: .district, force: force, csp: "Oxford City", population: 162_032),
    Area(name: "South Oxfordshire", level: .district, force: force, csp: "South and Vale", population: 149_092),
    Area(name: "Vale of White Horse", level: .district, force: force, csp: "South and Vale", population: 138_906),
    Area(name: "Thames Valley Police: no location", level: .residual, force: force),
  ]
  let series = areas.flatMap { area in
    measures.map { measure in
      Series(
        key: SeriesKey(area: area.name, measure: measure), start: .month(2020, 1),
        values: (0..<months).map { value(area.name, measure, $0) })
    }
  }
  return IngestedData(
    kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
    areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }), completeness: CompletenessCalendar(cells: []),
    accounting: RowAccounting(), sources: [], notes: [])
}
