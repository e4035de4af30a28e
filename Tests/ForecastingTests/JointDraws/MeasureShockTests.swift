import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Panels with a common shock of known size.
enum ShockedPanel {
  /// Monthly counts of areas whose log level is the measure's, which wanders by `step` a month, and their own, which wanders by
  /// `own`.
  static func series(
    areas: Int, months: Int, mean: Double = 20, step: Double, own: Double = 0.03, seed: UInt64, measure: String = "M"
  ) -> [Series] {
    var common = RandomSource(seed: seed, stream: "common")
    var level = 0.0
    let path = (0..<months).map { _ in
      level += step * common.normal()
      return level
    }
    return (0..<areas).map { i in
      var random = RandomSource(seed: seed, stream: "area \(i)")
      var at = logarithm(mean)
      let values = path.map { shared in
        at += own * random.normal()
        return random.poisson(mean: exponential(at + shared))
      }
      return Series(key: SeriesKey(area: "Area \(i)", measure: measure), start: .month(2005, 1), values: values)
    }
  }
}

@Suite struct MeasureShockTests {
  /// Of a log level that wanders by q a month the mean of the next year about where it stands has the variance 12 q / 3,
  /// roughly: steps 1 to 12 weigh 12/12, 11/12, ... 1/12, whose squares sum to 4.51.
  @Test(arguments: [0.02, 0.04]) func theShockIsFoundAgain(step: Double) throws {
    let truth = step * (4.51).squareRoot()
    var squares = 0.0
    for seed in 0..<8 {
      let panel = ShockedPanel.series(areas: 30, months: 240, step: step, seed: UInt64(seed))
      let found = try #require(MeasureShock(pool: panel)).deviation
      #expect(found > 0.6 * truth && found < 1.6 * truth, "seed \(seed): \(found) for \(truth)")
      squares += found * found / 8
    }
    #expect(abs(squares.squareRoot() / truth - 1) < 0.2, "\(squares.squareRoot()) for \(truth)")
  }

  /// Nearly none where areas have nothing in common, and less the more years say so.
  @Test func independentAreasShareNearlyNothing() throws {
    let long = ShockedPanel.series(areas: 60, months: 240, step: 0, seed: 5)
    let short = long.map { $0.replacing(values: Array($0.values.prefix(60))) }
    let (many, few) = (
      try #require(MeasureShock(pool: long)).deviation, try #require(MeasureShock(pool: short)).deviation
    )
    #expect(many < 0.012, "\(many)")
    #expect(many < few && few < 0.03, "\(few)")
  }

  /// Against the same grid worked out by hand for two years: a change of 0.1 and one of -0.1, each known to 0.02. The likelihood of
  /// the difference is N(0.2; 0, 2 (2 tau² + 0.0004)).
  @Test func thePosteriorIsThatOfTheDifference() {
    let found = MeasureShock([.init(mean: 0.1, variance: 0.0004), .init(mean: -0.1, variance: 0.0004)]).deviation
    var (weights, squares) = (0.0, 0.0)
    for k in 0...60 {
      let tau = 0.0025 + 0.005 * Double(k)
      let variance = 2 * (2 * tau * tau + 0.0004)
      let weight = tau * tau * exponential(-tau / 0.016) * exponential(-0.02 / variance) / variance.squareRoot()
      weights += weight
      squares += weight * tau * tau
    }
    #expect(abs(found - (squares / weights).squareRoot()) < 1e-12)
  }

  /// One year's change says nothing of a deviation, and nothing at all is the prior's mean square: 12 x 0.016².
  @Test func withoutYearsThePriorIsLeft() {
    let (none, one) = (MeasureShock([]).deviation, MeasureShock([.init(mean: 0.3, variance: 0.001)]).deviation)
    #expect(abs(none - one) < 1e-12)
    #expect(abs(none - (12.0).squareRoot() * 0.016) < 0.001)
  }

  @Test func nothingIsSharedAlone() {
    let panel = ShockedPanel.series(areas: 2, months: 120, step: 0.03, seed: 1)
    #expect(MeasureShock(pool: panel) != nil)
    #expect(MeasureShock(pool: [panel[0]]) == nil)
    let unnamed = panel.map {
      Series(key: SeriesKey(area: $0.key.area, measure: nil), start: $0.start, values: $0.values)
    }
    #expect(MeasureShock(pool: unnamed) == nil)
    let values = panel.map { Series(key: $0.key, start: $0.start, values: $0.values, kind: .value) }
    #expect(MeasureShock(pool: values) == nil)
  }

  /// Neither the order of areas nor how they are divided among parts changes a bit of it.
  @Test func orderAndPartsChangeNothing() {
    let panel = ShockedPanel.series(areas: 23, months: 150, step: 0.02, seed: 3)
    let last = panel[0].end.ordinal
    let whole = LocalMembers(panel).gather(MeasureChanges(last: last)).finished()
    var (one, other) = (MeasureChanges(last: last), MeasureChanges(last: last))
    for (i, series) in panel.reversed().enumerated() {
      if i % 3 == 0 { one.add(series) } else { other.add(series) }
    }
    one.combine(with: other)
    #expect(one.finished() == whole)
    #expect(whole.count == 11)
  }

  /// The change of a year from the totals of its matched months alone, and none from fewer than three quarters of them.
  @Test func changesAreOverMatchedMonths() throws {
    func area(_ i: Int, missing: Range<Int>) -> Series {
      var values = [Double](repeating: 10, count: 12) + [Double](repeating: 20, count: 12)
      for t in missing { values[t] = .nan }
      return Series(key: SeriesKey(area: "\(i)", measure: "M"), start: .month(2020, 1), values: values)
    }
    func years(_ missing: Range<Int>) -> [MeasureChanges.Year] {
      let areas = (0..<3).map { area($0, missing: missing) }
      return LocalMembers(areas).gather(MeasureChanges(last: areas[0].end.ordinal)).finished()
    }
    let three = try #require(years(0..<3).first)
    #expect(abs(three.mean - logarithm(180.5 / 90.5)) < 1e-12)
    #expect(years(0..<4).isEmpty)
  }

  /// An area's own collapse counts as a factor of e, and areas of few events not at all.
  @Test func oneAreaIsNotTheMeasure() throws {
    let flat = [Double](repeating: 10, count: 24)
    func area(_ name: String, _ values: [Double]) -> Series {
      Series(key: SeriesKey(area: name, measure: "M"), start: .month(2020, 1), values: values)
    }
    let collapsed = area("x", [Double](repeating: 1000, count: 12) + [Double](repeating: 0, count: 12))
    let areas = ["a", "b", "c"].map { area($0, flat) } + [collapsed]
    let year = try #require(LocalMembers(areas).gather(MeasureChanges(last: collapsed.end.ordinal)).finished().first)
    #expect(abs(year.mean + 0.25) < 1e-12)
    let rare = ["a", "b", "c"].map { area($0, flat.map { $0 / 5 }) }
    #expect(LocalMembers(rare).gather(MeasureChanges(last: collapsed.end.ordinal)).finished().isEmpty)
  }
}
