import CommunitySafety
import Diagnostics
import NumericCore
import Testing
import TimeSeries

@testable import Ingest

@Suite struct NewestPeriodsTests {
  /// Counts of series around 40 a month, the last `shares` months multiplied.
  private static func series(
    _ number: Int = 8, months: Int = 48, shares: [Double] = [], mean: Double = 40, seed: UInt64 = 7
  ) -> [Series] {
    var random = RandomSource(seed: seed)
    return (0..<number).map { index in
      let values = (0..<months).map { month -> Double in
        let value = mean + Double(random.next() % 21) - 10
        let late = month - (months - shares.count)
        return late >= 0 ? (value * shares[late]).rounded() : value
      }
      return Series(key: .init(area: "A\(index)", measure: "x"), start: .month(2019, 1), values: values)
    }
  }

  @Test(arguments: [([0.0], 1), ([0, 0], 2), ([0.2], 1), ([0.35, 0], 2), ([0.3, 0.1], 2)])
  func monthsNotYetLoaded(shares: [Double], months: Int) {
    let series = Self.series(shares: shares)
    let newest = NewestPeriods(series)
    let last = Period.month(2022, 12)
    #expect(newest.periods == (0..<months).map { last - (months - 1 - $0) })
    #expect(newest.shareOfUsual < 0.5)
    #expect(series.map(newest.marked).allSatisfy { $0.partial == (48 - months..<48).map { $0 } })
  }

  @Test(arguments: 1...30) func fullMonths(seed: Int) {
    #expect(NewestPeriods(Self.series(seed: UInt64(seed))).periods.isEmpty)
    // A fall of all by a third, or of one of them to nothing, is no want of data.
    #expect(NewestPeriods(Self.series(shares: [0.65], seed: UInt64(seed))).periods.isEmpty)
    var one = Self.series(seed: UInt64(seed))
    one[0] = one[0].replacing(values: one[0].values.dropLast() + [0])
    #expect(NewestPeriods(one).periods.isEmpty)
    // Counts that are often nought, and one that falls every year so far.
    #expect(NewestPeriods(Self.series(2, shares: [0], mean: 10, seed: UInt64(seed))).periods.isEmpty)
    let season = Self.series(seed: UInt64(seed)).map { series in
      series.replacing(
        values: series.values.enumerated().map { $0.offset % 12 == 11 ? ($0.element * 0.3).rounded() : $0.element })
    }
    #expect(NewestPeriods(season).periods.isEmpty)
  }

  @Test func lowMonthsThatSayNothing() {
    // Most series ended before.
    let all = Self.series(5, shares: [0])
    let ended = all.enumerated().map { index, series in
      index == 0
        ? series : Series(key: series.key, start: series.start, values: Array(series.values.dropLast(2)), kind: .count)
    }
    #expect(NewestPeriods(ended).periods.isEmpty && !NewestPeriods(all).periods.isEmpty)
    // A month as low was there before.
    let before = Self.series(shares: [0.4]).map { series in
      series.replacing(
        values: series.values.enumerated().map { $0.offset == 20 ? ($0.element * 0.4).rounded() : $0.element })
    }
    #expect(NewestPeriods(before).periods.isEmpty && !NewestPeriods(Self.series(shares: [0.4])).periods.isEmpty)
    // One large series fell, and no other.
    var large = Self.series()
    large[0] = large[0].replacing(values: large[0].values.enumerated().map { $0.offset < 47 ? $0.element * 100 : 10 })
    #expect(NewestPeriods(large).periods.isEmpty)
  }

  @Test func aTableSaysSo() async throws {
    let space = try Workspace()
    let lines = Self.series(4, months: 30, shares: [0]).flatMap { series in
      series.values.enumerated().map { offset, value in
        "\(series.key.area),x,\(PeriodStyle.yearMonth.format(series.start + offset)),\(Int(value))"
      }
    }
    let data = try await space.table(["area,measure,period,count"] + lines)
    #expect(data.note("not-yet-loaded") == .table(.notYetLoaded([.month(2021, 6)], shareOfUsual: 0)))
    #expect(data.panel.series.allSatisfy { $0.isPartial(.month(2021, 6)) && $0.trusted[.month(2021, 6)] == nil })
    #expect(data.completeness.doubtful.map(\.period) == [.month(2021, 6)])
    #expect(data.accounting.balances && data.accounting.counted == 120)
  }

  /// Of what is withheld nothing is known: it is not nought, neither as the newest period nor in the history.
  @Test func withheldPeriodsAreNotNought() {
    let withheld = Self.series().map { $0.replacing(values: $0.values.dropLast() + [.nan]) }
    #expect(NewestPeriods(withheld).periods.isEmpty)
    let gap = Self.series(shares: [0.2]).map { series in
      series.replacing(values: series.values.enumerated().map { $0.offset == 20 ? .nan : $0.element })
    }
    #expect(NewestPeriods(gap).periods == [.month(2022, 12)])
  }
}
