import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// What is learnt from held-out periods, of whom, and of whom not.
@Suite struct BlendLearningTests {
  /// Areas of one measure about a mean; a straight climb that the classical members follow best, or a season in
  /// common that only the counts model pools.
  static func pool(_ measure: String, areas: Int, mean: Double, climbing: Bool, seed: UInt64 = 1) -> [Series] {
    (0..<areas).map { a in
      var random = RandomSource(seed: seed, stream: "\(measure) \(a)")
      let values = (0..<96).map { t in
        let rate = mean * (climbing ? 0.25 + 1.5 * Double(t) / 95 : 1 + 0.6 * sine(Double(t) * .pi / 6))
        return climbing ? (rate + 0.3 * rate.squareRoot() * random.normal()).rounded() : random.poisson(mean: rate)
      }
      return Series(key: SeriesKey(area: "Area \(a)", measure: measure), start: .month(2012, 1), values: values)
    }
  }

  static func blends(_ series: [Series], threads: Int = 1) async throws -> [Blend] {
    try await BlendLearning.blends(series, threads: threads)
  }

  @Test func defaultsRiseWithSizeAndLeaveSmallCountsAlone() {
    #expect(Blend(mean: 0).classical == 0 && Blend(mean: 19.9).classical == 0)
    #expect(Blend(mean: 100).classical == 0.5)
    #expect(Blend(mean: 1e9) == Blend.equal(mean: 1e9) && Blend(mean: 1e9).classical == 0.8)
    let shares = [20.0, 40, 80, 160, 320].map { Blend(mean: $0).classical }
    #expect(shares == shares.sorted())
  }

  @Test func sharesFollowWhatServed() async throws {
    let climbing = try await Self.blends(Self.pool("Fraud", areas: 30, mean: 100, climbing: true))
    let steady = try await Self.blends(Self.pool("Theft", areas: 30, mean: 4, climbing: false))
    let few = try await Self.blends(Self.pool("Arson", areas: 9, mean: 100, climbing: true))
    #expect(climbing.allSatisfy { $0.evidence == 30 } && steady.allSatisfy { $0.evidence == 30 })
    let mean = { (b: [Blend]) in b.reduce(0) { $0 + $1.classical } / Double(b.count) }
    #expect(mean(climbing) > 0.6 && mean(steady) < 0.15, "\(mean(climbing)), \(mean(steady))")
    #expect(few.allSatisfy { $0.evidence == 0 && $0.stretch == 1 })
  }

  /// A cell is a measure's series of one size: nothing else changes it, nor do order and threads, to the bit.
  @Test func cellsAreClosed() async throws {
    let cell = Self.pool("Theft", areas: 14, mean: 80, climbing: false)
    let alone = try await Self.blends(cell)
    let strangers = Self.pool("Fraud", areas: 12, mean: 80, climbing: true, seed: 5)
    #expect(try await Self.blends(strangers + cell, threads: 3).suffix(14) == alone[...])
    #expect(try await Self.blends(cell.reversed(), threads: 2) == alone.reversed())
  }

  @Test func anAutoRunThatLearnsIsInvariant() async throws {
    let series = Self.pool("Theft", areas: 12, mean: 60, climbing: false)
    let one = try await EngineInvarianceTests.run(series, .auto)
    #expect(one.allSatisfy { $0.forecast.model == "combination" && $0.choice?.contains("12 series") == true })
    let other = try await EngineInvarianceTests.run(
      Self.pool("Fraud", areas: 11, mean: 60, climbing: true) + series.reversed(), .auto, threads: 4)
    let (a, b) = (EngineInvarianceTests.bits(one), EngineInvarianceTests.bits(other))
    for s in series { #expect(a[s.key.uniqueID] == b[s.key.uniqueID]) }
  }

  /// Forecasts of held-out periods know nothing of them.
  @Test func heldOutPeriodsAreNotSeen() async throws {
    let series = Self.pool("Theft", areas: 1, mean: 60, climbing: false)[0]
    let changed = series.replacing(values: Array(series.values.dropLast(12)) + (0..<12).map { Double(9000 + $0) })
    func held(_ s: Series) async throws -> HeldOutForecasts {
      let split = try #require(HeldOutForecasts.split(s, periods: 12))
      let model = try await CountsFitting.fit([split.history], threads: 1)[0]
      return try #require(
        HeldOutForecasts(history: split.history, actual: split.actual, scale: split.scale, model: model))
    }
    let (a, b) = (try await held(series), try await held(changed))
    #expect(a.counts == b.counts && a.classical == b.classical && a.mean == b.mean && a.scale == b.scale)
    #expect(b.loss(classical: 0.5) > 100 * a.loss(classical: 0.5))
    #expect(HeldOutForecasts.split(series.replacing(values: Array(series.values.prefix(30))), periods: 12) == nil)
    #expect(HeldOutForecasts.split(series.replacing(values: series.values.map { _ in 3 }), periods: 12) == nil)
  }

  /// Intervals that were half, or twice, as wide as what came are stretched towards what would have held it, and those
  /// that were right are left; what few series say is drawn to 1.
  @Test(arguments: [(0.5, 400), (1, 400), (1.6, 400), (0.5, 20)])
  func stretchesFollowConformalScores(width: Double, areas: Int) {
    var random = RandomSource(seed: 9)
    let grid = HeldOutForecasts.grid.probabilities.map(Normal.quantile)
    let members = (0..<areas).map { _ in
      let quantiles = [[Double]](repeating: grid.map { 1000 + 50 * width * $0 }, count: 12)
      return HeldOutForecasts(
        mean: 1000, scale: 50, actual: (0..<12).map { _ in (1000 + 50 * random.normal()).rounded() },
        counts: quantiles, classical: quantiles)
    }
    let learnt = BlendLearning.Learnt(favoured: 0.5, evidence: areas)
    let stretch = LocalMembers(members).gather(ConformalScores(learnt: learnt)).finished()
    let n = Double(areas)
    let expected = power(1 / width, n / (n + BlendLearning.stretchWeight))
    #expect(abs(stretch / expected - 1) < 0.06, "\(stretch) for \(expected)")
  }

  @Test func missingHeldOutPeriodsAreSkipped() throws {
    let quantiles = [[Double]](repeating: [4, 6, 8, 10, 12, 14, 16], count: 2)
    let seen = HeldOutForecasts(mean: 10, scale: 2, actual: [13, .nan], counts: quantiles, classical: quantiles)
    // 13 against each quantile: p (13 - q) below, (1 - p) (q - 13) above.
    let p = HeldOutForecasts.grid.probabilities
    let sum = zip(p, quantiles[0]).reduce(0) { $0 + ($1.1 <= 13 ? $1.0 * (13 - $1.1) : (1 - $1.0) * ($1.1 - 13)) }
    #expect(abs(seen.loss(classical: 0.3) - sum / 7 / 2) < 1e-12)
    #expect(seen.conformalScores(classical: 0.3, level: 1).count == 1)
    let none = HeldOutForecasts(
      mean: 10, scale: 2, actual: [.nan, .nan], counts: quantiles, classical: quantiles)
    let unseen = ConformalScores(learnt: .init(favoured: 0.3, evidence: 1))
    #expect(none.loss(classical: 0.3) == 0 && LocalMembers([none]).gather(unseen).finished() == 1)
  }
}
