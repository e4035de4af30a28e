import CommunitySafety
import Testing
import TimeSeries

@testable import Simulation

@Suite struct StreetFileTests {
  let simulation = OxfordshireSimulation()

  @Test(arguments: OxfordshireSimulation.streetMonths) func rowsAddUpToTheCounts(month: Period) throws {
    let text = StreetFile.text(seed: simulation.seed, panel: simulation.panel, month: month)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let header =
      "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
      + "Last outcome category,Context"
    #expect(lines[0] == header)
    #expect(lines.last == "")
    var counted: [SeriesKey: Double] = [:]
    var unlocated = 0
    var ids: Set<Substring> = []
    for line in lines.dropFirst().dropLast() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      try #require(fields.count == 12)
      #expect(fields[1] == PeriodStyle.yearMonth.format(month))
      if fields[9] == "Anti-social behaviour" {
        #expect(fields[0].isEmpty && fields[10].isEmpty)
      } else {
        #expect(fields[0].utf8.count == 64 && !fields[10].isEmpty)
        #expect(ids.insert(fields[0]).inserted)
      }
      if fields[8].isEmpty {
        unlocated += 1
        #expect(fields[7].isEmpty && fields[4].isEmpty && fields[6] == "No Location")
      } else {
        let district = String(fields[8].dropLast(5))
        counted[SeriesKey(area: district, measure: String(fields[9])), default: 0] += 1
        let known = try #require(MeasuredLevels.districts.first { $0.name == district })
        let code = try #require(Int(fields[7].dropFirst(1)))
        #expect((known.firstLSOA..<known.firstLSOA + MeasuredLevels.lsoaCount).contains(code))
        let (x, y) = (try #require(Double(fields[4])), try #require(Double(fields[5])))
        #expect((-2.0 ..< -0.9).contains(x) && (51.4..<52.1).contains(y))
      }
    }
    for series in simulation.panel.series {
      #expect(counted[series.key] ?? 0 == series[month], "\(series.key.uniqueID)")
    }
    #expect(unlocated > 0 && unlocated < 250)
  }
}
