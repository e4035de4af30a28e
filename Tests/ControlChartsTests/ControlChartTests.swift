import NumericCore
import TimeSeries
import Testing

@testable import ControlCharts

struct ControlChartTests {
  static let start = Period.month(2020, 1)

  static func series(_ values: [Double], kind: MeasureKind = .count, denominators: [Double]? = nil, partial: [Int] = [])
    -> Series
  {
    Series(
      key: SeriesKey(area: "A", measure: "M"), start: start, values: values, kind: kind, denominators: denominators,
      partial: partial)
  }

  /// 24 steady months around 20.
  static let steady = (0..<24).map { Double([20, 23, 18, 21, 17, 22, 19, 20][$0 % 8]) }

  @Test func variationByDirection() {
    let high = Self.series(Self.steady + [60])
    let low = Self.series(Self.steady + [0])
    let words = { (s: Series, d: SPCDirection) in ControlChart(s, direction: d).variation }
    #expect(words(high, .lower) == .concernHigh && words(low, .lower) == .improvementLow)
    #expect(words(high, .higher) == .improvementHigh && words(low, .higher) == .concernLow)
    #expect(words(high, .neither) == .neitherHigh && words(low, .neither) == .neitherLow)
    #expect(words(Self.series(Self.steady), .lower) == .commonCause)
    #expect(SPCVariation.concernHigh.letter == "H")
    #expect(SPCVariation.improvementLow.letter == "L")
  }

  @Test func assuranceByDirection() {
    let words = { (target: Double, d: SPCDirection) in
      ControlChart(Self.series(Self.steady), direction: d, target: target).assurance
    }
    #expect(words(40, .lower) == .consistentlyHits && words(5, .lower) == .consistentlyMisses)
    #expect(words(40, .higher) == .consistentlyMisses && words(5, .higher) == .consistentlyHits)
    #expect(words(20, .lower) == .random && words(20, .higher) == .random)
    #expect(words(20, .neither) == nil)
    #expect(ControlChart(Self.series(Self.steady), direction: .lower).assurance == nil)
  }

  @Test func aRebaseGivesTheNewLevelLimitsOfItsOwn() throws {
    let values = Self.steady + Self.steady.map { $0 + 30 }
    let plain = ControlChart(Self.series(values), direction: .lower)
    #expect(plain.variation == .concernHigh && plain.latest?.signal.rules.contains(.oneSide) == true)
    #expect(plain.began == Self.start + 24)
    let rebased = ControlChart(
      Self.series(values), direction: .lower, rebases: [(Self.start + 24, "new rules"), (Self.start - 5, "before")])
    #expect(rebased.variation == .commonCause && rebased.began == nil)
    #expect(rebased.stretches.map(\.range) == [0..<24, 24..<48] && rebased.stretches[1].reason == "new rules")
    #expect(!rebased.isProvisional)
    let alone = ControlChart(Self.series(Array(values[24...])), direction: .lower)
    #expect(rebased.latest?.mean == alone.latest?.mean && rebased.latest?.upper == alone.latest?.upper)
    let short = ControlChart(Self.series(values), direction: .lower, target: 5, rebases: [(Self.start + 40, "late")])
    // Trial limits, by which nothing is judged.
    #expect(short.isProvisional && short.variation == .notJudged && short.assurance == nil)
    #expect(short.latest?.upper.isFinite == true)
    let tooShort = ControlChart(Self.series(values), direction: .lower, rebases: [(Self.start + 42, "later")])
    #expect(tooShort.variation == .notJudged)
  }

  @Test func aPointIsJudgedFromThirteenPointsOn() {
    for (count, isTrial, isJudged) in [(6, true, false), (11, true, false), (12, false, false), (13, false, true)] {
      let chart = ControlChart(
        Self.series(Array(Self.steady.prefix(count - 1)) + [90]), direction: .lower, target: 500)
      #expect(chart.isProvisional == isTrial)
      #expect((chart.variation == .concernHigh) == isJudged && (chart.variation == .notJudged) != isJudged)
      #expect((chart.assurance == .consistentlyHits) == isJudged)
      #expect((chart.latest?.signal.rules.isEmpty == false) == isJudged)
      #expect(chart.points.allSatisfy { $0.upper.isFinite == (count >= 7) })
    }
  }

  @Test func assuranceIsThatOfTheLastLimits() {
    let values = Self.steady + Self.steady.map { $0 + 100 }
    let chart = ControlChart(
      Self.series(values), direction: .lower, target: 60, rebases: [(Self.start + 24, "new rules")])
    #expect(chart.assurance == .consistentlyMisses)
    let before = ControlChart(Self.series(Self.steady), direction: .lower, target: 60)
    #expect(before.assurance == .consistentlyHits)
  }

  @Test func missingPartialAndExcludedPeriodsAreInNoLimit() throws {
    var values = Self.steady
    values[5] = .nan
    values[9] = 400
    values[23] = 3
    let chart = ControlChart(Self.series(values, partial: [23]), direction: .lower, excluded: { $0 == Self.start + 9 })
    let reference = [0..<5, 6..<9, 10..<23].flatMap { $0 }.map { Self.steady[$0] }
    #expect(chart.points[0].mean == reference.reduce(0, +) / 21)
    #expect(chart.points[9].mean.isNaN && chart.points[23].mean.isNaN && chart.points[5].value.isNaN)
    #expect(chart.variation == .notJudged)
  }

  @Test func proportionsHaveLimitsByTheirDenominators() throws {
    let denominators = (0..<24).map { $0 % 2 == 0 ? 100.0 : 400 }
    let values = (0..<24).map { (0.3 * denominators[$0] + [2, -3, 1, 0][$0 % 4]).rounded() / denominators[$0] }
    let chart = ControlChart(Self.series(values, kind: .proportion, denominators: denominators), direction: .higher)
    #expect(chart.kind == .p)
    let reach = { (i: Int) in chart.points[i].upper - chart.points[i].mean }
    #expect(abs(reach(0) / reach(1) - 2) < 1e-9)
    #expect(chart.points.allSatisfy { $0.lower >= 0 && $0.upper <= 1 })
    let wild = values.enumerated().map { $0 % 3 == 0 ? min(1, $1 * 2) : $1 }
    #expect(
      ControlChart(Self.series(wild, kind: .proportion, denominators: denominators), direction: .higher).kind == .pPrime
    )
  }

  @Test func aSeriesWithoutFiguresHasNoVerdict() {
    for values in [[], [Double.nan, .nan], [3, 4, 5]] {
      let chart = ControlChart(Self.series(values), direction: .lower, target: 4)
      #expect(chart.variation == .notJudged && chart.assurance == nil && chart.began == nil && chart.isProvisional)
    }
  }
}
