import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ARIMAModelTests {
  static func series(_ values: [Double], kind: MeasureKind = .value) -> Series {
    Series(key: SeriesKey(area: "A", measure: nil), start: .month(2001, 1), values: values, kind: kind)
  }

  static func fit(_ values: [Double], kind: MeasureKind = .value) throws -> ARIMAModel {
    try #require(try AutoARIMA().fit(series(values, kind: kind)) as? ARIMAModel)
  }

  /// A seasonal series with a wandering level.
  static func wandering(_ n: Int, seed: UInt64) -> [Double] {
    var random = RandomSource(seed: seed)
    var level = 50.0
    return (0..<n).map { t in
      level += 0.6 * random.normal()
      return level + 8 * sine(2 * .pi * Double(t) / 12) + random.normal()
    }
  }

  /// Units do not matter, however large or small, nor does a constant where a difference is taken.
  @Test func scale() throws {
    let values = Self.wandering(84, seed: 1)
    let plain = try Self.fit(values)
    for factor in [1e12, 1e-9, 3] {
      let scaled = try Self.fit(values.map { $0 * factor })
      #expect(scaled.order == plain.order)
      let (a, b) = (plain.predict(horizon: 12, levels: [80]), scaled.predict(horizon: 12, levels: [80]))
      for h in 0..<12 {
        #expect(abs(b.mean[h] / factor - a.mean[h]) < 1e-4 * abs(a.mean[h]))
        #expect(abs(b.intervals[0].upper[h] / factor - a.intervals[0].upper[h]) < 1e-4 * abs(a.mean[h]))
      }
    }
  }

  /// Hurvich & Tsai (1989, Biometrika 76, 297-307): AIC + 2k(k + 1)/(n - k - 1), the variance among the k.
  @Test func theCriterionIsCorrectedForFewObservations() {
    #expect(abs(ARIMAEstimator.aicc(100, coefficients: 3, observed: 30) - (100 + 8 + 2 * 4 * 5 / 25.0)) < 1e-12)
    #expect(abs(ARIMAEstimator.aicc(100, coefficients: 0, observed: 12) - (100 + 2 + 2 * 1 * 2 / 10.0)) < 1e-12)
    #expect(ARIMAEstimator.aicc(100, coefficients: 3, observed: 5) == .infinity)
  }

  @Test func theSameAgain() throws {
    let values = Self.wandering(70, seed: 2)
    let (a, b) = (try Self.fit(values), try Self.fit(values))
    #expect(a.coefficients == b.coefficients && a.fitted.elementsEqual(b.fitted) { $0 == $1 || ($0.isNaN && $1.isNaN) })
    #expect(a.predict(horizon: 6, levels: [95]).mean == b.predict(horizon: 6, levels: [95]).mean)
  }

  /// Values missing at random move forecasts little, and what is said of a missing value comes from those before it.
  @Test func missingValues() throws {
    let values = Self.wandering(96, seed: 3)
    var gappy = values
    for t in [1, 14, 30, 31, 32, 50, 71, 88] { gappy[t] = .nan }
    let (whole, holes) = (try Self.fit(values), try Self.fit(gappy))
    let (a, b) = (whole.predict(horizon: 12, levels: [80]), holes.predict(horizon: 12, levels: [80]))
    for h in 0..<12 { #expect(abs(a.mean[h] - b.mean[h]) < 2.5, "step \(h + 1): \(a.mean[h]) and \(b.mean[h])") }
    var other = gappy
    for t in 60..<96 { other[t] += 25 }
    let order = ARIMAOrder(
      arma: ARMAOrder(ar: 1, ma: 1, seasonalMA: 1, season: 12), differences: 1, seasonalDifferences: 1)
    func expectations(_ y: [Double]) -> [Double] {
      let bridged = ObservedStretch.bridged(y)
      let missing = y.indices.filter { y[$0].isNaN }
      return ARIMARun(DifferencedSeries(bridged, missing: missing, order), bridged, [0.4, -0.6, -0.5]).expectations
    }
    let (first, second) = (expectations(gappy), expectations(other))
    #expect(first[..<13].allSatisfy { $0.isNaN })
    for t in 13...60 { #expect(abs(first[t] - second[t]) < 1e-6, "period \(t)") }
    // A value that is missing is expected to be what it would be if the series ended before it.
    let before = Array(gappy[..<71])
    let bridged = ObservedStretch.bridged(before)
    let run = ARIMARun(
      DifferencedSeries(bridged, missing: before.indices.filter { before[$0].isNaN }, order), bridged,
      [0.4, -0.6, -0.5])
    #expect(abs(first[71] - run.ahead(1).mean[0]) < 1e-4)
    // Ends that are missing are steps ahead.
    let late = try Self.fit(values + [.nan, .nan])
    let shifted = late.predict(horizon: 10, levels: [80])
    for h in 0..<10 { #expect(abs(shifted.mean[h] - a.mean[h + 2]) < 1e-9) }
  }

  /// Nearly all of a series missing: only its latest part is used, and a forecast is still made.
  @Test func manyMissing() throws {
    var values = Self.wandering(400, seed: 4)
    for t in 0..<399 where t % 2 == 1 { values[t] = .nan }
    let model = try Self.fit(values)
    #expect(model.fitted.count == 400 && model.fitted[..<150].allSatisfy { $0.isNaN } && model.fitted[399].isFinite)
    #expect(model.predict(horizon: 6, levels: [80]).mean.allSatisfy { (0..<120).contains($0) })
  }

  /// What is all the same, a straight line, and a season that repeats have nothing left to estimate.
  @Test func whatDoesNotVary() throws {
    let level = try Self.fit([Double](repeating: 7, count: 40)).predict(horizon: 3, levels: [95])
    #expect(level.mean.allSatisfy { abs($0 - 7) < 1e-9 } && level.intervals[0].upper.allSatisfy { abs($0 - 7) < 1e-6 })
    let line = try Self.fit((0..<40).map { 5 + 2 * Double($0) })
    #expect(line.name == "ARIMA(0,1,0) with drift")
    for (h, mean) in line.predict(horizon: 3, levels: [95]).mean.enumerated() {
      #expect(abs(mean - (85 + 2 * Double(h))) < 1e-6)
    }
    let cycle = try Self.fit((0..<60).map { Double($0 * 7 % 12) })
    for (h, mean) in cycle.predict(horizon: 12, levels: [95]).mean.enumerated() {
      #expect(abs(mean - Double((60 + h) * 7 % 12)) < 1e-6)
    }
    let zeros = try Self.fit([Double](repeating: 0, count: 30))
    #expect(zeros.predict(horizon: 2, levels: [80]).mean == [0, 0])
  }

  @Test func tooShortIsSaid() {
    #expect(throws: FitFailure.self) { try AutoARIMA().fit(Self.series([3, 4, 5, 6, 7, 8])) }
    #expect(throws: FitFailure.self) { try AutoARIMA().fit(Self.series([.nan, .nan])) }
  }

  /// No draw and no bound of a count is negative or between whole numbers; draws have the forecast's means and deviations.
  @Test func draws() throws {
    let values = Self.wandering(84, seed: 5)
    let model = try Self.fit(values)
    let forecast = model.predict(horizon: 12, levels: [80])
    var random = RandomSource(seed: 6)
    let paths = model.samplePaths(horizon: 12, count: 4000, random: &random)
    for h in [0, 5, 11] {
      let column = (0..<4000).map { paths.values[$0 * 12 + h] }
      let mean = column.reduce(0, +) / 4000
      let width = forecast.intervals[0].upper[h] - forecast.intervals[0].lower[h]
      #expect(abs(mean - forecast.mean[h]) < 0.04 * width)
      let inside = column.count { forecast.intervals[0].lower[h] <= $0 && $0 <= forecast.intervals[0].upper[h] }
      #expect((0.77...0.83).contains(Double(inside) / 4000))
    }
    let counts = try Self.fit(values.map { max(0, ($0 - 45).rounded()) }, kind: .count)
    let bounds = counts.predict(horizon: 12, levels: [95]).intervals[0]
    #expect((bounds.lower + bounds.upper).allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    #expect(counts.samplePaths(horizon: 12, count: 50, random: &random).values.allSatisfy { $0 >= 0 })
  }

  /// Next to the unit circle, where digits are lost, there is no likelihood rather than a wrong one.
  @Test func lostDigitsAreNoLikelihood() {
    let values = Self.wandering(90, seed: 7)
    let arma = ARMAOrder(ar: 4, ma: 1, seasonalAR: 2, season: 12)
    let series = DifferencedSeries(values, missing: [], ARIMAOrder(arma: arma, differences: 1))
    let likelihood = ARMALikelihood(series, greatest: arma)
    let plain = likelihood.criteria(arma, [[Double](repeating: 0, count: 7)])[0]
    #expect(plain.isFinite)
    for size in [30.0, 1e3, 1e6] {
      let near = likelihood.criteria(
        arma, [[size, -size, size, -size, 0, size, size], [size, size, size, size, 0, 0, 0]])
      #expect(near.allSatisfy { $0 > plain })
    }
    #expect(likelihood.criteria(arma, [[1e3, -1e3, 1e3, -1e3, 0, 1e3, 1e3]])[0] == .infinity)
  }

  /// Further ahead is no more certain, the same season compared; from month to month one may be known a little better.
  @Test func intervalsWiden() throws {
    for seed in 10..<16 {
      let f = try Self.fit(Self.wandering(80, seed: UInt64(seed))).predict(horizon: 24, levels: [80, 95])
      let widths = f.intervals.map { zip($0.upper, $0.lower).map { $0 - $1 } }
      for h in 1..<24 {
        #expect(widths[0][h] >= widths[0][h - 1] * 0.99 && widths[1][h] > widths[0][h])
        if h >= 12 { #expect(widths[0][h] >= widths[0][h - 12] * (1 - 1e-9)) }
      }
    }
  }

  /// Of series that are what the model takes them for, intervals hold about what they say.
  @Test func coverageOnItsOwnKind() throws {
    var (inside, all) = (0.0, 0.0)
    for seed in 0..<60 {
      var random = RandomSource(seed: UInt64(200 + seed))
      var (last, error) = (0.0, 0.0)
      let values = (0..<132).map { _ in
        let e = random.normal()
        last = 0.7 * last + e + 0.4 * error
        error = e
        return 30 + last
      }
      let f = try Self.fit(Array(values[..<120])).predict(horizon: 12, levels: [80])
      for h in 0..<12 {
        all += 1
        if f.intervals[0].lower[h] <= values[120 + h], values[120 + h] <= f.intervals[0].upper[h] { inside += 1 }
      }
    }
    #expect((0.68...0.88).contains(inside / all), "\(inside / all)")
  }
}
