import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct ChangePointDetectorTests {
  private static let start = Period.month(2014, 1)

  /// Seasonal months whose level is multiplied by `factor` from `change` on; variance twice the mean.
  static func months(
    _ name: String, level: Double = 60, count: Int = 96, change: Int? = nil, factor: Double = 1.5,
    amplitude: Double = 0.3, trend: Double = 0, wander: Double = 0,
    measure: String? = nil
  ) -> Series {
    var random = RandomSource(seed: 21, stream: name)
    var walk = 0.0
    let values = (0..<count).map { t in
      walk += wander * random.normal()
      let season = exponential(
        walk + logarithm(1 + trend) * Double(t) / 12 + amplitude * cosine(2 * .pi * Double(t) / 12))
      let mean = level * season * (change.map { t >= $0 } ?? false ? factor : 1) * Double((start + t).days) / 30.4
      return random.negativeBinomial(mean: mean, size: mean)
    }
    return Series(key: SeriesKey(area: name, measure: measure), start: start, values: values)
  }

  private func run(_ series: [Series], threads: Int = 2, _ known: [Intervention] = []) async throws -> [SeriesChanges] {
    var detector = ChangePointDetector(interventions: Interventions(everywhere: known))
    detector.threads = threads
    detector.simulations = 59
    return try await detector.run(Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test func aShiftIsDatedAndItsSizeIsNear() async throws {
    let series = (0..<20).map { Self.months("shifted \($0)", change: 60, measure: "Theft") }
    let found = try await run(series)
    var dated = 0
    var covered = 0
    var ratios = 0.0
    for changes in found {
      #expect(changes.segments.first?.start == Self.start && changes.segments.last?.end == Self.start + 95)
      guard let latest = changes.latest, let change = latest.change else { continue }
      if abs(latest.start - (Self.start + 60)) <= 2 { dated += 1 }
      if change.onset.contains(Self.start + 60) { covered += 1 }
      #expect(change.onset.contains(latest.start))
      #expect(change.ratioInterval.contains(change.ratio))
      ratios += change.ratio / 20
    }
    #expect(dated >= 16, "\(dated)")
    #expect(covered >= 16, "\(covered)")
    #expect(abs(ratios - 1.5) < 0.1, "\(ratios)")
  }

  @Test func nothingIsInventedBesideALargeStepAndItsSizeIsHeld() async throws {
    let fallen = try await run(
      (0..<20).map { Self.months("fallen \($0)", count: 96, change: 88, factor: 0.25, amplitude: 0) })
    var held = 0
    for changes in fallen {
      guard let latest = changes.latest, let change = latest.change else { continue }
      #expect(change.onset.contains(latest.start))
      if change.ratioInterval.contains(0.25) { held += 1 }
    }
    // Linearised across the step it was held in one of fifty.
    #expect(held >= 14, "\(held)")
    let risen = try await run((0..<20).map { Self.months("risen \($0)", change: 48, factor: 4, amplitude: 0) })
    #expect(risen.count { $0.segments.count == 2 } >= 14, "\(risen.map(\.segments.count))")
  }

  @Test func zerosBesideZerosAndOneLastCountAreNoStep() async throws {
    var random = RandomSource(seed: 3)
    let zeros = [Double](repeating: 0, count: 96)
    let late = Series(
      key: SeriesKey(area: "late", measure: "x"), start: Self.start,
      values: zeros + (0..<24).map { _ in random.poisson(mean: 20) })
    let spike = Series(key: SeriesKey(area: "spike", measure: "x"), start: Self.start, values: zeros + [30])
    let found = try await run([late, spike])
    #expect(found[0].segments.count == 2 && found[0].latest?.start == Self.start + 96)
    #expect(found[1].latest == nil)
  }

  @Test func aTrendIsNoStepAndAStepOnOneIsMeasuredBesideIt() async throws {
    let rising = try await run((0..<30).map { Self.months("rising \($0)", trend: 0.08, measure: "Theft") })
    // 1.5 expected; 6 is beyond the 99th percentile. Without a trend all of them had steps.
    #expect(rising.count { $0.latest != nil } <= 6)
    for changes in rising where changes.shape == .trend {
      #expect(abs((changes.trend ?? 0) - 0.08) < 0.05)
    }
    #expect(rising.count { $0.shape == .trend } >= 24)
    let stepped = try await run(
      (0..<20).map { Self.months("both \($0)", level: 90, change: 60, factor: 1.7, trend: 0.06, measure: "Theft") })
    let estimates = stepped.compactMap { changes in
      changes.segments.compactMap(\.change).first { $0.onset.contains(Self.start + 60) }
    }
    #expect(estimates.count >= 15, "\(estimates.count)")
    #expect(estimates.count { $0.ratioInterval.contains(1.7) } >= 13)
    #expect(stepped.count { $0.shape == .trendAndSteps } >= 10)
    #expect(stepped.allSatisfy { ($0.trend == nil) != ($0.shape == .trend || $0.shape == .trendAndSteps) })
  }

  @Test func aLevelThatWandersIsNoStep() async throws {
    let found = try await run((0..<40).map { Self.months("wandering \($0)", wander: 0.05) })
    // 2 expected at 5 %; 7 is beyond the 99th percentile. As steps of a level that stays, all of them had some.
    #expect(found.count { $0.latest != nil } <= 7)
    let wander = found.reduce(0) { $0 + $1.wander } / 40
    #expect(wander > 0.03 && wander < 0.07, "\(wander)")
    let steady = try await run((0..<40).map { Self.months("still \($0)") })
    #expect(steady.allSatisfy { $0.wander < 0.01 })
  }

  @Test func aSeasonIsNoChange() async throws {
    let series = (0..<40).map { Self.months("steady \($0)", amplitude: 0.5, measure: $0 < 20 ? "Theft" : nil) }
    let found = try await run(series)
    let alarms = found.count { $0.latest != nil }
    // 2 expected at 5 %; 7 is beyond the 99th percentile.
    #expect(alarms <= 7, "\(alarms)")
  }

  @Test func resultsDoNotDependOnThreadsOrOrder() async throws {
    let series = (0..<8).map { i in
      Self.months(
        "area \(i)", level: [0.4, 5, 50, 400][i % 4], change: i % 3 == 0 ? 50 : nil, measure: i < 5 ? "Theft" : nil)
    }
    let one = try await run(series, threads: 1)
    let reversed = try await run(series.reversed(), threads: 5)
    for (a, b) in zip(one, reversed.reversed()) {
      #expect(a.key == b.key && a.segments == b.segments && a.penalty.bitPattern == b.penalty.bitPattern)
    }
  }

  @Test func aKnownStepIsNamedAndAMaskedStretchIsLeftOut() async throws {
    let step = Intervention(start: Self.start + 60, effect: .step, note: "new recording rules")
    let named = try await run([Self.months("named", change: 60, factor: 2)], [step])[0]
    #expect(named.latest?.change?.knownReason == "new recording rules")
    var values = Self.months("masked").values
    for t in 40..<46 { values[t] = 1 }
    let masked = Self.months("masked").replacing(values: values)
    let window = Intervention(start: Self.start + 40, effect: .window(through: Self.start + 45), note: "closure")
    #expect(try await run([masked])[0].segments.count >= 3)
    #expect(try await run([masked], [window])[0].segments.count == 1)
  }

  @Test func whatCannotBeCutSaysWhy() async throws {
    let short = Self.months("short", count: 10)
    let share = Series(
      key: SeriesKey(uniqueID: "share"), start: Self.start, values: [0.5, 0.4], kind: .proportion,
      denominators: [10, 10])
    let negative = short.replacing(values: [-1, 2, 3])
    let found = try await run([short, share, negative])
    #expect(found.allSatisfy { $0.segments.isEmpty && $0.penalty.isNaN && $0.shape == nil && $0.wander.isNaN })
    #expect(found[0].reason?.contains("10 usable months") == true)
    #expect(found[1].reason?.contains("not a count") == true)
    #expect(found[2].reason?.contains("values that are not counts") == true)
    let zeros = try await run([short.replacing(values: [Double](repeating: 0, count: 60))])[0]
    #expect(zeros.segments.count == 1 && zeros.segments[0].level == 0)
  }
}
