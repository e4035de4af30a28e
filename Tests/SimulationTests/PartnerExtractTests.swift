import CommunitySafety
import Tables
import Testing
import TimeSeries

@testable import Simulation

@Suite struct PartnerExtractTests {
  struct Report {
    let month: String
    let area: String
    let person: String
  }
  let reports: [Report]

  init() throws {
    let simulation = OxfordshireSimulation()
    let text = try PartnerExtract.sheet(seed: simulation.seed, panel: simulation.panel).rendered(as: .csv)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    try #require(
      lines[0] == "source,incident_ref,date_reported,date_occurred,category,qualifier,area_code,person_pseudonym,"
        + "location_pseudonym")
    var refs: Set<Substring> = []
    reports = try lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      try #require(fields.count == 9)
      #expect(refs.insert(fields[1]).inserted)
      let reported = try #require(PeriodStyle.parse(fields[2], frequency: .daily)).period
      let occurred = try #require(PeriodStyle.parse(fields[3], frequency: .daily)).period
      #expect(occurred <= reported && reported - occurred <= 6)
      #expect(reported < Period(frequency: .daily, ordinal: Period.month(2026, 1).firstDay.daysSinceEpoch))
      #expect(["personal", "nuisance", "environmental"].contains(fields[5]))
      #expect(!fields[8].isEmpty)
      return Report(month: String(fields[3].prefix(7)), area: String(fields[6]), person: String(fields[7]))
    }
  }

  /// Share of reports in these months whose person reports at least three times in them.
  func repeatShare(_ area: String, _ months: ClosedRange<String>) -> Double {
    let here = reports.filter { $0.area == area && months.contains($0.month) }
    var times: [String: Int] = [:]
    for report in here where !report.person.isEmpty { times[report.person, default: 0] += 1 }
    let repeated = here.filter { times[$0.person] ?? 0 >= 3 }
    return Double(repeated.count) / Double(here.count)
  }

  @Test(arguments: MeasuredLevels.districts.map(\.code)) func repeatReportsGrowInSouthAndValeOnly(code: String) {
    let before = repeatShare(code, "2024-01"..."2024-06")
    let after = repeatShare(code, "2025-07"..."2025-12")
    if code == "E07000179" || code == "E07000180" {
      #expect(after - before > 0.15, "\(before) \(after)")
    } else {
      #expect(abs(after - before) < 0.12, "\(before) \(after)")
    }
  }

  @Test func aboutAThirdOfTheIncidentsAreReported() throws {
    let panel = OxfordshireSimulation().panel
    let incidents = panel.series.filter { $0.key.measure == "Anti-social behaviour" }
      .reduce(0.0) { sum, series in sum + (0..<24).reduce(0.0) { $0 + (series[.month(2024, 1) + $1] ?? .nan) } }
    let share = Double(reports.count) / incidents
    #expect(share > 0.32 && share < 0.38)
  }
}
