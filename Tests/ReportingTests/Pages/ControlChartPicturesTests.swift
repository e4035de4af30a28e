import ControlCharts
import Reporting
import Testing
import TimeSeries

@Suite struct ControlChartPicturesTests {
  /// Forty months around 20, of which the last is far above, and a series without any figure.
  private func charts() async throws -> [ControlChart] {
    let values = (0..<40).map { (month: Int) -> Double in
      if month == 39 { return 60 }
      return Double(18 + (month * 7) % 5)
    }
    let series = [
      Series(key: SeriesKey(area: "North <&>", measure: "Theft"), start: .month(2021, 1), values: values),
      Series(key: SeriesKey(area: "South", measure: "Theft"), start: .month(2021, 1), values: [.nan, .nan]),
    ]
    var drawing = ControlCharts(direction: .lower)
    for one in series { drawing.targets[one.key] = 25 }
    return try await drawing.run(
      Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test func onePageOneDrawingAChartAndTheManifest() async throws {
    let pictures = ControlChartPictures(try await charts())
    #expect(pictures.shown.map(\.key.area) == ["North <&>"])
    let files = try pictures.files(marking: "OFFICIAL", version: "1")
    #expect(files.count == 3 && files[0].path == "index.html" && files[2].path == "manifest.json")
    #expect(files[1].path.hasSuffix(".svg"))
    for file in files.prefix(2) { #expect(ParsedPage(file).error == nil, "\(file.path)") }
  }

  @Test func theWordsSayWhatTheLatestPointIs() async throws {
    let pictures = ControlChartPictures(try await charts())
    let page = ParsedPage(try #require(try pictures.files(marking: "OFFICIAL", version: "1").first))
    #expect(page.all("h2").map(\.text) == ["Theft in North <&>"])
    let words = try #require(page.all("p").map(\.text).first { $0.hasPrefix("Apr 2024") })
    #expect(words.hasPrefix("Apr 2024: 60; mean ") && words.contains("Concern (high)"), "\(words)")
    #expect(words.contains(" Target 25: "))
  }

  @Test func theWordsSayWhatIsTrialProposedOrOverlaps() async throws {
    let values = (0..<60).map { (month: Int) -> Double in Double((month < 40 ? 20 : 45) + (month * 7) % 5) }
    let stepped = Series(key: SeriesKey(uniqueID: "Stepped"), start: .month(2019, 1), values: values)
    let short = Series(key: SeriesKey(uniqueID: "Short"), start: .month(2023, 1), values: Array(values.prefix(10)))
    var sum = 0.0
    let soFar = Series(
      key: SeriesKey(uniqueID: "So far"), start: .month(2019, 1),
      values: (0..<48).map { month in
        sum = month % 12 == 0 ? 3 : sum + 3
        return sum
      }, kind: .value)
    var drawing = ControlCharts(direction: .lower)
    drawing.proposesRebases = true
    drawing.simulations = 50
    let drawn = try await drawing.run(
      Panel(frequency: .monthly, style: .yearMonth, series: [stepped, short, soFar]))
    let page = ParsedPage(try #require(try ControlChartPictures(drawn).files(marking: "OFFICIAL", version: "1").first))
    #expect(page.error == nil)
    #expect(
      page.all("div").map { $0.attributes["aria-label"] }
        == ["Stepped", "Short", "So far"].map { "Control chart of \($0)" })
    let words = page.all("p").map(\.text).filter { $0.dropFirst(3).hasPrefix(" 20") }
    #expect(words.count == 3)
    #expect(words[0].contains("new limits from there are proposed, not drawn"), "\(words[0])")
    #expect(words[0].contains("May 2022") && words[0].contains("risen by"))
    #expect(words[1].contains("Trial limits: fewer than 12 points") && words[1].contains("from 13 points on"))
    #expect(words[2].contains("No limits and no rules: these are year to date"), "\(words[2])")
  }
}
