import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct StoryTests {
  private func part(_ area: String, _ observed: Double, _ expected: Double) -> Story.Contribution {
    .init(area: area, observed: observed, expected: expected, variance: expected)
  }

  @Test func aRiseIsSharedWhereTheOthersStandOutToo() {
    #expect(Story.isShared([part("A", 150, 100), part("B", 150, 100)], isHigher: true))
    #expect(!Story.isShared([part("A", 200, 100), part("B", 104, 100)], isHigher: true))
    // 20 more on 400 is one standard deviation.
    #expect(!Story.isShared([part("A", 130, 100), part("B", 420, 400)], isHigher: true))
    #expect(Story.isShared([part("A", 50, 100), part("B", 60, 100)], isHigher: false))
    #expect(!Story.isShared([part("A", 50, 100)], isHigher: false))
  }

  static let areas = ["North", "East", "South", "West", "Centre"]

  /// Five areas of ten measures; `factor` multiplies the counts of an area in the last five months.
  static func county(seed: UInt64, factor: (_ area: String, _ measure: Int) -> Double) -> Panel {
    let series = areas.flatMap { area in
      (0..<10).map { measure -> Series in
        var random = RandomSource(seed: seed, stream: "\(area) \(measure)")
        let level = [12.0, 30, 20, 45, 60][areas.firstIndex(of: area) ?? 0]
        let values = (0..<96).map { t -> Double in
          let mean =
            level * exponential(0.15 * cosine(2 * .pi * Double(t) / 12)) * (t >= 91 ? factor(area, measure) : 1)
          return random.negativeBinomial(mean: mean, size: mean / 0.5)
        }
        return Series(
          key: SeriesKey(area: area, measure: "measure \(measure)"), start: .month(2016, 1), values: values)
      }
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  private func finder(last: Int = 5) -> EpisodeFinder {
    EpisodeFinder(
      ExceptionDetector(last: last, threads: 2), rule: ExceptionRule(falseDiscoveryRate: 0.1), totalName: "All areas")
  }

  @Test func aCountyWideRiseIsOneStoryWithWhatEachAreaAdds() async throws {
    let panel = Self.county(seed: 3) { _, measure in measure == 4 ? 1.5 : 1 }
    let stories = try await finder().run(panel).stories.filter { $0.lead.isHigher }
    let about = stories.filter { $0.lead.key.measure == "measure 4" }
    #expect(about.count == 1)
    let story = try #require(about.first)
    #expect(story.isWide && story.lead.key.area == "All areas")
    #expect(Set(story.contributions.map(\.area)) == Set(Self.areas))
    #expect(story.contributions.map(\.excess) == story.contributions.map(\.excess).sorted(by: >))
    let sum = story.contributions.reduce(0) { $0 + $1.observed }
    #expect(sum == story.lead.observed)
    // One in ten of what is told may be chance.
    #expect(stories.count <= 4, "\(stories.map(\.lead.key.uniqueID))")
  }

  @Test func aRiseInOneAreaStaysThatAreas() async throws {
    let panel = Self.county(seed: 8) { area, measure in measure == 4 && area == "Centre" ? 2.2 : 1 }
    let report = try await finder().run(panel)
    let about = report.stories.filter { $0.lead.isHigher && $0.lead.key.measure == "measure 4" }
    #expect(about.map(\.lead.key.area) == ["Centre"])
    #expect(about.first?.isWide == false && about.first?.contributions.isEmpty == true)
  }

  @Test func withoutTotalsEveryAreaTellsItsOwn() async throws {
    let panel = Self.county(seed: 3) { _, measure in measure == 4 ? 1.5 : 1 }
    var finder = finder()
    finder.totalName = nil
    let report = try await finder.run(panel)
    #expect(report.totals.isEmpty && report.stories.allSatisfy { !$0.isWide })
    #expect(report.stories.count { $0.lead.key.measure == "measure 4" } >= 3)
  }

  @Test func theFiltersKeepWhatIsLargeEnough() async throws {
    let panel = Self.county(seed: 3) { _, measure in measure == 4 ? 1.5 : 1 }
    var finder = finder()
    finder.rule.minimumExcess = 1e6
    #expect(try await finder.run(panel).stories.isEmpty)
    finder.rule.minimumExcess = 0
    finder.rule.minimumExcessShare = 10
    #expect(try await finder.run(panel).stories.isEmpty)
  }
}
