import CommunitySafety
import Evaluation
import Forecasting
import Ingest
import ModelFiles
import NumericCore
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// What past outlooks are said to have come to.
@Suite struct OutlookRecordTests {
  private func outlook(last: Double, mean: Double, width: Double = 10, rise: Double = 0.5) -> Outlook {
    Outlook(
      matchedPeriods: 12, periodsInYear: 12, lastYear: last, mean: mean, median: mean, lower80: mean - width,
      upper80: mean + width, lower95: mean - 2 * width, upper95: mean + 2 * width,
      rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: last), probabilityOfRise: rise,
      probabilityOfFall: 1 - rise, model: "counts")
  }

  private func one(
    _ area: String, _ measure: String = "Burglary", origin: Period = Period.month(2022, 12), last: Double = 100,
    mean: Double = 110, before: Double? = 100, rise: Double = 0.5, harm: Double? = nil, actual: Double
  ) throws -> OutlookRecord.Case {
    OutlookRecord.Case(
      origin: origin, key: SeriesKey(area: area, measure: measure),
      measure: try ModelFileLoader.builtIn().measures.measure(measure, kind: .count),
      outlook: outlook(last: last, mean: mean, rise: rise),
      past: PastComparison(lastYear: last, lastYearPeriods: 12, yearBefore: before, twoYearsBefore: nil),
      mean: last / 12, harm: harm, actual: actual)
  }

  @Test func rangesAndChances() throws {
    let cases = [
      try one("A", rise: 0.6, actual: 115), try one("B", rise: 0.6, actual: 131), try one("C", rise: 0.2, actual: 125),
      try one("D", rise: 0.2, actual: 100),
    ]
    let accuracy = OutlookRecord.accuracy(.all, cases)
    #expect(accuracy.within80 == 2 && accuracy.within95 == 3 && accuracy.outlooks == 4)
    let said = OutlookRecord.reliability(cases)
    #expect(said.map(\.term) == [.highlyUnlikely, .likely] && said.map(\.count) == [2, 2])
    #expect(said.map(\.happened) == [0.5, 1] && said.map(\.said) == [0.2, 0.6])
    let brier = try #require(OutlookRecord.brier(cases))
    let score: Double = (2 * 0.16 + 0.64 + 0.04) / 4
    #expect(abs(brier.score - score) < 1e-12 && abs(brier.skill - (1 - score / 0.1875)) < 1e-12)
    #expect(OutlookRecord.brier([]) == nil)
  }

  @Test func ofMeasuresWithFewOutlooksAllTell() throws {
    let many = try (0..<10).map { try one("A\($0)", actual: 110) }
    let few = try (0..<3).map { try one("A\($0)", "Robbery", actual: 300) }
    let record = OutlookRecord(origins: [Period.month(2022, 12)], cases: many + few)
    let own = try #require(record.accuracy(of: many[0].measure.id, from: 30))
    #expect(own.scope == .measure && own.outlooks == 10 && own.within80 == 10 && own.missedTogether == nil)
    let all = try #require(record.accuracy(of: few[0].measure.id, from: 30))
    #expect(all.scope == .all && all.outlooks == 13 && all.within80 == 10)
    // Below the base nothing is said, so nothing is checked.
    #expect(record.accuracy(of: many[0].measure.id, from: 101) == nil)
  }

  @Test func theLatestYearThatMissedTogetherIsNamed() throws {
    let origins = [Period.month(2021, 12), Period.month(2022, 12)]
    func record(above: Int, of places: Int) throws -> OutlookRecord {
      OutlookRecord(
        origins: origins,
        cases: try (0..<places).map { try one("A\($0)", origin: origins[0], actual: $0 < above ? 150 : 110) }
          + (0..<places).map { try one("A\($0)", origin: origins[1], actual: 110) })
    }
    let measure = try one("A", actual: 1).measure.id
    #expect(
      try record(above: 4, of: 6).accuracy(of: measure, from: 30)?.missedTogether
        == PastAccuracy.MissedTogether(end: Period.month(2022, 12), missed: 4, of: 6, isAbove: true))
    #expect(try record(above: 3, of: 6).accuracy(of: measure, from: 30)?.missedTogether == nil)
    // Where both years did, the later one is named.
    let both = OutlookRecord(
      origins: origins,
      cases: try (0..<6).map { try one("A\($0)", origin: origins[0], actual: 150) }
        + (0..<6).map { try one("A\($0)", origin: origins[1], actual: $0 < 5 ? 50 : 110) })
    #expect(
      both.accuracy(of: measure, from: 30)?.missedTogether
        == PastAccuracy.MissedTogether(end: Period.month(2023, 12), missed: 5, of: 6, isAbove: false))
    // Two of three are there by chance.
    #expect(OutlookRecord(origins: [], cases: []).accuracy(of: measure, from: 30) == nil)
  }

  /// An order that knows what will happen is perfect, the opposite finds nothing, and intervals hold their means.
  @Test func theRankingIsScoredByWhatRose() throws {
    let origins = [Period.month(2020, 12), Period.month(2021, 12)]
    let cases = try origins.flatMap { origin in
      try (0..<50).map { i in
        try one(
          "A\(i)", origin: origin, mean: 100 + Double(i), before: 100 - Double(50 - i), actual: 100 + 2 * Double(i))
      }
    }
    let ranking = try #require(RankingRecord(OutlookRecord(origins: origins, cases: cases)))
    #expect(ranking.rankedSeries == 100 && ranking.origins == origins)
    let scores = Dictionary(uniqueKeysWithValues: ranking.results.map { ($0.criterion, $0.mean) })
    let known = try #require(scores[.expectedChange])
    #expect(known.precision10 == 1 && known.precision20 == 0.5 && abs(known.gain50 - 1) < 1e-12)
    #expect(abs(known.correlation - 1) < 1e-12)
    // Where what rose last year falls now, last year's change is wrong every time and its falls right.
    #expect(scores[.absoluteChange]?.precision10 == 0 && scores[.largestFalls]?.precision10 == 1)
    #expect(scores[.expectedHarm] == nil, "no measure has a weight")
    for result in ranking.results {
      #expect(
        result.lower.precision10 <= result.mean.precision10 && result.mean.precision10 <= result.upper.precision10)
    }
    #expect(RankingRecord(OutlookRecord(origins: origins, cases: Array(cases.prefix(29)))) == nil)
  }

  /// The front door on panels with planted truth: nothing after an origin is known at it, and what cannot be checked is left out.
  @Test func outlooksAreThoseOfTheirTime() async throws {
    var random = RandomSource(seed: 5)
    func value(_ area: String, _ month: Int) -> Double { random.poisson(mean: month >= 60 ? 80 : 40) }
    let drawn = Dictionary(
      uniqueKeysWithValues: ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse"].map { area in
        (area, (0..<72).map { value(area, $0) })
      })
    func data(_ months: Int) -> IngestedData {
      fixtureData(months: months, measures: ["Burglary", "Robbery"]) { area, type, month in
        type == "Burglary" ? drawn[area]?[month] ?? 0 : month == months - 3 ? .nan : 10
      }
    }
    let reference = try ModelFileLoader.builtIn()
    let assessor = Assessor(configuration: AssessmentConfiguration(), reference: reference, threads: 2)
    let record = try await assessor.outlookRecord(
      data(72), origins: RollingOrigins(count: 4, step: 12, horizon: 12))
    #expect(record.origins == (2021...2024).map { Period.month($0, 12) })
    let last = record.cases.filter { $0.origin == Period.month(2024, 12) }
    // A year with a gap is compared with nothing.
    #expect(!last.contains { $0.key.measure == "Robbery" } && last.contains { $0.key.measure == "Burglary" })
    for one in last where one.key.measure == "Burglary" {
      #expect(one.actual == drawn[one.key.area]?.suffix(12).reduce(0, +))
      #expect(!one.isWithin80 && one.score.event.happens(at: one.actual))
    }
    let missed = record.accuracy(of: try #require(last.first { $0.key.measure == "Burglary" }).measure.id, from: 30)
    #expect(missed?.missedTogether?.end == Period.month(2025, 12) && missed?.missedTogether?.missed == 4)
    // The same outlook is given where the future is not there at all.
    let before = try await assessor.outlookRecord(data(60), origins: RollingOrigins(count: 1, step: 12, horizon: 12))
    let then = record.cases.filter { $0.origin == Period.month(2023, 12) && $0.key.measure == "Burglary" }
    #expect(!then.isEmpty)
    for one in then {
      #expect(before.cases.first { $0.key == one.key }?.outlook == one.outlook)
    }
  }

  @Test func tooShortAHistoryIsAnError() async throws {
    let assessor = Assessor(configuration: AssessmentConfiguration(), reference: try ModelFileLoader.builtIn())
    await #expect(throws: (any Error).self) {
      try await assessor.outlookRecord(
        fixtureData(months: 30, measures: ["Burglary"]) { _, _, _ in 5 },
        origins: RollingOrigins(count: 3, step: 12, horizon: 12))
    }
  }

  /// Restrictions are no test of an outlook on a typical year.
  @Test func untypicalYearsAreNotCompared() throws {
    let series = Series(
      key: SeriesKey(area: "A", measure: "B"), start: Period.month(2020, 1), values: [Double](repeating: 10, count: 36))
    let known = series.through(Period.month(2021, 12))
    let forecast = SeriesForecast(
      forecast: Forecast(
        key: known.key, model: "m", start: Period.month(2022, 1), mean: [Double](repeating: 10, count: 12),
        median: [Double](repeating: 10, count: 12), intervals: []),
      fitted: [], fallbackReason: nil, choice: nil, paths: nil, adjusted: known, adjustments: [])
    let compared = try #require(ComparedYear(known, forecast, profile: ScoringProfile()))
    #expect(compared.next(in: series, []) == 120)
    let window = Intervention(start: Period.month(2022, 11), effect: .window(through: Period.month(2023, 2)), note: "n")
    #expect(compared.next(in: series, [window]) == nil)
    let before = Intervention(
      start: Period.month(2021, 11), effect: .window(through: Period.month(2021, 12)), note: "n")
    #expect(compared.next(in: series, [before]) == 120)
  }
}
