import CommunitySafety
import ExceptionDetection
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

@Suite struct RiskBuilderTests {
  private let first = Period.month(2020, 1)

  private func build(
    _ measure: String, area: Area = Area(name: "Oxford", level: .district, csp: "Oxford City"), months: Int = 60,
    missing: Set<Int> = [], interventions: [Intervention] = []
  ) throws -> Risk {
    let reference = try ModelFileLoader.builtIn()
    let known = reference.measures.measure(measure, kind: .count)
    let observed = Series(
      key: SeriesKey(area: area.name, measure: measure), start: first,
      values: (0..<months).map { missing.contains($0) ? .nan : 20 })
    let weights = try #require(reference.harmWeights.first)
    return RiskBuilder(
      reference: reference, weights: weights, configuration: AssessmentConfiguration(),
      accuracies: [:]
    ).risk(
      AssessedSeries(
        area: area, measure: known, observed: observed, forecast: nil, outlook: nil, interventions: interventions,
        tests: []))
  }

  @Test func aDistrictHasThePrioritiesOfItsPartnership() throws {
    #expect(try build("Robbery").priority?.name == "Robbery")
    #expect(try build("Bicycle theft").priority == nil)
    #expect(try build("Robbery", area: Area(name: "Oxford City", level: .csp)).priority?.name == "Robbery")
    #expect(try build("Robbery", area: Area(name: "Oxford", level: .district)).priority == nil)
  }

  @Test func aMeasureWithoutAWeightSaysWhy() throws {
    let asb = try build("Anti-social behaviour")
    #expect(asb.harmPerOffence == nil)
    #expect(asb.evidence.doubts.contains { if case .noHarmWeight = $0 { true } else { false } })
    let robbery = try build("Robbery")
    #expect(robbery.harmPerOffence != nil)
    #expect(!robbery.evidence.doubts.contains { if case .noHarmWeight = $0 { true } else { false } })
    let unknown = try build("Zebra crossings")
    #expect(unknown.evidence.doubts.contains(.unknownMeasure))
  }

  @Test func whatCannotBeComparedSaysHowMuchWasObserved() throws {
    #expect(
      try build("Robbery", missing: [50, 51]).evidence.doubts.contains(.notComparable(observed: 10, of: 12)))
  }

  @Test func aStepIsADoubtForTwoYears() throws {
    func doubts(_ back: Int) throws -> Int {
      try build(
        "Robbery", interventions: [Intervention(start: first + (59 - back), effect: .step, note: "n")]
      ).evidence.doubts.count { if case .step = $0 { true } else { false } }
    }
    #expect(try doubts(0) == 1)
    #expect(try doubts(23) == 1)
    #expect(try doubts(24) == 0)
    #expect(try doubts(-1) == 0)
  }

  @Test func aWindowIsADoubtWhileItTouchesTheLastYear() throws {
    func periods(_ start: Int, _ end: Int) throws -> [Period] {
      let window = Intervention(start: first + start, effect: .window(through: first + end), note: "n")
      for case .untypicalLastYear(let periods, _) in try build("Robbery", interventions: [window]).evidence.doubts {
        return periods
      }
      return []
    }
    #expect(try periods(46, 47).isEmpty)
    #expect(try periods(47, 48) == [first + 47, first + 48])
    #expect(try periods(60, 62).isEmpty)
  }

  /// A rise that is foreseen from months that were flagged says which; a month that no model learnt from is none of them, nor is one
  /// that was low.
  @Test func aRiseThatRestsOnAnEventSaysSo() throws {
    let reference = try ModelFileLoader.builtIn()
    let observed = Series(
      key: SeriesKey(area: "Oxford", measure: "Shoplifting"), start: first, values: [Double](repeating: 20, count: 60))
    func test(_ month: Int, _ kind: PeriodTest.Kind) -> PeriodTest {
      var test = PeriodTest(
        key: observed.key, period: first + month, observed: 40, expected: 20, lower: 10, upper: 30, pValue: 0.0001,
        pLow: 0.0001, qValue: 0.001, qLow: 0.001, kind: kind, flagged: true, baseline: nil, reason: nil)
      test.rate = 0.001
      return test
    }
    func risk(rise: Double, _ tests: [PeriodTest]) throws -> Risk {
      RiskBuilder(
        reference: reference, weights: try #require(reference.harmWeights.first),
        configuration: AssessmentConfiguration(),
        accuracies: [:]
      ).risk(
        AssessedSeries(
          area: Area(name: "Oxford", level: .district),
          measure: reference.measures.measure("Shoplifting", kind: .count),
          observed: observed, forecast: nil,
          outlook: Outlook(
            matchedPeriods: 12, periodsInYear: 12, lastYear: 240, mean: 300, median: 300, lower80: 250, upper80: 350,
            lower95: 220, upper95: 380, rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: 240),
            probabilityOfRise: rise, probabilityOfFall: 0, model: "given"),
          interventions: [], tests: tests))
    }
    let flagged = [test(58, .spike), test(59, .spike)]
    #expect(try risk(rise: 0.8, flagged).evidence.doubts.contains(.restsOnUnusual([first + 58, first + 59])))
    func rests(_ risk: Risk) -> Bool {
      risk.evidence.doubts.contains { if case .restsOnUnusual = $0 { true } else { false } }
    }
    #expect(try !rests(risk(rise: 0.4, flagged)) && !rests(risk(rise: 0.8, [test(59, .drop)])))
    #expect(try !rests(risk(rise: 0.8, [])))
  }
}
