import Foundation
import Testing

@testable import Charts

@Suite struct TimeSeriesChartTests {
  private func chart(_ history: [Double]) -> TimeSeriesChart {
    TimeSeriesChart(id: "c", title: "Finding <1>", description: "Last value 9 & counting", history: history)
  }

  /// The `d` attribute of the path of a class.
  private func path(_ className: String, in svg: String) -> String {
    guard let start = svg.range(of: "<path class=\"\(className)\" d=\"") else { return "" }
    return String(svg[start.upperBound...].prefix { $0 != "\"" })
  }

  @Test func itIsNamedAndDescribedForScreenReaders() {
    let svg = chart([1, 2, 9]).svg().source
    #expect(svg.contains("role=\"img\""))
    #expect(
      svg.contains("aria-labelledby=\"c-title\"") && svg.contains("<title id=\"c-title\">Finding &lt;1&gt;</title>"))
    #expect(
      svg.contains("aria-describedby=\"c-desc\"")
        && svg.contains("<desc id=\"c-desc\">Last value 9 &amp; counting</desc>"))
  }

  @Test func aMissingMonthIsAGapNotALineOrAZero() {
    let svg = chart([10, 12, .nan, 14, 15]).svg().source
    let line = path("history", in: svg)
    #expect(line.filter { $0 == "M" }.count == 2 && line.filter { $0 == "L" }.count == 2)
    // Five positions, four points: nothing is drawn where the value is missing.
    #expect(line.split(separator: " ").count == 8)
    #expect(svg.contains("class=\"gap\"") && svg.contains(">no data</text>"))
    let whole = chart([10, 12, 13, 14, 15]).svg().source
    #expect(!whole.contains("class=\"gap\"") && path("history", in: whole).filter { $0 == "M" }.count == 1)
  }

  @Test func aLoneValueBetweenGapsIsADot() {
    #expect(chart([.nan, 5, .nan]).svg().source.contains("<circle class=\"history\""))
  }

  @Test func exceptionsDifferInShapeAndFill() {
    var chart = chart([5, 20, 1, 6])
    chart.exceptions = [.init(position: 1, isHigher: true), .init(position: 2, isHigher: false)]
    let svg = chart.svg().source
    #expect(svg.contains("<polygon class=\"higher\"") && svg.contains("<polygon class=\"lower\""))
    #expect(svg.contains("fill=\"\(Palette.orange)\"") && svg.contains("fill=\"\(Palette.paper)\""))
    #expect(svg.contains(">higher than expected</text>") && svg.contains(">lower than expected</text>"))
  }

  @Test func everyLayerIsDrawn() {
    var chart = chart([5, 6, 7, 6])
    chart.fitted = [.nan, 5.5, 6, 6.5]
    chart.future = .init(start: 4, middle: [6, 7], inner: ([4, 4], [8, 9]), outer: ([3, 2], [9, 10]))
    chart.breaks = [.init(position: 1, label: "A"), .init(position: 2, through: 3, label: "B & C")]
    chart.expectedRanges = [.init(position: 3, lower: 4, upper: 8)]
    chart.timeTicks = [.init(position: 0, label: "2024"), .init(position: 5, label: "2025")]
    let svg = chart.svg().source
    for layer in ["history", "expected", "forecast", "band-80", "band-95"] { #expect(!path(layer, in: svg).isEmpty) }
    #expect(svg.contains(">B &amp; C</text>") && svg.contains("class=\"break-window\"") && svg.contains(">2025</text>"))
    #expect(svg.contains(">80 % range</text>") && svg.contains(">7</text>"))
  }

  @Test func textIsAtLeastTwelvePixelsAndLinesTwo() throws {
    var chart = chart([5, 6, 7, .nan, 6])
    chart.future = .init(start: 5, middle: [6, 7], inner: ([4, 4], [8, 9]), outer: ([3, 2], [9, 40]))
    chart.breaks = [.init(position: 1, label: "A")]
    let svg = chart.svg().source
    let sizes = svg.split(separator: "font-size=\"").dropFirst().compactMap { Int($0.prefix { $0 != "\"" }) }
    #expect(!sizes.isEmpty && sizes.allSatisfy { $0 >= 12 })
    for path in svg.split(separator: "<path ").dropFirst() where path.contains("stroke-width=\"") {
      let after = try #require(path.split(separator: "stroke-width=\"").dropFirst().first)
      #expect((Double(after.prefix { $0 != "\"" }) ?? 0) >= 2)
    }
    #expect(chart.isClipped && svg.contains("95 % range goes beyond the top"))
  }

  @Test(arguments: [
    [], [.nan], [.nan, .nan], [0], [0, 0, 0], [1e12, 3e12], [5], [.infinity, 2], [-4, 3], [.greatestFiniteMagnitude],
  ])
  func anyHistoryCanBeDrawn(history: [Double]) {
    var chart = chart(history)
    chart.fitted = [1, .nan]
    chart.future = .init(start: history.count, middle: [.nan, 1e12], inner: ([0], [1e12]), outer: ([], [.infinity]))
    chart.breaks = [
      .init(position: -5, through: -2, label: "x"), .init(position: 900, label: "y"), .init(position: 0, label: "z"),
    ]
    chart.exceptions = [.init(position: -1, isHigher: true), .init(position: 99, isHigher: false)]
    chart.expectedRanges = [.init(position: 70, lower: .nan, upper: 1)]
    chart.timeTicks = [.init(position: 400, label: "late")]
    let svg = chart.svg().source
    #expect(svg.hasSuffix("</svg>"))
    // A coordinate that is not a number would show.
    #expect(!svg.contains("nan") && !svg.contains("inf\""))
  }

  @Test func theSameChartIsTheSameText() {
    #expect(chart([1, 2, 3]).svg() == chart([1, 2, 3]).svg())
  }
}
