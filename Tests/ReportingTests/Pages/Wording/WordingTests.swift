import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct WordingTests {
  @Test(arguments: [
    (0.684, "likely (70\u{A0}%)"), (0.004, "remote chance (under 5\u{A0}%)"), (0, "remote chance (under 5\u{A0}%)"),
    (1, "almost certain (over 95\u{A0}%)"), (0.42, "realistic possibility (40\u{A0}%)"), (.nan, "not assessable"),
    // What is not yet likely is not printed as what is: "realistic possibility (50 %)" was.
    (0.496, "realistic possibility (45\u{A0}%)"), (0.5, "likely (50\u{A0}%)"), (0.774, "likely (75\u{A0}%)"),
    (0.775, "highly likely (80\u{A0}%)"),
  ])
  func aProbabilityWordAlwaysHasItsNumber(p: Double, text: String) { #expect(Wording.likelihood(p) == text) }

  @Test func theSentenceFollowsTheTerm() {
    #expect(Wording.chance(0.68, that: "X", will: "rise") == "X is likely (70\u{A0}%) to rise")
    #expect(
      Wording.chance(0.42, that: "X", will: "rise") == "there is a realistic possibility (40\u{A0}%) that X will rise")
    #expect(Wording.chance(0.03, that: "X", will: "rise") == "there is a remote chance (5\u{A0}%) that X will rise")
    #expect(Wording.chance(.nan, that: "X", will: "rise") == "X: the chance that it will rise cannot be assessed")
  }

  @Test(arguments: [
    (100.0, 127.0, "27 more (+27\u{A0}%)"), (100, 96, "4 fewer (\u{2212}4\u{A0}%)"), (29, 32, "3 more"),
    (29, 20, "9 fewer"),
    (30, 33, "3 more (+10\u{A0}%)"), (50, 50.2, "no change"), (0, 12, "12 more"), (.nan, 3, "not available"),
    (1000, 1004, "4 more (+0.4\u{A0}%)"), (1e12, 2e12, "1,000,000,000,000 more (+100\u{A0}%)"),
  ])
  func noPercentageOnASmallBase(base: Double, value: Double, text: String) {
    #expect(Wording.change(from: base, to: value) == text)
  }

  @Test func countsAndIntervals() {
    #expect([12, 4.6, 3, 1234.4, .nan].map(Wording.count) == ["12", "4.6", "3", "1,234", "not available"])
    #expect(Wording.interval(120, 180) == "120 to 180")
    #expect(Wording.interval(1.5, 4) == "1.5 to 4.0")
    #expect(Wording.interval(.nan, 4) == "not available")
  }

  /// The term of a chance is that of the number beside it, whatever the number is.
  @Test func theNumberIsInTheBandOfItsWord() throws {
    for step in 0...2000 {
      let p = Double(step) / 2000
      let text = Wording.likelihood(p)
      let digits = text.drop { $0 != "(" }.filter(\.isNumber)
      let said = try #require(Double(digits)) / 100
      #expect(Int(digits).map { $0 % 5 == 0 } == true && abs(said - p) <= 0.0500001, "\(p) \(text)")
      let shown = text.contains("under") ? said - 0.01 : text.contains("over") ? said + 0.01 : said
      #expect(text.hasPrefix(ProbabilityYardstick(probability: shown).rawValue), "\(p) \(text)")
    }
  }

  @Test func namesThatATableHasInSeveralColumnsAreNoCode() {
    #expect(Wording.name("Theft|Other Theft") == "Theft: Other Theft")
    #expect(Wording.name("Transport regulatory offences|") == "Transport regulatory offences")
    #expect(Wording.name(" | ") == " | " && Wording.name("Burglary") == "Burglary")
  }

  @Test func listsAndStops() {
    #expect(Wording.list(["a", "b", "c"]) == "a, b and c" && Wording.list(["a"]) == "a" && Wording.list([]) == "none")
    #expect(Wording.stopped("a") == "a." && Wording.stopped("a?") == "a?" && Wording.stopped("") == "")
    #expect(Wording.sentence("over \u{201C}x\u{201D}") == "Over \u{201C}x\u{201D}")
  }

  @Test func directionsNeedMoreThanAnEvenChance() {
    func direction(_ rise: Double, _ fall: Double) -> Direction {
      Direction(Outlook.given(lastYear: 1, median: 1, rise: rise, fall: fall))
    }
    #expect(direction(0.5, 0.1) == .rising && direction(0.1, 0.6) == .falling)
    #expect(direction(0.2, 0.2) == .steady && direction(0.4, 0.3) == .unclear)
    #expect(direction(.nan, 0) == .notAssessable && Direction(nil) == .notAssessable)
    #expect(Set(Direction.allCases.map(\.arrow)).count == Direction.allCases.count)
  }

  @Test func periodsInWords() {
    #expect(PeriodText(frequency: .monthly).range(.month(2014, 4), .month(2025, 12)) == "Apr 2014 to Dec 2025")
    let quarter = Period(.quarterly, containing: Period.month(2024, 8).firstDay)
    #expect(PeriodText(frequency: .quarterly).label(quarter) == "Jul to Sep 2024")
    #expect(PeriodText(frequency: .monthly).year == "12 months" && PeriodText(frequency: .yearly).year == "year")
    #expect(PeriodText(frequency: .monthly).anchor(.month(2024, 4)) == "2024-04")
  }
}
