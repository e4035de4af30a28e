import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct SecondOpinionTests {
  @Test func aCalmPastLeavesItsWord() {
    let opinion = SecondOpinion([0.4, -0.9, 1, -1, 0.2])
    #expect(opinion.scale == 1 && opinion.weight == SecondOpinion.most)
    #expect(opinion.rescaled(0.003) == 0.003)
  }

  @Test func aWildPastTakesItsWord() {
    let wild = SecondOpinion([2.5, 3, 8, 2.4, -2.8, 3, 2.9, 2.7])
    #expect(wild.weight == 0 && wild.scale > 1.6)
    // Between the two it is rescaled and counts for less.
    let between = SecondOpinion(Array(repeating: 1.5, count: 12))
    #expect(between.weight > 0 && between.weight < SecondOpinion.most)
    #expect(abs(between.scale - ((2 + 12 * 1.5 * 1.5) / 14).squareRoot()) < 1e-12)
    #expect(abs(Normal.quantile(between.rescaled(0.001)) - Normal.quantile(0.001) / between.scale) < 1e-9)
  }

  @Test func oneEventDoesNotDiscreditThePast() {
    #expect(
      SecondOpinion([0.5, -0.5, 30, 0.1, 0.3, -0.2, 0.4, 0.8])
        == SecondOpinion([0.5, -0.5, 3, 0.1, 0.3, -0.2, 0.4, 0.8]))
    #expect(SecondOpinion([.nan, .nan]).scale == 1)
  }

  @Test func ofASharpSeasonItSaysNothing() {
    #expect(SecondOpinion([0.1], isSharp: true).weight == 0)
  }

  @Test func earlierPeriodsAreThoseOfAGridOfTheCalendar() {
    let judged = (0..<36).map { Period.month(2020, 1) + $0 }
    let earlier = SecondOpinion.earlier(judged, since: .month(2018, 6))
    #expect(earlier.allSatisfy { $0.ordinal % 3 == 0 && $0 < .month(2020, 1) && $0 >= .month(2018, 6) })
    #expect(earlier.count == 6 || earlier.count == 7)
    #expect(SecondOpinion.earlier([], since: .month(2018, 6)).isEmpty)
  }
}

extension SecondOpinion: Equatable {
  /// Same scale and weight.
  public static func == (a: SecondOpinion, b: SecondOpinion) -> Bool { a.scale == b.scale && a.weight == b.weight }
}
