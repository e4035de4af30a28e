import Assessment
import CommunitySafety
import Foundation
import RiskRanking
import Testing
import TimeSeries

@testable import Scorecard

@Suite struct DirectionOfTravelTests {
  /// A year whose rate is 1.5 times that of the year before goes up; the same, no clear change.
  @Test func aRiseIsUpAndNoRiseIsNone() throws {
    func direction(_ factor: Double) -> DirectionOfTravel {
      var random = SeededCounts(seed: 11)
      let series = Series(
        key: SeriesKey(area: "A", measure: "M"), start: .month(2020, 1),
        values: (0..<36).map { random.draw(mean: 60 * ($0 >= 24 ? factor : 1), scatter: 1.5) })
      return DirectionOfTravel(series, comparisons(series))
    }
    #expect(direction(1.5).way == .up && direction(1.5).yearsBack == 1)
    #expect(direction(0.6).way == .down)
    #expect(direction(1).way == .unclear)
    #expect(direction(1.5).isForTheWorse(.lowerIsBetter) == true)
    #expect(direction(1.5).isForTheWorse(.higherIsBetter) == false)
    #expect(direction(1.5).isForTheWorse(.neither) == nil && direction(1).isForTheWorse(.lowerIsBetter) == nil)
  }

  /// Restrictions in the year before: the year before that is taken, and it is said.
  @Test func aBrokenYearIsSkipped() {
    let series = Series(
      key: SeriesKey(area: "A", measure: "M"), start: .month(2020, 1),
      values: (0..<48).map { (24..<36).contains($0) ? 20 : $0 >= 36 ? 90 : 60 })
    let window = Intervention(
      start: .month(2022, 3), effect: .window(through: .month(2022, 6)), kind: .covidRestriction, note: "restrictions")
    let direction = DirectionOfTravel(series, comparisons(series, [window]))
    #expect(direction.way == .up && direction.yearsBack == 2)
    #expect(direction.skipped == [.broken])
    let everywhere = Intervention(
      start: .month(2020, 1), effect: .window(through: .month(2023, 12)), kind: .covidRestriction, note: "always")
    #expect(DirectionOfTravel(series, comparisons(series, [everywhere])).reason == .brokenYears)
  }

  /// The year before was never given: the one before it is taken, and nobody says that it was not typical.
  @Test func aMissingYearIsNotCalledBroken() throws {
    let series = Series(
      key: SeriesKey(area: "A", measure: "M"), start: .month(2020, 1),
      values: (0..<48).map { (24..<34).contains($0) ? .nan : $0 >= 36 ? 90 : 60 })
    let direction = DirectionOfTravel(series, comparisons(series))
    #expect(direction.way == .up && direction.yearsBack == 2 && direction.skipped == [.missing])
    #expect(try #require(direction.comparison).periods.count == 12)
  }

  @Test func whatHasNoEarlierYearIsNotJudged() {
    let short = Series(key: SeriesKey(area: "A", measure: "M"), start: .month(2023, 1), values: [1, 2, 3, 4, 5])
    let direction = DirectionOfTravel(short, comparisons(short))
    #expect(direction.way == .notJudged && direction.reason == .noEarlierYear && direction.probability.isNaN)
  }

  private func comparisons(_ series: Series, _ interventions: [Intervention] = []) -> [WindowComparison] {
    (1...DirectionOfTravel.mostYearsBack).compactMap {
      WindowComparison(series, (series.end - 11)...series.end, yearsBack: $0, interventions: interventions)
    }
  }

  /// `StratifiedTable([array([[10, 90], [20, 80]]), array([[15, 85], [22, 78]])]).test_null_odds(correction=False)` of statsmodels 0.15.0.
  @Test func sharesAreTestedAsMantelAndHaenszelDo() {
    let tables = [(a: 10.0, n: 100.0, b: 20.0, m: 100.0), (a: 15.0, n: 100.0, b: 22.0, m: 100.0)]
    #expect(abs(PairedTest.mantelHaenszel(tables) - 0.023023362781386503) < 1e-9)
    // Scatter of the months makes it less certain, and a single month has none.
    let scattered = [
      (a: 10.0, n: 100.0, b: 40.0, m: 100.0), (a: 40.0, n: 100.0, b: 10.0, m: 100.0), (a: 10, n: 100, b: 40, m: 100),
    ]
    #expect(PairedTest.ofShares(scattered) > PairedTest.mantelHaenszel(scattered) + 0.3)
    #expect(PairedTest.ofShares([tables[0]]) == PairedTest.mantelHaenszel([tables[0]]))
    #expect(PairedTest.ofShares([(a: 0, n: 10, b: 0, m: 10)]) == 1)
    #expect(PairedTest.ofShares([]).isNaN)
  }

  /// `scipy.stats.ttest_1samp([1.1, 0.4, 2.0, 1.3, 0.9], 0)` in SciPy 1.17.1.
  @Test func valuesAreTestedAsStudentDid() {
    #expect(abs(PairedTest.ofDifferences([1.1, 0.4, 2.0, 1.3, 0.9]) - 0.012132879598768229) < 1e-9)
    #expect(PairedTest.ofDifferences([0, 0, 0]) == 1 && PairedTest.ofDifferences([1, 1]).isNaN)
  }

  /// Of steady seasonal series, looked at four times a year, at most one in twenty is said to have gone up or down in a year.
  @Test func steadySeriesSeldomGoAnywhere() {
    var claims = 0
    let series = 600
    for number in 0..<series {
      var random = SeededCounts(seed: UInt64(number))
      let mean = [4.0, 20, 80][number % 3]
      let scatter = [1.0, 1.5, 2.5][number / 3 % 3]
      let steady = Series(
        key: SeriesKey(area: "A", measure: "M"), start: .month(2018, 1),
        values: (0..<60).map { month in
          random.draw(mean: mean * (1 + 0.3 * cos(Double(month % 12) / 12 * 2 * .pi)), scatter: scatter)
        })
      let isClaimed = [50, 53, 56, 59].contains { end in
        let known = steady.through(steady.start + end)
        return [.up, .down].contains(DirectionOfTravel(known, comparisons(known)).way)
      }
      if isClaimed { claims += 1 }
    }
    #expect(Double(claims) / Double(series) <= 0.05, "\(claims) of \(series)")
  }
}
