import NumericCore
import TimeSeries
import Testing

@testable import ControlCharts

struct OverlappingFiguresTests {
  private static func values(_ seed: UInt64, count: Int, _ draw: (Int, inout RandomSource) -> Double) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { draw($0, &random) }
  }

  /// Means, or sums, over the last twelve.
  private static func rolling(_ x: [Double], by divisor: Double = 12) -> [Double] {
    (11..<x.count).map { x[($0 - 11)...$0].reduce(0, +) / divisor }
  }

  private static func series(_ values: [Double], _ kind: MeasureKind = .value) -> Series {
    ControlChartTests.series(
      values, kind: kind, denominators: kind == .proportion ? values.map { _ in 300 } : nil)
  }

  @Test func twelveMonthFiguresAreFoundAndHaveNoRules() {
    var found = 0
    for seed in 0..<40 as Range<UInt64> {
      let months = Self.values(seed, count: 84) { t, random in
        0.3 + 0.05 * cosine(2 * .pi * Double(t) / 12) + 0.03 * random.normal()
      }
      if OverlappingFigures(Self.series(Self.rolling(months), .proportion)) == .rollingYear { found += 1 }
    }
    #expect(found >= 34, "\(found)")
    let sums = Self.values(3, count: 120) { _, random in 70 + 5 * random.normal() }
    let chart = ControlChart(Self.series(Self.rolling(sums, by: 1)), direction: .lower, target: 900)
    #expect(chart.overlap == .rollingYear && chart.variation == .notJudged && chart.assurance == nil)
    #expect(chart.points.allSatisfy { $0.mean.isNaN && $0.signal.rules.isEmpty })
  }

  @Test func figuresOfTheYearSoFarAreFound() {
    for first in [1, 4] {
      var sum = 0.0
      let values = Self.values(9, count: 60) { t, random in
        if (ControlChartTests.start + t).firstDay.month == first { sum = 0 }
        sum += 10 + random.uniform()
        return sum
      }
      #expect(OverlappingFigures(Self.series(values)) == .yearToDate)
    }
  }

  @Test func figuresOfSinglePeriodsAreNot() {
    var wrong = 0
    for seed in 0..<300 as Range<UInt64> {
      var walk = 50.0
      let kinds: [(Int, inout RandomSource) -> Double] = [
        { _, random in 50 + random.normal() },
        { _, random in
          walk += random.normal()
          return walk
        },
        { t, random in 50 + 4 * cosine(2 * .pi * Double(t) / 12) + random.normal() },
        { t, random in 50 + 0.2 * Double(t) + random.normal() },
      ]
      if OverlappingFigures(Self.series(Self.values(seed, count: 72, kinds[Int(seed % 4)]))) != nil { wrong += 1 }
    }
    // A walk may look so by chance; nothing else does.
    #expect(wrong <= 4, "\(wrong)")
    #expect(OverlappingFigures(Self.series([Double](repeating: 4, count: 60))) == nil)
    #expect(OverlappingFigures(Self.series(Self.rolling((0..<30).map { Double($0 * $0 % 17) }))) == nil)
    #expect(OverlappingFigures(ControlChartTests.series(ControlChartTests.steady)) == nil)
  }
}
