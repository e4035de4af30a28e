import NumericCore
import TestSupport
import TimeSeries
import Testing

@testable import ExceptionDetection

struct ShareFitTests {
  @Test func fitsAndTailsAgreeWithR() throws {
    let cases = try Fixture.numbers("share.csv", target: "ExceptionDetectionTests")
    #expect(cases.count == 6)
    for (name, c) in cases {
      let one = { (quantity: String) in try #require(c[quantity]?.first) }
      let ordinals = try #require(c["ordinal"]).map { Int($0) }
      let (trials, successes) = (try #require(c["trials"]), try #require(c["successes"]))
      let tested = Period(frequency: .monthly, ordinal: Int(try one("tested")))
      let series = Series(
        key: SeriesKey(uniqueID: name), start: Period(frequency: .monthly, ordinal: ordinals[0]),
        values: zip(successes, trials).map { $0 / $1 }, kind: .proportion, denominators: trials)
      let settings = BaselineSettings()
      let terms = try BaselineHistory(series, interventions: [], through: tested)
        .terms(tested: tested, interventions: [], settings: settings).get()
      let fit = try #require(
        ShareFit(
          rows: ordinals.indices.map { (ordinals[$0], successes[$0], trials[$0]) },
          terms: TermRows(terms, tested: tested, settings: settings, unit: 1), tested: tested, settings: settings))
      #expect(abs(fit.logOdds - (try one("logOdds"))) < 1e-5, "case \(name)")
      #expect(abs(fit.logOddsVariance / (try one("variance")) - 1) < 1e-4, "case \(name)")
      #expect(abs(fit.correlation - (try one("correlation"))) < 1e-6, "case \(name)")
      let error = fit.correlationVariance(ifTrue: fit.correlation).squareRoot()
      #expect(abs(error / (try one("error")) - 1) < 1e-4, "case \(name)")
      #expect(fit.downWeighted.isEmpty && fit.periods == ordinals.count)
      let prediction = SharePrediction(
        trials: 90, logOdds: fit.logOdds, logOddsVariance: fit.logOddsVariance, correlation: (fit.correlation, error))
      #expect(abs(prediction.mean - (try one("mean"))) < 1e-6)
      for (k, count) in try #require(c["count"]).enumerated() {
        let tails = prediction.midTails(count)
        let (lower, upper) = (try #require(c["lower"])[k], try #require(c["upper"])[k])
        #expect(abs(tails.lower - lower) < 1e-4 * lower + 1e-9 && abs(tails.upper - upper) < 1e-4 * upper + 1e-9)
      }
    }
  }

  @Test func sharesNearTheEndsHaveFiniteOdds() throws {
    let start = Period.month(2020, 1)
    for share in [0.0, 1] {
      let rows = (0..<40).map { (ordinal: (start + $0).ordinal, successes: share * 25, trials: 25.0) }
      let terms = BaselineTerms(trend: true, cycles: [0], steps: [])
      let fit = try #require(
        ShareFit(
          rows: rows, terms: TermRows(terms, tested: start + 46, settings: BaselineSettings(), unit: 1),
          tested: start + 46,
          settings: BaselineSettings()))
      #expect(fit.logOdds.isFinite && abs(ExceptionDetection.share(fit.logOdds) - share) < 0.01)
      let prediction = SharePrediction(
        trials: 25, logOdds: fit.logOdds, logOddsVariance: fit.logOddsVariance, correlation: (fit.correlation, 0.01))
      let tails = prediction.midTails(25 - share * 25)
      #expect(min(tails.lower, tails.upper) < 1e-6)
    }
    #expect(
      ShareFit(
        rows: [],
        terms: TermRows(.init(trend: false, cycles: [], steps: []), tested: start, settings: .init(), unit: 1),
        tested: start, settings: .init()) == nil)
  }

  @Test func quantilesMatchTheTails() {
    for trials in [1.0, 7, 240] {
      let prediction = SharePrediction(trials: trials, logOdds: -0.4, logOddsVariance: 0.01, correlation: (0.02, 0.01))
      let (low, high) = (prediction.quantile(0.01), prediction.quantile(0.99))
      #expect(low <= prediction.mean && prediction.mean <= high && low >= 0 && high <= 1)
      #expect(prediction.midTails(high * trials + 1).upper < 0.01)
    }
  }

  @Test func shrinkageDrawsTogetherWhatSamplingExplains() {
    let alike = shrunk([0.01, 0.03, 0.02, 0.04]) { _, _ in 0.01 }
    #expect(alike.allSatisfy { abs($0.value - 0.025) < 1e-12 && $0.variance < 0.01 })
    let apart = shrunk([0.01, 0.5, 0.02, 0.9]) { _, _ in 1e-6 }
    #expect(abs(apart[3].value - 0.9) < 1e-3 && apart[0].value > 0.01)
    let two = shrunk([0.1, 0.3]) { _, _ in 1 }
    #expect(two.map(\.value) == [0.1, 0.3])
  }
}
