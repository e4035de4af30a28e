import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ThetaModelTests {
  static func series(_ values: [Double], _ frequency: Frequency = .yearly) -> Series {
    Series(
      key: SeriesKey(area: "A", measure: nil), start: Period(frequency: frequency, ordinal: 2000), values: values,
      kind: .value)
  }
  static func fit(_ values: [Double], _ frequency: Frequency = .yearly) throws -> ThetaModel {
    try #require(try Theta().fit(series(values, frequency)) as? ThetaModel)
  }

  static func walk(_ n: Int, seed: UInt64, drift: Double = 0.3) -> [Double] {
    var random = RandomSource(seed: seed)
    var level = 50.0
    return (0..<n).map { _ in
      level += drift + random.normal()
      return level + 2 * random.normal()
    }
  }

  /// The variance recursion against errors drawn and run through the plain recursion.
  @Test func variancesAreThoseOfSimulatedPaths() {
    let dynamics = ThetaDynamics(alpha: 0.4, omega: 0.8)
    let c = dynamics.coefficients(from: 12, count: 10)
    let variances = dynamics.variances(c)
    let start = ThetaDynamics.State(level: 5, mean: 4, slope: 0.3)
    let means = dynamics.means(from: start, c)
    var random = RandomSource(seed: 3)
    var squares = [Double](repeating: 0, count: 10)
    let count = 40_000
    for _ in 0..<count {
      var s = start
      for h in 0..<10 {
        let y = dynamics.expectation(s, c[h]) + random.normal()
        dynamics.advance(&s, c[h], by: y)
        squares[h] += (y - means[h]) * (y - means[h])
      }
    }
    for h in 0..<10 { #expect(abs(squares[h] / Double(count) / variances[h] - 1) < 0.03, "step \(h + 1)") }
  }

  @Test func unitsAndPlaceDoNotMatter() throws {
    var values = Self.walk(60, seed: 1)
    values[20] = .nan
    let plain = try Self.fit(values).predict(horizon: 8, levels: [80])
    let moved = try Self.fit(values.map { $0 + 1000 }).predict(horizon: 8, levels: [80])
    let scaled = try Self.fit(values.map { $0 * 1e-12 }).predict(horizon: 8, levels: [80])
    for h in 0..<8 {
      #expect(abs(moved.mean[h] - 1000 - plain.mean[h]) < 1e-6)
      #expect(abs(scaled.mean[h] * 1e12 - plain.mean[h]) < 1e-6)
      #expect(abs(scaled.intervals[0].upper[h] * 1e12 - plain.intervals[0].upper[h]) < 1e-6)
    }
  }

  /// On an exact line the forecast goes on with it by its whole slope (theta without bound), as the paper says of B.
  @Test func aLineIsFollowed() throws {
    let f = try Self.fit((0..<30).map { 3 + 2 * Double($0) }).predict(horizon: 3, levels: [80])
    for h in 0..<3 { #expect(abs(f.mean[h] - (63 + 2 * Double(h))) < 0.05) }
  }

  /// A gap at the end moves the forecast on: it is as that of the shorter series some steps later.
  @Test func aGapAtTheEndIsStepsAhead() throws {
    let values = Self.walk(50, seed: 2)
    let whole = try Self.fit(values).predict(horizon: 6, levels: [95])
    let gap = try Self.fit(values + [.nan, .nan]).predict(horizon: 4, levels: [95])
    #expect(gap.mean == Array(whole.mean[2...]))
    #expect(gap.intervals[0].lower == Array(whole.intervals[0].lower[2...]))
  }

  /// What follows a gap is not used before it.
  @Test func gapsAreNotFilledFromTheFuture() throws {
    var values = Self.walk(60, seed: 5, drift: 0)
    for t in 30..<40 { values[t] = .nan }
    let history = ThetaHistory(Array(values[..<41]))
    let shifted = ThetaHistory(Array(values[..<40]) + [values[40] + 500])
    #expect(Array(history.mean[..<40]) == Array(shifted.mean[..<40]))
    #expect(Array(history.slope[29..<40]).allSatisfy { abs($0 - history.slope[29]) < 1e-12 })
  }

  /// A season in the data is in the forecast.
  @Test func theSeasonIsPutBack() throws {
    var random = RandomSource(seed: 9)
    func season(_ t: Int) -> Double { 100 * (1 + 0.3 * sine(Double(t + 2000) * .pi / 6)) }
    let values = (0..<84).map { season($0) + random.normal() }
    let f = try Self.fit(values, .monthly).predict(horizon: 12, levels: [80])
    for h in 0..<12 { #expect(abs(f.mean[h] - season(84 + h)) < 5) }
  }

  /// Of series that are what the model takes them for, intervals hold about what they say.
  @Test func coverageOnItsOwnKind() throws {
    var inside = 0.0
    var all = 0.0
    for seed in 0..<200 {
      let values = Self.walk(92, seed: UInt64(100 + seed))
      let f = try Self.fit(Array(values[..<80])).predict(horizon: 12, levels: [80])
      for h in 0..<12 {
        all += 1
        if f.intervals[0].lower[h] <= values[80 + h], values[80 + h] <= f.intervals[0].upper[h] { inside += 1 }
      }
    }
    #expect((0.76...0.9).contains(inside / all), "\(inside / all)")
  }
}
