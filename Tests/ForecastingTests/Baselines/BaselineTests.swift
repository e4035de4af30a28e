import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct BaselineTests {
  static func series(_ values: [Double], _ frequency: Frequency = .quarterly, kind: MeasureKind = .value) -> Series {
    Series(
      key: SeriesKey(area: "A", measure: nil), start: Period(frequency: frequency, ordinal: 8000), values: values,
      kind: kind)
  }

  /// By hand: differences of 1, 2, 1, 2 after the first year, sigma² = 10 / 4.
  @Test func seasonalNaiveByHand() throws {
    let model = try SeasonalNaive().fit(Self.series([10, 20, 30, 40, 11, 22, 31, 42]))
    let f = model.predict(horizon: 6, levels: [80])
    #expect(f.mean == [11, 22, 31, 42, 11, 22])
    let half = Normal.quantile(0.9) * (10.0 / 4).squareRoot()
    #expect(abs(f.intervals[0].upper[0] - (11 + half)) < 1e-12)
    #expect(abs(f.intervals[0].upper[5] - (22 + half * 2.0.squareRoot())) < 1e-12)
    #expect(model.fitted[0].isNaN && model.fitted[5] == 20)
  }

  @Test func seasonalNaiveLooksPastMissingValues() throws {
    let f = try SeasonalNaive().fit(Self.series([10, 20, 30, 40, 11, .nan, 31, .nan])).predict(horizon: 4, levels: [])
    #expect(f.mean == [11, 20, 31, 40])
    #expect(throws: FitFailure.self) { try SeasonalNaive().fit(Self.series([1, 2, 3])) }
  }

  @Test func historicAverageByHand() throws {
    let model = try HistoricAverage().fit(Self.series([1, 2, 3, .nan, 6]))
    let f = model.predict(horizon: 2, levels: [95])
    #expect(f.mean == [3, 3])
    let sigma = (14.0 / 3).squareRoot()
    #expect(abs(f.intervals[0].lower[1] - (3 - Normal.quantile(0.975) * sigma * 1.25.squareRoot())) < 1e-12)
  }

  @Test func countsAreNeverNegative() throws {
    let s = Self.series([0, 1, 0, 9, 0, 0, 3, 0], kind: .count)
    for forecaster in [SeasonalNaive() as any Forecaster, HistoricAverage()] {
      let model = try forecaster.fit(s)
      #expect(model.predict(horizon: 8, levels: [95]).intervals[0].lower.allSatisfy { $0 == 0 })
      var random = RandomSource(seed: 1)
      #expect(model.samplePaths(horizon: 8, count: 50, random: &random).values.allSatisfy { $0 >= 0 })
    }
  }

  @Test(
    arguments: [
      SeasonalNaive() as any Forecaster, HistoricAverage(), AutoETS(), Theta(), MSTL(), TSB(), CrostonSBA(),
      SeasonalWindowAverage(),
    ])
  func pathsHaveTheMomentsOfTheForecast(forecaster: any Forecaster) throws {
    var random = RandomSource(seed: 2)
    let values = (0..<60).map { 50 + 10 * sine(Double($0) * .pi / 2) + 4 * random.normal() }
    let model = try forecaster.fit(Self.series(values))
    let paths = model.samplePaths(horizon: 6, count: 6000, random: &random)
    let f = model.predict(horizon: 6, levels: [80])
    for h in [0, 5] {
      let draws = (0..<6000).map { paths.values[$0 * 6 + h] }
      let mean = draws.reduce(0, +) / 6000
      let sd = (f.intervals[0].upper[h] - f.mean[h]) / Normal.quantile(0.9)
      #expect(abs(mean - f.mean[h]) < 5 * sd / 6000.0.squareRoot())
      let spread = (draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5999).squareRoot()
      #expect(abs(spread / sd - 1) < 0.06, "\(forecaster.name) step \(h + 1)")
    }
  }
}
