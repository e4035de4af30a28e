import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct CESModelTests {
  static func series(_ values: [Double], _ frequency: Frequency = .monthly, _ kind: MeasureKind = .value) -> Series {
    Series(
      key: SeriesKey(area: "A", measure: nil), start: Period(frequency: frequency, ordinal: 2000), values: values,
      kind: kind)
  }
  static func fit(_ values: [Double], _ frequency: Frequency = .monthly) throws -> CESModel {
    try #require(try CES().fit(series(values, frequency)) as? CESModel)
  }
  static func simulated(_ n: Int, seed: UInt64, season: Double = 12) -> [Double] {
    var random = RandomSource(seed: seed)
    var level = 80.0
    return (0..<n).map { t in
      level += random.normal()
      return level + season * sine(Double(t) * .pi / 6) + 3 * random.normal()
    }
  }
  static func track(_ form: CESForm, _ values: [Double]) -> CESTrack {
    let estimator = CESEstimator(values: values, m: 12)
    let gains = CESGains(
      level: CESPair(real: 1.3, imaginary: 0.99), season: CESPair(real: form == .partial ? 0.2 : 1.2, imaginary: 1.01))
    return estimator.track(.init(form: form, gains: gains, start: estimator.start(form), criterion: 0, aicc: 0))
  }

  /// With an imaginary part of 1 forecasts are flat and errors move the level by alpha_0 - 1 of them.
  @Test func anImaginaryPartOfOneIsALevel() {
    let a = CESPair(real: 1.4, imaginary: 1)
    // The step without error leaves l, and brings c to l / alpha_0.
    let weights = a.weights(60)
    #expect(weights.allSatisfy { $0.level == 1 && $0.potential == 0 })
    var (l, c) = (5.0, 0.0)
    for _ in 0..<200 { a.advance(&l, &c, by: 0) }
    #expect(l == 5 && abs(c - 5 / 1.4) < 1e-9)
    // Then l' = l + (alpha_0 - 1) e: simple exponential smoothing.
    let before = l
    a.advance(&l, &c, by: 2)
    #expect(abs(l - (before + 0.4 * 2)) < 1e-12)
  }

  /// The whole model with an imaginary part of 1 is simple exponential smoothing with the gain alpha_0 - 1, from a start
  /// that is smoothed backwards.
  @Test func simpleExponentialSmoothingIsAmongTheForms() {
    let y = Self.simulated(50, seed: 4, season: 0)
    let estimator = CESEstimator(values: y, m: 1)
    let gains = CESGains(level: CESPair(real: 1.3, imaginary: 1))
    let track = estimator.track(
      .init(form: .none, gains: gains, start: estimator.start(.none), criterion: 0, aicc: 0))
    var level = y[..<10].reduce(0, +) / 10
    for value in y + y.reversed() { level += 0.3 * (value - level) }
    for t in y.indices {
      #expect(abs(track.expectation(t) - level) < 1e-9)
      level += 0.3 * (y[t] - level)
    }
    let steps = track.steps(6)
    for h in 0..<6 {
      #expect(abs(track.expectation(after: 50, step: h, steps) - level) < 1e-9)
      #expect(abs(steps.variances[h] - (1 + Double(h) * 0.09)) < 1e-12)
    }
  }

  /// Variances against errors drawn and run through the recursion itself, well past a cycle.
  @Test(arguments: CESForm.allCases) func variancesAreThoseOfSimulatedPaths(form: CESForm) {
    let history = Self.simulated(36, seed: 5)
    let steps = Self.track(form, history).steps(26)
    let variances = steps.variances
    // A future is forecast by a track that has seen part of it: its errors are independent draws.
    let zero = CESTrack(
      [Double](repeating: 0, count: 26), form: form, gains: Self.track(form, history).gains, m: 12,
      start: CESStart([Double](repeating: 0, count: 24), form: form, figures: [Double](repeating: 0, count: 12)))
    #expect(zero.squares == 0)
    var random = RandomSource(seed: 6)
    var squares = [Double](repeating: 0, count: 26)
    let count = 6_000
    for _ in 0..<count {
      let path = CESModelTests.run(form, zero.gains, errors: (0..<26).map { _ in random.normal() })
      for h in 0..<26 { squares[h] += path[h] * path[h] }
    }
    for h in 0..<26 {
      #expect(abs(squares[h] / Double(count) / variances[h] - 1) < 0.08, "\(form), step \(h + 1)")
    }
  }

  /// Values from states of 0 and these errors, by the equations.
  static func run(_ form: CESForm, _ gains: CESGains, errors: [Double]) -> [Double] {
    var (l, c) = (0.0, 0.0)
    var ring = [Double](repeating: 0, count: 12)
    var potentials = ring
    return errors.enumerated().map { t, e in
      let k = t % 12
      let y = (form.hasLevel ? l : 0) + (form.hasRing ? ring[k] : 0) + e
      gains.level.advance(&l, &c, by: e)
      switch form {
      case .none: break
      case .simple: gains.level.advance(&ring[k], &potentials[k], by: e)
      case .partial: ring[k] += gains.season.real * e
      case .full: gains.season.advance(&ring[k], &potentials[k], by: e)
      }
      return y
    }
  }

  /// The model is linear: at given gains the expectations of a sum are the sums of the expectations.
  @Test(arguments: CESForm.allCases) func expectationsOfASumAreSums(form: CESForm) {
    let (a, b) = (Self.simulated(40, seed: 7), Self.simulated(40, seed: 8, season: 3))
    let (ofA, ofB) = (Self.track(form, a), Self.track(form, b))
    let sum = Self.track(form, zip(a, b).map { $0 + 2 * $1 })
    for t in 0..<40 { #expect(abs(sum.expectation(t) - ofA.expectation(t) - 2 * ofB.expectation(t)) < 1e-8) }
    let steps = sum.steps(15)
    for h in 0..<15 {
      let parts = ofA.expectation(after: 40, step: h, steps) + 2 * ofB.expectation(after: 40, step: h, steps)
      #expect(abs(sum.expectation(after: 40, step: h, steps) - parts) < 1e-8)
    }
  }

  /// A forecast one step ahead within the history is what was expected then.
  @Test(arguments: CESForm.allCases) func oneStepAheadIsTheExpectation(form: CESForm) {
    var y = Self.simulated(40, seed: 9)
    y[17] = .nan
    let track = Self.track(form, y)
    let steps = track.steps(14)
    for t in 0..<40 { #expect(abs(track.expectation(after: t, step: 0, steps) - track.expectation(t)) < 1e-9) }
    // A missing month moves the states on by a step without error.
    #expect(track.errors[17] == 0)
    #expect(abs(track.expectation(after: 17, step: 1, steps) - track.expectation(18)) < 1e-9)
  }

  @Test(arguments: [1e-100, 1e-9, 1e12, 1e100]) func unitsDoNotMatter(unit: Double) throws {
    var values = Self.simulated(60, seed: 1)
    values[20] = .nan
    let plain = try Self.fit(values)
    let scaled = try Self.fit(values.map { $0 * unit })
    #expect(plain.name == scaled.name)
    let (a, b) = (plain.predict(horizon: 14, levels: [80]), scaled.predict(horizon: 14, levels: [80]))
    for h in 0..<14 {
      #expect(abs(b.mean[h] / unit - a.mean[h]) < 1e-6 * abs(a.mean[h]))
      #expect(abs(b.intervals[0].upper[h] / unit - a.intervals[0].upper[h]) < 1e-6 * abs(a.mean[h]))
    }
  }

  @Test func intervalsWidenByLevelAndHorizon() throws {
    for seed in 1..<6 as Range<UInt64> {
      let f = try Self.fit(Self.simulated(60, seed: seed)).predict(horizon: 30, levels: [50, 80, 95])
      for h in 0..<30 {
        let widths = f.intervals.map { $0.upper[h] - $0.lower[h] }
        #expect(widths[0] > 0 && widths[0] < widths[1] && widths[1] < widths[2])
        if h > 0 { #expect(widths[1] >= (f.intervals[1].upper[h - 1] - f.intervals[1].lower[h - 1]) * (1 - 1e-12)) }
      }
    }
  }

  /// A gap at the end moves the forecast on: it is as that of the shorter series some steps later.
  @Test func aGapAtTheEndIsStepsAhead() throws {
    let values = Self.simulated(50, seed: 2)
    let whole = try Self.fit(values).predict(horizon: 6, levels: [95])
    let gap = try Self.fit([.nan] + values + [.nan, .nan]).predict(horizon: 4, levels: [95])
    #expect(gap.mean == Array(whole.mean[2...]))
    #expect(gap.intervals[0].lower == Array(whole.intervals[0].lower[2...]))
  }

  /// Missing months cost what they would have told, and nothing else.
  @Test func missingMonthsAreSteppedOver() throws {
    var values = Self.simulated(84, seed: 3, season: 30)
    let truth = (84..<96).map { 30 * sine(Double($0) * .pi / 6) }
    let whole = try Self.fit(values).predict(horizon: 12, levels: []).mean
    for t in stride(from: 5, to: 80, by: 7) { values[t] = .nan }
    let part = try Self.fit(values)
    let level = part.predict(horizon: 12, levels: []).mean
    let mean = level.reduce(0, +) / 12
    for h in 0..<12 {
      #expect(abs(level[h] - whole[h]) < 6)
      #expect(abs(level[h] - mean - truth[h]) < 8)
    }
    #expect(part.fitted.allSatisfy { $0.isFinite })
  }

  @Test func constantsStayAndZerosAreZero() throws {
    for value in [0, 1e-12, 7, -3, 1e12] {
      for n in [7, 30, 60] {
        let f = try Self.fit([Double](repeating: value, count: n)).predict(horizon: 24, levels: [80, 95])
        for h in 0..<24 {
          #expect(abs(f.mean[h] - value) <= 1e-6 * abs(value))
          #expect(f.intervals.allSatisfy { abs($0.upper[h] - value) <= 1e-5 * abs(value) })
        }
      }
    }
  }

  @Test func shortSeriesHaveNoSeasonAndShorterOnesAreRefused() throws {
    #expect(try Self.fit(Self.simulated(23, seed: 1)).name == "CES(N)")
    #expect(try Self.fit(Self.simulated(7, seed: 1)).name == "CES(N)")
    #expect(throws: FitFailure.self) { try CES().fit(Self.series([1, 2, 3, 4, 5, 6])) }
    #expect(throws: FitFailure.self) { try CES().fit(Self.series([5])) }
    #expect(throws: FitFailure.self) { try CES().fit(Self.series([.nan, .nan])) }
    #expect(throws: FitFailure.self) { try CES().fit(Self.series([Double](repeating: 1e200, count: 30))) }
    let seasonal = try Self.fit(Self.simulated(60, seed: 1, season: 40))
    #expect(seasonal.name != "CES(N)")
  }

  /// Errors by their degrees of freedom: observations less gains, and less figures of a season but one.
  @Test(arguments: [0.0, 30]) func varianceIsByDegreesOfFreedom(season: Double) throws {
    var values = Self.simulated(72, seed: 4, season: season)
    values[30] = .nan
    let model = try Self.fit(values)
    let spent = model.track.form.gainCount + (model.track.form.hasRing ? 11 : 0)
    #expect(abs(model.sigma2 - model.track.squares / Double(71 - spent)) < 1e-12 * model.sigma2)
    #expect(abs(model.sigma2 - model.correction * model.track.squares / 71) < 1e-12 * model.sigma2)
    // One step ahead it is the variance of the errors, on the scale of the data.
    let f = model.predict(horizon: 1, levels: [95])
    let half = 1.959963984540054 * model.sigma2.squareRoot() * model.scale
    #expect(f.intervals[0].upper[0] - f.mean[0] >= half * (1 - 1e-9))
    #expect(model.scale > 50 && model.scale < 110)
  }

  /// Nothing of a season that is not there, and all of one that is.
  @Test func theFormFollowsTheSeason() throws {
    var plain = 0
    for seed in 1...20 as ClosedRange<UInt64> {
      if try Self.fit(Self.simulated(72, seed: seed, season: 0)).name == "CES(N)" { plain += 1 }
      #expect(try Self.fit(Self.simulated(72, seed: seed, season: 30)).track.form != .none)
    }
    #expect(plain >= 17, "\(plain) of 20")
  }

  /// Draws have the distribution of the forecast, step by step, and hang together.
  @Test func pathsHaveTheForecastsDistribution() throws {
    let model = try Self.fit(Self.simulated(72, seed: 12))
    let f = model.predict(horizon: 15, levels: [80])
    var random = RandomSource(seed: 1)
    let paths = model.samplePaths(horizon: 15, count: 4_000, random: &random)
    for h in 0..<15 {
      let column = (0..<4_000).map { paths.values[$0 * 15 + h] }
      let inside = column.count { $0 >= f.intervals[0].lower[h] && $0 <= f.intervals[0].upper[h] }
      #expect(abs(Double(inside) / 4_000 - 0.8) < 0.025, "step \(h + 1)")
      #expect(abs(column.reduce(0, +) / 4_000 - f.mean[h]) < 0.1 * (f.intervals[0].upper[h] - f.mean[h]))
    }
    var again = RandomSource(seed: 1)
    #expect(model.samplePaths(horizon: 15, count: 4_000, random: &again).values == paths.values)
  }

  /// What cannot be negative is not.
  @Test func countsHaveNoNegativeBound() throws {
    let values = (0..<60).map { Double(($0 * 7) % 4) }
    let model = try CES().fit(Self.series(values, .monthly, .count))
    let f = model.predict(horizon: 12, levels: [95])
    #expect(f.intervals[0].lower.allSatisfy { $0 >= 0 } && f.mean.allSatisfy { $0 >= 0 })
    #expect(model.fitted.allSatisfy { $0 >= 0 })
    var random = RandomSource(seed: 1)
    #expect(
      model.samplePaths(horizon: 12, count: 50, random: &random).values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
  }
}
