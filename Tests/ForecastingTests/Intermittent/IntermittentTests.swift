import NumericCore
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Intermittent demand against statsforecast at given constants (`Fixtures/intermittent.py`), and by its properties.
@Suite struct IntermittentTests {
  static let reference = (try? Fixture.numbers("intermittent.csv", target: "ForecastingTests")) ?? [:]

  static func series(_ values: [Double], kind: MeasureKind = .count) -> Series {
    Series(key: SeriesKey(area: "A", measure: nil), start: .month(2015, 1), values: values, kind: kind)
  }

  @Test func thereAreCases() { #expect(Self.reference.count == 5) }

  @Test(arguments: reference.keys.sorted()) func levelsAgreeFromTheFirstDemandOn(name: String) throws {
    let r = try #require(Self.reference[name])
    let y = try #require(r["y"])
    let first = try #require(y.firstIndex { $0 > 0 })
    var levels = [Double](repeating: 0, count: y.count)
    for (size, share) in [(0.1, 0.1), (0.3, 0.05)] {
      let theirs = try #require(r["tsb \(size) \(share)"])
      let (level, squares) = levels.withUnsafeMutableBufferPointer {
        TSB().run(
          y, sizeGain: size, frequencyGain: share, initial: (size: y[first], share: y[0] > 0 ? 1 : 0), levels: $0)
      }
      for (t, theirs) in theirs.enumerated() where t > first {
        #expect(abs((t < y.count ? levels[t] : level) - theirs) < 1e-9, "period \(t + 1)")
      }
      #expect(abs(squares - zip(y, levels).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }) < 1e-9)
    }
    let theirs = try #require(r["sba"])
    let (level, _) = levels.withUnsafeMutableBufferPointer {
      CrostonSBA().run(
        y, sizeGain: 0.1, frequencyGain: 0.1, initial: (size: y[first], interval: Double(first + 1)), levels: $0)
    }
    for (t, theirs) in theirs.enumerated() where t > first {
      #expect(abs((t < y.count ? levels[t] : level) - theirs) < 1e-9, "period \(t + 1)")
    }
  }

  @Test(arguments: reference.keys.sorted()) func theWindowAverageAgrees(name: String) throws {
    let r = try #require(Self.reference[name])
    let y = try #require(r["y"]), theirs = try #require(r["window"])
    let f = try SeasonalWindowAverage().fit(Self.series(y)).predict(horizon: 12, levels: [])
    for h in 0..<12 { #expect(abs(f.mean[h] - theirs[h]) < 1e-9) }
  }

  @Test func noOtherGainsOfTheGridDoBetter() throws {
    let y = try #require(Self.reference["clumps"]?["y"])
    for method in [TSB() as any IntermittentMethod, CrostonSBA()] {
      let best = method.best(y).squares
      for gain in [0.01, 0.05, 0.1, 0.3] {
        #expect(method.run(y, sizeGain: gain, frequencyGain: 0.1, levels: nil).squares >= best)
      }
    }
  }

  /// What TSB is for: a demand that has stopped sinks, and Croston's does not.
  @Test func aStoppedDemandSinks() {
    let y = [3.0, 0, 2, 4, 0, 1, 5, 2, 0, 3] + [Double](repeating: 0, count: 40)
    let tsb = TSB().run(y, sizeGain: 0.1, frequencyGain: 0.1, levels: nil).level
    let croston = CrostonSBA().run(y, sizeGain: 0.1, frequencyGain: 0.1, levels: nil).level
    #expect(tsb < 0.05 && croston > 0.5)
  }

  /// A missing period teaches nothing: levels are those of the series without it.
  @Test func missingPeriodsAreSkipped() {
    let y = [3.0, 0, 2, 0, 0, 1, 5, 0]
    let gaps = [3.0, .nan, 0, 2, 0, .nan, .nan, 0, 1, 5, 0, .nan]
    for method in [TSB() as any IntermittentMethod, CrostonSBA()] {
      let (whole, broken) = (
        method.run(y, sizeGain: 0.2, frequencyGain: 0.1, levels: nil),
        method.run(gaps, sizeGain: 0.2, frequencyGain: 0.1, levels: nil)
      )
      #expect(whole == broken)
    }
  }

  @Test(arguments: [TSB() as any Forecaster, CrostonSBA()]) func pathsHaveTheQuantilesOfTheForecast(
    forecaster: any Forecaster
  ) throws {
    var random = RandomSource(seed: 8)
    let y = (0..<60).map { t in random.poisson(mean: 2 + Double(t) / 20) }
    let model = try forecaster.fit(Self.series(y))
    let f = model.predict(horizon: 8, levels: [80])
    let paths = model.samplePaths(horizon: 8, count: 8000, random: &random)
    for h in [0, 7] {
      let draws = (0..<8000).map { paths.values[$0 * 8 + h] }
      #expect(abs(draws.reduce(0, +) / 8000 / f.mean[h] - 1) < 0.05)
      let above = Double(draws.count { $0 > f.intervals[0].upper[h] }) / 8000
      let atOrAbove = Double(draws.count { $0 >= f.intervals[0].upper[h] }) / 8000
      #expect(above < 0.12 && atOrAbove > 0.08, "step \(h + 1): \(above), \(atOrAbove)")
    }
  }

  @Test func neverHavingHappenedIsNotNever() throws {
    for forecaster in [TSB() as any Forecaster, CrostonSBA()] {
      let f = try forecaster.fit(Self.series([Double](repeating: 0, count: 9))).predict(horizon: 2, levels: [95])
      #expect(f.mean == [0.05, 0.05] && f.intervals[0].upper == [1, 1] && f.median == [0, 0])
      #expect(throws: FitFailure("it has negative values")) { try forecaster.fit(Self.series([1, -2, 3, 4])) }
    }
  }
}
