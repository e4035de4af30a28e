import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

/// Levels that wander are no exceptions, and what is one in them is found.
struct WanderingLevelVerdictTests {
  static func walk(_ name: String, drift: Double, level: Double = 80, months: Int = 120) -> Series {
    var random = RandomSource(seed: 1999, stream: name)
    var steps = (0..<months).map { _ in drift * random.normal() }
    for t in 1..<months { steps[t] += steps[t - 1] }
    let mean = steps.reduce(0, +) / Double(months)
    let start = Period.month(2012, 1)
    let values = (0..<months).map { t in
      let expected =
        level * exponential(steps[t] - mean + 0.15 * cosine(2 * .pi * Double(t) / 12)) * Double((start + t).days)
        / 30.44
      return random.negativeBinomial(mean: expected, size: expected / 0.6)
    }
    return Series(key: SeriesKey(area: name, measure: "Theft"), start: start, values: values)
  }

  @Test(arguments: [0, 0.02, 0.045, 0.06])
  func ordinaryMonthsAreFlaggedAsOftenAsStated(drift: Double) async throws {
    let series = (0..<60).map { Self.walk("\(drift)-\($0)", drift: drift, level: [5, 20, 80, 300][$0 % 4]) }
    let tests = try await ExceptionDetector(last: 24, threads: 2).run(ExceptionDetectorTests.panel(series))
    #expect(tests.allSatisfy { $0.kind != .notTested })
    // 1,440 months: three standard errors of a rate of 1.5 % are 1 %, and flags of neighbouring months come together.
    let rate = Double(tests.count { $0.flagged }) / Double(tests.count)
    #expect(rate <= 0.03, "\(rate)")
    let tenth = Double(tests.count { $0.pValue < 0.1 }) / Double(tests.count)
    #expect((0.05...0.14).contains(tenth), "\(tenth)")
    #expect(tests.allSatisfy { $0.flagged == ($0.pValue < 0.01) })
  }

  @Test func aDoublingIsFoundInTheMidstOfIt() async throws {
    var found = 0
    for index in 0..<20 {
      let one = Self.walk("doubled \(index)", drift: 0.045)
      let values = one.values.enumerated().map { $0 >= 116 ? 2 * $1 : $1 }
      let tests = try await ExceptionDetector(last: 4).run(
        ExceptionDetectorTests.panel([one.replacing(values: values)]))
      found += tests.contains { $0.flagged } ? 1 : 0
    }
    #expect(found >= 17, "\(found)")
  }

  /// A value inside the printed range is flagged only together with others.
  @Test func rangeAndVerdictDoNotContradictEachOther() async throws {
    let series = (0..<40).map { index -> Series in
      let one = Self.walk("range \(index)", drift: 0.03)
      return one.replacing(values: one.values.enumerated().map { $0 >= 112 ? (1.3 * $1).rounded() : $1 })
    }
    let tests = try await ExceptionDetector(last: 8).run(ExceptionDetectorTests.panel(series))
    let flagged = tests.filter(\.flagged)
    #expect(flagged.count > 20)
    for test in flagged {
      let observed = try #require(test.observed)
      if observed <= test.upper { #expect(test.window != nil && test.kind != .spike) }
      if let window = test.window { #expect(window.periods > 1) }
    }
  }
}

/// A month that is high every year is season.
struct SharpSeasonTests {
  private func town(month: Int, size: Double, years: Int, without missing: Int? = nil, last: Double) -> Series {
    var random = RandomSource(seed: 77, stream: "\(month)-\(size)-\(years)")
    let start = Period.month(2024 - years, 9)
    var values = (0..<12 * years).map { t -> Double in
      let period = start + t
      let isHigh = period.seasonIndex == month - 1
      if isHigh, missing.map({ t / 12 == $0 }) ?? false { return .nan }
      return random.poisson(mean: isHigh ? size : 42)
    }
    while (start + values.count).seasonIndex != month - 1 { values.append(random.poisson(mean: 42)) }
    values.append(last)
    return Series(key: SeriesKey(area: "Town", measure: "ASB"), start: start, values: values)
  }

  private func latest(_ series: Series) async throws -> PeriodTest {
    try #require(try await ExceptionDetector(last: 1).run(ExceptionDetectorTests.panel([series])).last)
  }

  @Test(arguments: [(8, 155.0, 6, Int?.none), (11, 120, 6, nil), (8, 155, 6, 2), (5, 200, 4, nil)])
  func theNextOneIsOrdinaryAndTwiceThatIsNot(_ row: (month: Int, size: Double, years: Int, missing: Int?)) async throws
  {
    let same = try await latest(
      town(month: row.month, size: row.size, years: row.years, without: row.missing, last: row.size))
    #expect(!same.flagged && same.upper > row.size, "\(same.pValue) \(same.expected)")
    #expect(abs(same.expected / row.size - 1) < 0.3, "\(same.expected)")
    let unusual = try #require(same.baseline).downWeighted
    #expect(unusual.count { $0.seasonIndex == row.month - 1 } <= 1, "season is not unusual")
    let twice = try await latest(
      town(month: row.month, size: row.size, years: row.years, without: row.missing, last: 2 * row.size))
    #expect(twice.flagged && twice.kind == .spike, "\(twice.pValue) \(twice.upper)")
  }
}
