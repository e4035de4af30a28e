import ExceptionDetection
import Tables
import Testing
import TimeSeries

@testable import Reporting

struct StoryChartsTests {
  private func report() async throws -> EpisodeReport {
    let series = ["North <&>", "South"].enumerated().map { index, area in
      Series(
        key: SeriesKey(area: area, measure: "Theft"), start: .month(2018, 1),
        values: (0..<90).map { (month: Int) -> Double in
          let rise = month >= 86 ? 40 : 0
          return Double(30 + (month * 7 + 4 * index) % 9 + rise)
        })
    }
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: series)
    return try await EpisodeFinder(ExceptionDetector(last: 3), totalName: "All areas").run(panel)
  }

  @Test func aStoryHasAChartThatNamesItsFinding() async throws {
    let report = try await report()
    let step = Intervention(start: .month(2024, 3), effect: .step, kind: .recordingChange, note: "new system")
    let charts = StoryCharts(report, interventions: Interventions(everywhere: [step]))
    let story = try #require(report.stories.first { $0.lead.isHigher })
    let chart = try #require(charts.chart(story))
    #expect(chart.history.count == 60 && chart.exceptions.count == story.lead.flags)
    #expect(chart.breaks.map(\.label) == ["recording change"])
    #expect(chart.title.hasPrefix("Theft in all areas: ") && chart.title.contains("more"))
    let files = try charts.files(report.stories, version: "1")
    #expect(files.last?.path == "manifest.json")
    #expect(files.count == report.stories.count + 1)
  }

  @Test func episodesAndDetectabilityAreTables() async throws {
    let report = try await report()
    let csv = String(
      decoding: try Sheet.stories(report.stories, style: .yearMonth, explain: true).rendered(as: .csv), as: UTF8.self)
    #expect(csv.contains("All areas|Theft,2025-03"))
    #expect(csv.contains("South +") && csv.contains("North <&> +"))
    let sheet = Sheet.detectability(
      try await DetectabilityEstimator(ExceptionDetector(), draws: 20).run(
        Panel(
          frequency: .monthly, style: .yearMonth,
          series: [Series(key: SeriesKey(area: "x", measure: nil), start: .month(2020, 1), values: [1])])),
      style: .yearMonth)
    #expect(try sheet.rendered(as: .csv).count { $0 == 10 } == 2)
  }
}
