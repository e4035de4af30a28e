import Forecasting
import NumericCore
import Testing
import TimeSeries

@testable import ExceptionDetection

/// One wrong count is not learnt from; a new level is.
struct IsolatedCountTests {
  private func poisson(_ name: String, mean: Double = 60, months: Int = 72) -> Series {
    var random = RandomSource(seed: 63, stream: name)
    return Series(
      key: SeriesKey(area: name, measure: "Burglary"), start: .month(2018, 1),
      values: (0..<months).map { _ in random.poisson(mean: mean) })
  }

  private func tests(_ series: [Series], last: Int) async throws -> [PeriodTest] {
    try await ExceptionDetector(last: last).run(ExceptionDetectorTests.panel(series))
  }

  @Test(arguments: [(40, 100.0), (58, 100), (62, 5), (59, 0)])
  func aWrongCountDoesNotMoveWhatIsForeseenAfterIt(_ row: (place: Int, factor: Double)) async throws {
    let right = (0..<6).map { poisson("area \($0)") }
    let wrong = right.map { one in
      one.replacing(values: one.values.enumerated().map { $0 == row.place ? (row.factor * $1).rounded() : $1 })
    }
    let (plain, spoilt) = (try await tests(right, last: 20), try await tests(wrong, last: 20))
    for (one, other) in zip(plain, spoilt) where one.period != .month(2018, 1) + row.place {
      #expect(abs(other.expected / one.expected - 1) < 0.25, "\(one.period): \(one.expected) \(other.expected)")
    }
    let after = spoilt.filter { $0.period > .month(2018, 1) + row.place }
    #expect(after.count { $0.pLow < 0.01 || $0.flagged } <= 3)
  }

  @Test func whatIsForeseenDoesNotDependOnWhatComesLater() async throws {
    let whole = (0..<6).map { index -> Series in
      let one = poisson("area \(index)")
      return one.replacing(values: one.values.enumerated().map { [62, 65, 70].contains($0) ? 9 * $1 : $1 })
    }
    let cut = whole.map { $0.through($0.start + 67) }
    let (all, early) = (try await tests(whole, last: 12), try await tests(cut, last: 8))
    var compared = 0
    for one in early {
      guard let other = all.first(where: { $0.key == one.key && $0.period == one.period }) else { continue }
      #expect(one.expected == other.expected, "\(one.key) \(one.period)")
      compared += 1
    }
    #expect(compared == 48)
  }

  @Test func aNewLevelIsLearntFromItsSecondMonthOn() {
    var counts: [Double] = []
    for t in 0..<72 { counts.append(t >= 62 ? Double(130 + t % 5) : Double(55 + t * 7 % 11)) }
    let runs = IsolatedCounts.runs(of: Array(60..<72), counts, before: 60, year: 12)
    #expect(runs.flatMap { $0.offsets } == Array(60..<72))
    for (offsets, values) in runs {
      // The first month alone may be an error; with the second it is none.
      let held = values[62] != counts[62]
      #expect(offsets.allSatisfy { ($0 == 63) == held }, "\(offsets)")
      #expect(values.indices.allSatisfy { $0 == 62 || values[$0] == counts[$0] })
    }
  }
}

/// No verdict goes against what was expected.
struct VerdictSignTests {
  @Test(arguments: [0.03, 0.06])
  func verdictsAndSumsAreOnOneSide(drift: Double) async throws {
    let series = (0..<40).map { index -> Series in
      let one = WanderingLevelVerdictTests.walk("sign \(index)", drift: drift)
      return one.replacing(
        values: one.values.enumerated().map { t, count in
          t == 113 || t == 111 ? .nan : t >= 108 ? ((index % 2 == 0 ? 1.4 : 0.6) * count).rounded() : count
        })
    }
    let tests = try await ExceptionDetector(last: 12).run(ExceptionDetectorTests.panel(series))
    var told = 0
    for test in tests where test.flagged || test.kind == .drop {
      let observed = try #require(test.observed)
      #expect(test.flagged ? observed > test.expected : observed < test.expected, "\(test.key) \(test.period)")
      guard let window = test.window else { continue }
      told += 1
      #expect(test.flagged ? window.observed > window.expected : window.observed < window.expected)
      let missing = (0..<window.periods).count { [111, 113].contains(test.period - .month(2012, 1) - $0) }
      #expect(window.known == window.periods - missing)
    }
    #expect(told > 20, "\(told)")
  }
}
