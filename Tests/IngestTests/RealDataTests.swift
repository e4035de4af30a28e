import CommunitySafety
import Foundation
import TestSupport
import TimeSeries
import Testing

@testable import Ingest

@Suite(.enabled(if: Fixture.sharedData != nil, "real data not beside the checkout"))
struct RealDataTests {
  private func path(_ name: String) throws -> String {
    try #require(Fixture.sharedData).appendingPathComponent(name).path
  }

  @Test func fourForces() async throws {
    let data = try await read([try path("police-uk/four-forces-2018-01-to-2021-09.zip")]) { $0.threads = 2 }
    #expect(data.accounting.read == 1_928_460)
    #expect(data.accounting.balances && data.accounting.setAside.isEmpty)
    let home = data.areas.values.filter { $0.level == .district }
    #expect(home.count == 19)
    #expect(data.panel.measures == CrimeType.allCases.map(\.rawValue))
    #expect(data.panel.series.filter { data.areas[$0.key.area]?.level == .district }.count == 266)
    #expect(data.panel.span == .month(2018, 1)...(.month(2021, 9)))
    #expect(data.panel.series.allSatisfy { $0.count == 45 })
    // July 2019 is absent for all but the City of London, and nothing else is in doubt.
    #expect(
      data.completeness.doubtful.map(\.source) == ["avon-and-somerset", "merseyside", "south-yorkshire"])
    #expect(data.completeness.doubtful.allSatisfy { $0.status == .absent && $0.period == .month(2019, 7) })
    // Totals over all series equal the rows that were counted.
    let total = data.panel.series.reduce(0.0) { $0 + $1.values.reduce(0) { $0 + ($1.isNaN ? 0 : $1) } }
    #expect(Int(total) == 1_928_460)
    #expect(data.sources[0].sha256 == "110cd656a64c13579b174933e21390b96f4a0f6e71f34c0eeb8cbccf8d6566ce")
  }

  @Test func oxfordshire() async throws {
    let districts = ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse", "West Oxfordshire"]
    let data = try await read([try path("police-uk/thames-valley-2018-06-to-2025-12.zip")]) {
      $0.areas = districts
      $0.threads = 2
    }
    #expect(data.accounting.read == 269_655 && data.accounting.balances)
    #expect(data.panel.areas == districts)
    #expect(data.panel.series.count == 70)
    #expect(data.panel.series[0].count == 91 && data.panel.series[0].observedCount == 17)
    #expect(Set(data.areas.values.compactMap(\.csp)).count == 4)
  }

  @Test func m3() async throws {
    let data = try await read([try path("forecasting/m3_train.csv")])
    #expect(data.panel.series.count == 1428 && data.panel.frequency == .monthly)
    #expect(data.panel.series[0].key.uniqueID == "N1402" && data.panel.series[0].values[0] == 2640)
    #expect(data.accounting.counted == 141_858 && data.accounting.balances)
  }

  /// A wide table of 32,314 series, against a long one made from the same source by other hands.
  @Test func postcodes() async throws {
    let data = try await read([try path("forecasting/nsw-postcodes-wide.zip")])
    #expect(data.panel.series.count == 32_314 && data.panel.areas.count == 623)
    #expect(data.accounting == RowAccounting(unit: .cells, read: 8_918_664, counted: 8_918_664))
    #expect(
      data.panel.span == .month(1995, 1)...(.month(2017, 12)) && data.panel.style.unified(with: .monthName) != nil)
    #expect(data.panel.series.allSatisfy { $0.count == 276 && $0.kind == .count })
    let long = try await read([try path("forecasting/nsw-monthly-2000-series.zip")])
    var compared = 0
    for series in long.panel.series {
      // Its identifiers have a semicolon where the source has a comma.
      let measure = try #require(series.key.measure).replacing(";", with: ",")
      guard let wide = data.panel[SeriesKey(area: series.key.area, measure: measure)] else { continue }
      compared += 1
      let offset = series.start - wide.start
      #expect(wide.values[offset..<offset + series.count].elementsEqual(series.values))
    }
    #expect(compared == long.panel.series.count)
  }
}
