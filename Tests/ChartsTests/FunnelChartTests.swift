import Testing

@testable import Charts

@Suite struct FunnelChartTests {
  private func chart(_ places: [FunnelChart.Place], sizes: [Double] = [10, 50, 100]) -> FunnelChart {
    FunnelChart(
      id: "f", title: "t", description: "d", places: places, centre: 10,
      limits: [
        .init(label: "95 %", sizes: sizes, lower: sizes.map { _ in 8 }, upper: sizes.map { _ in 12 }),
        .init(label: "99.8 %", sizes: sizes, lower: sizes.map { _ in 7 }, upper: sizes.map { _ in 13 }),
      ], rateTitle: "rate")
  }

  /// Own places and those outside the widest limits are named; a peer within is a dot.
  @Test func whoMattersIsNamed() {
    let svg = chart([
      .init(label: "Own", size: 40, rate: 10, isOwn: true), .init(label: "Within", size: 60, rate: 12.5, isOwn: false),
      .init(label: "Above <it>", size: 80, rate: 20, isOwn: false),
      .init(label: "Below", size: 20, rate: 5, isOwn: false),
    ]).svg().source
    #expect(svg.contains(">Own<") && svg.contains(">Above &lt;it&gt;<") && svg.contains(">Below<"))
    #expect(!svg.contains(">Within<"))
    #expect(svg.components(separatedBy: "class=\"peer\"").count == 4)
    #expect(svg.components(separatedBy: "class=\"limit\"").count == 5 && svg.contains("stroke-dasharray"))
  }

  /// Names of places that lie together stand one under the other.
  @Test func namesDoNotCover() {
    let svg = chart((1...4).map { .init(label: "Place \($0)", size: 40, rate: 10, isOwn: true) }).svg().source
    let heights = svg.components(separatedBy: "<text ").filter { $0.contains(">Place") }.compactMap { text in
      text.components(separatedBy: "y=\"").dropFirst().first?.components(separatedBy: "\"").first.flatMap(Double.init)
    }
    #expect(heights.count == 4 && Set(heights).count == 4)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { abs($1 - $0) >= 13 })
  }

  @Test func anyCanBeDrawn() {
    for svg in [chart([]), chart([.init(label: "", size: .nan, rate: .infinity, isOwn: true)], sizes: [])] {
      let text = svg.svg().source
      #expect(text.hasSuffix("</svg>") && !text.contains("nan\"") && !text.contains("inf\""))
    }
  }
}
