import Testing

@testable import Charts

@Suite struct SmallChartTests {
  private func sparkline(_ history: [Double], positions: Int) -> Sparkline {
    Sparkline(id: "s", title: "t", description: "d", positions: positions, history: history)
  }

  @Test func theSamePositionIsTheSamePlaceInEverySparkline() {
    // Two series of different length on one axis of 5 positions: position 2 is in the middle of both.
    let long = sparkline([1, 2, 3, 4, 5], positions: 5).svg().source
    let short = sparkline([.nan, .nan, 9], positions: 5).svg().source
    #expect(long.contains("L100 "))
    #expect(short.contains("<circle class=\"history\" cx=\"100\""))
  }

  @Test func gapsExceptionsAndBandAreDrawn() {
    var line = sparkline([3, .nan, 5, 6], positions: 6)
    line.middle = [5, 5]
    line.lower = [4, 3]
    line.upper = [6, 7]
    line.exceptions = [.init(position: 3, isHigher: true), .init(position: 2, isHigher: false)]
    let svg = line.svg().source
    for part in ["band-80", "class=\"forecast\"", "class=\"higher\"", "class=\"lower\""] { #expect(svg.contains(part)) }
    #expect(svg.contains("<title id=\"s-title\">t</title>") && svg.contains("role=\"img\""))
  }

  @Test(arguments: [(0, []), (1, [4.0]), (3, [.nan, .nan, .nan]), (-2, [1e12]), (2, [0, 0])])
  func anySparklineCanBeDrawn(positions: Int, history: [Double]) {
    var line = sparkline(history, positions: positions)
    line.lower = [.nan, 1]
    line.upper = [2]
    let svg = line.svg().source
    #expect(svg.hasSuffix("</svg>") && !svg.contains("nan\""))
  }

  @Test func barsShowTheirPartsAndValues() {
    let bars = BarOfParts(
      id: "b", title: "t", description: "d",
      bars: [
        .init(label: "A <b>", parts: [60, 40], value: "+60", isSubject: true),
        .init(label: "B", parts: [-5, .nan, 0], value: "0"),
      ])
    let svg = bars.svg().source
    #expect(svg.components("class=\"part\"") == 2)
    #expect(svg.contains("A &lt;b&gt;") && svg.contains("+60") && svg.contains("font-weight=\"bold\""))
    #expect(BarOfParts(id: "b", title: "", description: "", bars: []).svg().source.hasSuffix("</svg>"))
  }

  @Test(arguments: [
    (100.0, 120.0, 90.0, 150.0), (0, 0, 0, 0), (.nan, .nan, .nan, .nan), (1e12, 2e12, 0, 3e12), (100, 101, 100, 102),
  ])
  func intervalDotsCanBeDrawn(reference: Double, middle: Double, lower: Double, upper: Double) {
    for width in [340.0, 720] {
      var dot = IntervalDot(
        id: "i", title: "t", description: "d", reference: reference, middle: middle, lower: lower, upper: upper)
      dot.width = width
      let svg = dot.svg().source
      #expect(svg.contains("class=\"last-year\"") == reference.isFinite)
      #expect(svg.contains("class=\"forecast\"") == middle.isFinite)
    }
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
