import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct ExceptionDetectorFiguresTests {
  private static let start = Period.month(2018, 1)

  /// Months of a share around `mean`, of about `whole` cases each.
  static func shares(
    _ name: String, mean: Double = 0.3, whole: Double = 80, size: Double = 60, measure: String? = "Detected",
    seed: UInt64 = 40
  ) -> Series {
    var random = RandomSource(seed: seed, stream: name)
    var (values, denominators) = ([Double](), [Double]())
    for _ in 0..<84 {
      let n = random.poisson(mean: whole) + 1
      denominators.append(n)
      values.append(random.betaBinomial(trials: n, mean: mean, size: size) / n)
    }
    return Series(
      key: SeriesKey(area: name, measure: measure), start: start, values: values, kind: .proportion,
      denominators: denominators)
  }

  static func values(_ name: String) -> Series {
    var random = RandomSource(seed: 41, stream: name)
    return Series(
      key: SeriesKey(area: name, measure: "Satisfaction"), start: start,
      values: (0..<84).map { _ in 70 + 3 * random.normal() },
      kind: .value)
  }

  private func run(_ series: [Series], last: Int = 1, threads: Int = 2) async throws -> [PeriodTest] {
    try await ExceptionDetector(last: last, threads: threads).run(
      Panel(frequency: .monthly, style: .yearMonth, series: series))
  }

  @Test func falseAlarmRatesAreInBandAndChangesAreFound() async throws {
    let kinds: [[Series]] = [
      (0..<50).map { Self.shares("s\($0)") },
      (0..<50).map { Self.shares("t\($0)", mean: 0.06, whole: 25, size: 1e6) },
      (0..<50).map { Self.values("v\($0)") },
    ]
    for series in kinds {
      let tests = try await run(series, last: 12)
      let tenth = tests.count { $0.pValue < 0.1 || $0.pLow < 0.1 }
      // 600 tests, 10 % in either tail: 120 expected, and months of a series share a baseline.
      #expect(tenth > 70 && tenth < 170, "\(tenth)")
      #expect(tests.count { $0.flagged } <= 30)
      #expect(tests.count { $0.kind == PeriodTest.Kind.drop } <= 30)
      for test in tests {
        #expect(test.flagged == (test.pValue < 0.01))
        #expect(test.kind != PeriodTest.Kind.notTested)
      }
    }
    let base = Self.shares("found")
    let last = 83
    let high = Series(
      key: base.key, start: base.start, values: base.values.dropLast() + [0.7], kind: .proportion,
      denominators: base.denominators)
    let test = try await run([high])[0]
    #expect(test.kind == .spike && test.figure == .share(of: base.denominators?[last]))
    #expect(test.lower < test.expected && test.expected < test.upper && test.upper < 0.7)
  }

  @Test func resultsDoNotDependOnThreadsOrderOrCounts() async throws {
    let series =
      (0..<6).map { Self.shares("a\($0)", size: [20, 200][$0 % 2]) } + [
        Self.values("v"), Self.shares("alone", measure: nil),
      ]
    let counts = ExceptionDetectorTests.simulated("count", months: 132, level: 20, seed: 3)
    let one = try await run(series + [counts], last: 3, threads: 1)
    let reversed = try await run([counts] + series.reversed(), last: 3, threads: 5)
    for test in one {
      let other = try #require(reversed.first { $0.key == test.key && $0.period == test.period })
      #expect(
        test.pValue.bitPattern == other.pValue.bitPattern && test.expected.bitPattern == other.expected.bitPattern)
      #expect(test.figure == other.figure && test.qValue.bitPattern == other.qValue.bitPattern)
    }
  }

  @Test func whatCannotBeJudgedSaysWhy() async throws {
    let base = Self.shares("short")
    let short = base.through(Self.start + 9)
    let test = try await run([short])[0]
    #expect(
      test.kind == .notTested
        && test.reason?.contains("months before the one that is judged, and a test needs 12") == true)
    let missing = base.replacing(values: base.values.dropLast() + [.nan])
    #expect(try await run([missing])[0].reason == "there is no figure for it")
    let mask = Intervention(start: Self.start + 83, effect: .window(through: Self.start + 83), note: "closed")
    let masked = try await ExceptionDetector(last: 1, interventions: Interventions(everywhere: [mask]))
      .run(Panel(frequency: .monthly, style: .yearMonth, series: [base]))[0]
    #expect(masked.reason?.contains("closed") == true)
  }

  @Test func explanationsSpeakOfSharesAndValues() async throws {
    let base = Self.shares("Oxford")
    let low = Series(
      key: base.key, start: base.start, values: base.values.dropLast() + [0], kind: .proportion,
      denominators: base.denominators)
    let text = try await run([low])[0].explanation(label: "Burglaries detected", area: "Oxford").text
    #expect(text.hasPrefix("Burglaries detected in Oxford: 0.0 % in Dec 2024 (0 of "))
    #expect(text.contains("percentage points lower than expected") && text.contains("so low a share"))
    var values = Self.values("Oxford").values
    values[83] = 91.25
    let value = try await run([Self.values("Oxford").replacing(values: values)])[0]
    let words = value.explanation(label: "Satisfaction", area: "Oxford").text
    #expect(words.contains("91.3 in Dec 2024") && words.contains("so high a value"))
    let none = try await run([base.through(Self.start + 5)])[0].explanation(label: "Detected", area: "Oxford").text
    #expect(none.contains("was not judged") && none.contains(" %"))
  }
}
