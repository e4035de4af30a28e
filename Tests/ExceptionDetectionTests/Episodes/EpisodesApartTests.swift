import NumericCore
import Testing
import TimeSeries

@testable import ExceptionDetection

/// Measures judged by themselves, and what lies ahead of an episode.
struct EpisodesApartTests {
  private static let start = Period.month(2016, 1)

  private func series(_ area: String, _ measure: String, months: Int = 100, rise: Double = 1, from onset: Int = 96)
    -> Series
  {
    var random = RandomSource(seed: 3, stream: "\(area)|\(measure)")
    let values = (0..<months).map { t -> Double in
      random.negativeBinomial(mean: 50 * (t >= onset ? rise : 1), size: 80)
    }
    return Series(key: SeriesKey(area: area, measure: measure), start: Self.start, values: values)
  }

  private func panel() -> Panel {
    let all = ["Burglary", "Robbery", "Theft"].flatMap { measure in
      ["East", "North", "West"].map { area in
        series(area, measure, months: measure == "Theft" ? 99 : 100, rise: area == "North" ? 2 : 1)
      }
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: all)
  }

  /// The rule asks for no rate, so that a measure knows nothing of another: judged alone, or with all, it is the same.
  @Test func measuresByThemselvesAreJudgedAsAllTogetherAre() async throws {
    let finder = EpisodeFinder(
      ExceptionDetector(last: 3, threads: 2), rule: ExceptionRule(largestChance: 0.001), totalName: "All")
    let (whole, apart) = (try await finder.run(panel()), try await finder.runApart(panel()))
    let told = { (report: EpisodeReport) in
      report.episodes.map { "\($0.key) \($0.onset) \($0.opened) \($0.observed) \($0.expected) \($0.state)" }.sorted()
    }
    #expect(told(whole).count >= 3)
    #expect(told(whole) == told(apart))
    let newest = Self.start + 99
    let verdicts = { (tests: [PeriodTest]) in
      tests.filter { $0.period == newest }.map { "\($0.key) \($0.pValue) \($0.kind) \($0.reason ?? "")" }.sorted()
    }
    #expect(verdicts(whole.tests) == verdicts(apart.tests) && verdicts(whole.tests).count == 9)
    #expect(verdicts(whole.totals) == verdicts(apart.totals))
    #expect(apart.tests.count == 9)
    // Over some measures alone they would say nothing.
    #expect(apart.tests.allSatisfy { $0.qValue.isNaN && $0.rate.isNaN })
    #expect(whole.tests.contains { $0.rate.isFinite })
    let watched = try await finder.runApart(panel(), watched: [SeriesKey(area: "East", measure: "Robbery")])
    #expect(watched.tests.count == 9 + 2)
  }

  @Test func aRiseThatGoesOnIsAnExceptionAgainAndOneMonthIsNot() async throws {
    let outlook = ExceptionOutlook(alpha: 0.01)
    let newest = Self.start + 99
    let lasting = try await outlook.chance(
      series("North", "Burglary", rise: 2), from: Self.start + 96, isHigher: true, through: newest)
    // Four months at twice the level: more likely than not, for the model takes some of it for passing.
    #expect(try #require(lasting) > 0.5)
    // The same series without a rise: three chances of one in a hundred, and what the model does not know.
    let calm = try await outlook.chance(series("North", "Burglary"), from: newest, isHigher: true, through: newest)
    #expect(try #require(calm) < 0.15)
    // What came later than the newest period is not looked at.
    let before = try await outlook.chance(
      series("North", "Burglary", months: 110, rise: 2, from: 100), from: newest, isHigher: true, through: newest)
    #expect(before == calm)
    let short = try await outlook.chance(
      series("North", "Burglary", months: 20), from: Self.start + 18, isHigher: true, through: Self.start + 19)
    #expect(short == nil)
  }
}
