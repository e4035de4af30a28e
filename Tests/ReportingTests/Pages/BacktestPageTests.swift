import Tables
import Evaluation
import Forecasting
import NumericCore
import Reporting
import Testing
import TimeSeries

@Suite struct BacktestPageTests {
  /// Two areas, five years of seasonal counts; one name needs escaping.
  static func report(months: Int = 60) async throws -> BacktestReport {
    let series = ["North & <East>", "South"].map { area in
      var random = RandomSource(seed: 5, stream: area)
      return Series(
        key: SeriesKey(area: area, measure: "Burglary"), start: .month(2020, 1),
        values: (0..<months).map { t in
          random.negativeBinomial(mean: 20 + 6 * sine(2 * Double.pi * Double(t) / 12), size: 15)
        })
    }
    return try await Backtest(
      models: [.counts, .seasonalNaive], origins: RollingOrigins(count: 4, step: 12, horizon: 12), pathCount: 200
    ).run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test func thePageIsWellFormedAndWholeInItself() async throws {
    let html = BacktestPage(try await BacktestPageTests.report(), marking: "TEST <1>", version: "0").html()
    let page = ParsedPage(OutputFile(path: "page.html", text: html))
    #expect(page.error == nil)
    #expect(Set(page.identifiers).count == page.identifiers.count)
    for name in ["script", "link", "iframe", "img"] { #expect(page.all(name).isEmpty) }
    #expect(page.all("h1").count == 1 && page.all("style").count == 1)
    #expect(page.text.contains("North & <East>") && page.text.contains("TEST <1>"))
    // Every picture is named and described.
    #expect(page.all("svg").count >= 8)
    for svg in page.all("svg") {
      #expect(svg.attributes["role"] == "img")
      for part in ["aria-labelledby", "aria-describedby"] {
        #expect(svg.attributes[part].map(page.identifiers.contains) == true)
      }
    }
    #expect(page.text.contains("was left out as an origin"))
  }

  @Test func theSameReportGivesTheSamePage() async throws {
    let one = BacktestPage(try await BacktestPageTests.report(), marking: "OFFICIAL", version: "0").html()
    let other = BacktestPage(try await BacktestPageTests.report(), marking: "OFFICIAL", version: "0").html()
    #expect(one == other)
  }
}
