import Testing

@testable import Charts

@Suite struct ScoreChartTests {
  @Test func linesAreLabelledAtTheirEndsAndToldApartByDashes() {
    let chart = ScoreLines(
      id: "s", title: "t", description: "d",
      lines: [
        .init(label: "a <b>", values: [1, 2, 3]), .init(label: "b", values: [1, 2, 3]),
        .init(label: "gap", values: [1, .nan, 2]), .init(label: "none", values: [.nan, .nan, .nan]),
        .init(label: "fifth", values: [1, 1, 1]),
      ], positions: ["1", "2", "3"], axis: "months ahead")
    let svg = chart.svg().source
    #expect(svg.contains("a &lt;b&gt;") && svg.contains(">b</text>") && svg.contains(">gap</text>"))
    #expect(!svg.contains(">none<") && !svg.contains(">fifth<"))
    #expect(svg.contains("stroke-dasharray=\"8 4\"") && svg.contains("role=\"img\""))
    // Two points that have no neighbour are dots, not lines.
    #expect(svg.components(separatedBy: "<circle class=\"score\"") == 3)
  }

  @Test(arguments: [([], []), ([1.0], ["1"]), ([.nan], ["1"]), ([1e300, -1e300], ["1", "2"])])
  func anyLinesCanBeDrawn(values: [Double], positions: [String]) {
    for width in [10.0, 340, 720] {
      var chart = ScoreLines(
        id: "s", title: "t", description: "d", lines: [.init(label: "a", values: values)], positions: positions,
        axis: "x")
      chart.width = width
      let svg = chart.svg().source
      #expect(svg.hasSuffix("</svg>") && !svg.contains("nan\""))
    }
  }

  @Test func columnsStandBesideTheEvenShare() {
    let chart = ColumnChart(
      id: "c", title: "t", description: "d", shares: [0.3, 0.7, .nan, -1], edges: ["0", "25", "50", "75", "100"],
      reference: (0.25, "even"))
    let svg = chart.svg().source
    #expect(svg.components(separatedBy: "class=\"column\"") == 3)
    #expect(svg.contains(">even</text>") && svg.contains("stroke-dasharray"))
    let empty = ColumnChart(id: "c", title: "", description: "", shares: [], edges: [], reference: (0.1, ""))
    #expect(empty.svg().source.hasSuffix("</svg>"))
  }

  @Test func targetsAndMeasurementsAreMarkedByShape() {
    let chart = TargetDots(
      id: "t", title: "t", description: "d",
      rows: [.init(label: "80 %", target: 0.8, measured: 0.823), .init(label: "95 %", target: 0.95, measured: .nan)])
    let svg = chart.svg().source
    #expect(svg.components(separatedBy: "class=\"target\"") == 3)
    #expect(svg.components(separatedBy: "class=\"measured\"") == 2)
    #expect(svg.contains(">82.3%</text>"))
  }
}

extension String {
  /// Number of pieces between separators.
  fileprivate func components(separatedBy separator: String) -> Int {
    split(separator: separator, omittingEmptySubsequences: false).count
  }
}
