import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct EpisodeFinderTests {
  private static let start = Period.month(2014, 1)

  /// Months at a level of 60, multiplied from `onset` up to `end`.
  private func series(
    _ name: String = "A", months: Int = 130, factor: Double = 1, from onset: Int = 0, to end: Int = .max,
    seed: UInt64 = 12
  ) -> Series {
    var random = RandomSource(seed: seed, stream: name)
    let values = (0..<months).map { t -> Double in
      let mean = 60 * exponential(0.15 * cosine(2 * .pi * Double(t) / 12)) * (t >= onset && t < end ? factor : 1)
      return random.negativeBinomial(mean: mean, size: mean / 0.6)
    }
    return Series(key: SeriesKey(area: name, measure: nil), start: Self.start, values: values)
  }

  private func run(_ series: [Series], last: Int = 36, threads: Int = 2) async throws -> EpisodeReport {
    try await EpisodeFinder(ExceptionDetector(last: last, threads: threads))
      .run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test func aLastingRiseIsOneEpisodeAndBecomesTheNewNormal() async throws {
    let shifted = series(factor: 1.8, from: 100)
    let report = try await run([shifted])
    let rises = report.episodes.filter { $0.isHigher && $0.opened >= Self.start + 100 }
    #expect(rises.count == 1)
    let episode = try #require(rises.first)
    #expect(episode.state == .newNormal)
    #expect(abs(episode.onset - (Self.start + 100)) <= 1)
    #expect((episode.closed ?? Self.start) - episode.onset >= 12)
    // The baseline did not learn the new level while it was an episode; the plain one had by then.
    let trace = try #require(report.traces[shifted.key])
    let eleventh = try #require(trace.tests.first { $0.period == Self.start + 111 })
    let plain = try #require(report.tests.first { $0.period == Self.start + 111 })
    #expect(eleventh.expected < 75 && eleventh.flagged)
    #expect(plain.expected > eleventh.expected)
    let last = try #require(trace.tests.last)
    #expect(last.expected > 85 && last.kind == .expected, "expected \(last.expected)")
  }

  @Test func aRiseThatEndsIsOver() async throws {
    let report = try await run([series(factor: 2, from: 110, to: 114)])
    let episode = try #require(report.episodes.first { $0.isHigher && $0.opened >= Self.start + 110 })
    #expect(episode.state == .over)
    #expect(episode.onset == Self.start + 110)
    // For as long as the windows of the scan reach back to the rise, a period above its expectation prolongs it.
    #expect((0...6).contains(episode.last - (Self.start + 113)))
    #expect((episode.closed ?? Self.start) - episode.last >= 4)
    #expect(episode.excess > 150 && episode.excess < 350)
  }

  /// What is summed up is what was judged, and how many periods that are is known.
  @Test func aMonthWithoutAFigureIsInNoSum() async throws {
    let whole = series(factor: 2, from: 110, to: 114)
    var values = whole.values
    values[112] = .nan
    let report = try await run([whole.replacing(values: values)])
    let episode = try #require(report.episodes.first { $0.isHigher && $0.opened >= Self.start + 110 })
    #expect(episode.onset < Self.start + 112 && episode.last > Self.start + 112)
    #expect(episode.judged == episode.periods - 1)
    let inside = (0..<episode.periods).compactMap { whole.replacing(values: values)[episode.onset + $0] }
    #expect(episode.observed == inside.reduce(0, +))
  }

  @Test func anEpisodeIsNewOnceThenContinuing() async throws {
    let whole = series(factor: 2.2, from: 126)
    for (months, state) in [(127, Episode.State.new), (128, .continuing), (130, .continuing)] {
      let report = try await run([whole.through(Self.start + (months - 1))], last: 3)
      let rises = report.episodes.filter { $0.isHigher && $0.opened == Self.start + 126 }
      #expect(rises.map(\.state) == [state])
    }
  }

  @Test func whatWasKnownAtAPeriodDoesNotDependOnWhatCameLater() async throws {
    let all = (0..<6).map { series("s\($0)", factor: 1.7, from: 96 + 4 * $0, to: 112 + 2 * $0, seed: 31) }
    let whole = try await run(all, last: 36)
    let cut = try await run(all.map { $0.through(Self.start + 119) }, last: 26)
    for series in all {
      let later = whole.traces[series.key]?.tests.filter { $0.period <= Self.start + 119 } ?? []
      let earlier = cut.traces[series.key]?.tests.filter { $0.period >= Self.start + 94 } ?? []
      #expect(earlier.count == 26)
      #expect(later.suffix(26).map(\.pValue) == earlier.map(\.pValue))
    }
    let known = Set(whole.episodes.filter { $0.opened <= Self.start + 119 }.map(\.opened))
    #expect(Set(cut.episodes.map(\.opened)).isSubset(of: known))
  }

  @Test func reportsDoNotDependOnThreadsOrOrderAndVerdictsAreTheDetectors() async throws {
    let all = (0..<8).map { series("s\($0)", factor: 1.6, from: 100 + 3 * $0, to: 118 + $0, seed: 7) }
    let one = try await run(all, threads: 1)
    let many = try await run(all, threads: 4)
    let describe = { (report: EpisodeReport) in
      Set(
        report.episodes.map {
          "\($0.key.uniqueID) \($0.onset.ordinal) \($0.opened.ordinal) \($0.last.ordinal) \($0.state) \($0.excess.bitPattern)"
        })
    }
    #expect(describe(one) == describe(many) && !one.episodes.isEmpty)
    #expect(describe(try await run(all.reversed())) == describe(one))
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: all)
    let plain = try await ExceptionDetector(last: 36).run(panel)
    // They judge from an earlier period on, which changes sums in the last digits.
    for (a, b) in zip(plain, one.tests) {
      #expect(abs(a.pValue - b.pValue) < 1e-9 && abs(a.qValue - b.qValue) < 1e-9 && a.key == b.key)
    }
    #expect(plain.count == one.tests.count)
    // Only the rates differ: the finder's families hold the totals too.
    for (a, b) in zip(one.tests, many.tests) {
      #expect(a.rate == b.rate || a.rate.isNaN && b.rate.isNaN)
      #expect(a.rate.isNaN == (a.kind == .notTested))
    }
  }

  @Test func awkwardSeriesAreServed() async throws {
    let name = { (name: String, values: [Double]) in
      Series(key: SeriesKey(area: name, measure: "Theft"), start: Self.start, values: values)
    }
    let ended = series("ended").values.prefix(110) + [Double](repeating: .nan, count: 20)
    let awkward = [
      name("zeros", [Double](repeating: 0, count: 130)), name("constant", [Double](repeating: 7, count: 130)),
      name("short", [Double](repeating: .nan, count: 112) + (0..<18).map { Double(3 + $0 % 4) }),
      name("missing end", Array(series("m").values.dropLast()) + [.nan]), name("ended", Array(ended)),
      name("large", series("l").values.map { $0 * 2e5 }), name("absent", [Double](repeating: .nan, count: 130)),
    ]
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: awkward)
    for last in [1, 36, 500] {
      let finder = EpisodeFinder(ExceptionDetector(last: last, threads: 2), totalName: "All areas")
      let report = try await finder.run(panel)
      #expect(report.tests.count == 7 * min(last, 130))
      #expect(report.episodes.allSatisfy { $0.observed.isFinite && $0.expected.isFinite && $0.periods >= 1 })
      let latest = try #require(report.tests.last { $0.key.area == "missing end" })
      #expect(latest.kind == .notTested && latest.reason == "there is no figure for it")
    }
    let empty = try await EpisodeFinder(ExceptionDetector()).run(
      Panel(frequency: .monthly, style: .yearMonth, series: []))
    #expect(empty.tests.isEmpty && empty.stories.isEmpty)
  }

  @Test func anEpisodeWithoutVerdictsForLongIsOver() async throws {
    let values = series(factor: 2.5, from: 112, to: 114).values.prefix(114) + [Double](repeating: .nan, count: 16)
    let report = try await run([series().replacing(values: Array(values))])
    let episode = try #require(report.episodes.first { $0.opened >= Self.start + 112 })
    #expect(episode.state == .over && episode.last == Self.start + 113)
  }
}
