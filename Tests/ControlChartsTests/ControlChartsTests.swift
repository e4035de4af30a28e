import NumericCore
import TimeSeries
import Testing

@testable import ControlCharts

struct ControlChartsTests {
  /// Months about a level of 60 with a season or a level that wanders as a random walk.
  private static func months(_ name: String, season: Double = 0, wander: Double = 0, count: Int = 96) -> Series {
    var random = RandomSource(seed: 8, stream: name)
    var walk = 0.0
    let values = (0..<count).map { t in
      walk += wander * random.normal()
      let mean = 60 * exponential(walk + season * cosine(2 * .pi * Double(t) / 12))
      return random.negativeBinomial(mean: mean, size: 60)
    }
    return Series(key: SeriesKey(uniqueID: name), start: ControlChartTests.start, values: values)
  }

  private static func run(_ series: [Series], _ change: (inout ControlCharts) -> Void = { _ in }) async throws
    -> [ControlChart]
  {
    var drawing = ControlCharts(direction: .lower)
    drawing.simulations = 400
    drawing.threads = 2
    change(&drawing)
    return try await drawing.run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  private static func mean(_ charts: [ControlChart], _ rate: (ControlChart) -> Double) -> Double {
    charts.reduce(0) { $0 + rate($1) } / Double(charts.count)
  }

  @Test func seasonAndDriftRaiseTheStatedRate() async throws {
    let still = try await Self.run((0..<12).map { Self.months("still \($0)") })
    let seasonal = try await Self.run((0..<12).map { Self.months("seasonal \($0)", season: 0.5) })
    let wandering = try await Self.run((0..<12).map { Self.months("wandering \($0)", wander: 0.05) })
    let any = { (chart: ControlChart) in chart.falseAlarms.any }
    #expect(Self.mean(still, any) < 0.12, "\(Self.mean(still, any))")
    #expect(Self.mean(seasonal, any) > 1.5 * Self.mean(still, any))
    #expect(Self.mean(wandering, any) > 0.3, "\(Self.mean(wandering, any))")
    // A level that wanders stays on one side of its mean.
    let side = { (chart: ControlChart) in chart.falseAlarms.rules[.oneSide] ?? 0 }
    #expect(Self.mean(wandering, side) > 0.2)
    #expect(Self.mean(wandering, side) > Self.mean(wandering) { $0.falseAlarms.rules[.trend] ?? 1 })
  }

  @Test func yearlyCountsAreDrawnIndependentlyAndCountsThatNeverDifferHaveNoRate() async throws {
    var random = RandomSource(seed: 5)
    let years = (0..<20).map { area in
      Series(
        key: SeriesKey(uniqueID: "area \(area)"), start: Period(frequency: .yearly, ordinal: 2004),
        values: (0..<20).map { _ in random.poisson(mean: 1000) })
    }
    var drawing = ControlCharts()
    drawing.simulations = 400
    let charts = try await drawing.run(Panel(frequency: .yearly, style: .year, series: years))
    // Twenty independent points raise an alarm at the last in some 3 %; months' beliefs of drift said 53 %.
    let stated = Self.mean(charts) { $0.falseAlarms.any }
    #expect(stated > 0 && stated < 0.12, "\(stated)")
    for value in [0.0, 1] {
      let flat = Series(
        key: SeriesKey(uniqueID: "flat"), start: ControlChartTests.start, values: [Double](repeating: value, count: 48))
      #expect(try await Self.run([flat]).allSatisfy { $0.falseAlarms.any.isNaN })
    }
  }

  @Test func theStatedRateIsThatOfSuchSeries() async throws {
    // Levels that wander: the share of charts whose latest point stands out is what they state, within four errors.
    let charts = try await Self.run((0..<120).map { Self.months("truth \($0)", wander: 0.04) })
    let stands = Double(charts.count { $0.variation != .commonCause }) / 120
    let stated = Self.mean(charts) { $0.falseAlarms.any }
    #expect(abs(stands - stated) < 0.18, "\(stands) \(stated)")
  }

  @Test func ratesDoNotDependOnThreadsOrOrderAndNeedAJudgedStretch() async throws {
    let series = (0..<5).map { Self.months("area \($0)", wander: 0.02, count: 60) }
    let one = try await Self.run(series) { $0.threads = 1 }
    let other = try await Self.run(series.reversed()) { $0.threads = 4 }
    for (a, b) in zip(one, other.reversed()) { #expect(a.key == b.key && a.falseAlarms == b.falseAlarms) }
    let rebased = try await Self.run(series) {
      $0.rebases = [.init(ControlChartTests.start + 50, reason: "new rules, A N")]
    }
    #expect(rebased.allSatisfy { $0.falseAlarms.any.isNaN && $0.falseAlarms.rules.isEmpty })
    #expect(rebased.allSatisfy { $0.latestStretch?.reason == "new rules, A N" })
    #expect(try await Self.run(series) { $0.simulations = 0 }.allSatisfy { $0.falseAlarms.any.isNaN })
  }

  @Test func aChangeOfLevelIsProposedAndNotDrawn() async throws {
    var random = RandomSource(seed: 31)
    let values = (0..<84).map { random.poisson(mean: $0 < 50 ? 40 : 70) }
    let series = Series(key: SeriesKey(uniqueID: "stepped"), start: ControlChartTests.start, values: values)
    let plain = try await Self.run([series])[0]
    #expect(plain.proposal == nil)
    let proposed = try await Self.run([series]) { $0.proposesRebases = true }[0]
    let proposal = try #require(proposed.proposal)
    #expect(abs(proposal.period - (ControlChartTests.start + 50)) <= 1)
    #expect(abs(proposal.ratio - 1.75) < 0.25)
    #expect(proposed.stretches.count == 1 && proposed.points == plain.points)
    let accepted = try await Self.run([series]) {
      $0.proposesRebases = true
      $0.rebases = [.init(proposal.period, reason: "new system, A N")]
    }[0]
    #expect(accepted.proposal == nil && accepted.stretches.count == 2)
  }
}
