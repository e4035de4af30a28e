import NumericCore
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct MSTLTests {
  static func series(_ values: [Double], _ frequency: Frequency = .monthly) -> Series {
    Series(
      key: SeriesKey(area: "A", measure: nil), start: Period(frequency: frequency, ordinal: 24_000), values: values,
      kind: .value)
  }

  static func wave(_ n: Int, seed: UInt64) -> [Double] {
    var random = RandomSource(seed: seed)
    var level = 80.0
    return (0..<n).map { t in
      level += random.normal()
      return level + 15 * sine(Double(t) * .pi / 6) + 2 * random.normal()
    }
  }

  /// The forecast is that of exponential smoothing fitted to what R's mstl leaves, plus R's last season.
  @Test func forecastIsSmoothingPlusSeason() throws {
    let r = try #require(try Fixture.numbers("stl.csv", target: "ForecastingTests")["mstl"])
    let y = try #require(r["y"])
    let season = try #require(r["seasonal"])
    let f = try MSTL().fit(Self.series(y)).predict(horizon: 24, levels: [80])
    let adjusted = zip(y, season).map { $0 - $1 }
    let estimate = try #require(ETSEstimator(values: adjusted, m: 1).select(among: MSTL.forms))
    var state = ETSState(estimate.parameters)
    for value in adjusted {
      state.update(estimate.form, estimate.parameters, error: value - state.expectation(estimate.form))
    }
    let means = ETSMoments(form: estimate.form, state: state.parameters(estimate.parameters), sigma2: 1).steps(24).mean
    #expect(f.model == "STL+\(estimate.form.name)")
    for h in 0..<24 { #expect(abs(f.mean[h] - means[h] - season[y.count - 12 + h % 12]) < 0.05, "step \(h + 1)") }
  }

  @Test func withoutTwoCyclesThereIsNoSeason() throws {
    let short = try MSTL().fit(Self.series(Array(Self.wave(24, seed: 1))))
    #expect(short.name.hasPrefix("ETS(A,"))
    let long = try MSTL().fit(Self.series(Array(Self.wave(25, seed: 1))))
    #expect(long.name.hasPrefix("STL+ETS(A,"))
    #expect(try MSTL().fit(Self.series(Self.wave(40, seed: 1), .yearly)).name.hasPrefix("ETS(A,"))
  }

  @Test func aGapAtTheEndIsStepsAhead() throws {
    let values = Self.wave(70, seed: 2)
    let whole = try MSTL().fit(Self.series(values)).predict(horizon: 20, levels: [95])
    let gap = try MSTL().fit(Self.series(values + [.nan, .nan, .nan])).predict(horizon: 17, levels: [95])
    #expect(gap.mean == Array(whole.mean[3...]))
    #expect(gap.intervals[0].upper == Array(whole.intervals[0].upper[3...]))
  }

  @Test func coverageOnItsOwnKind() throws {
    var inside = 0.0
    for seed in 0..<150 {
      let values = Self.wave(96, seed: UInt64(300 + seed))
      let f = try MSTL().fit(Self.series(Array(values[..<84]))).predict(horizon: 12, levels: [80])
      for h in 0..<12 where f.intervals[0].lower[h] <= values[84 + h] && values[84 + h] <= f.intervals[0].upper[h] {
        inside += 1
      }
    }
    #expect((0.76...0.9).contains(inside / 1800), "\(inside / 1800)")
  }
}
