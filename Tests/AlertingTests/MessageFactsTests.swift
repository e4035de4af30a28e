import Foundation
import Testing
import TimeSeries

@testable import Alerting

/// What readers are told of figures: no more areas than they read, and what a dash means.
@Suite struct MessageFactsTests {
  private func facts(
    _ excesses: [Double?], isHigher: Bool = true, expected: [Double?] = [40, 40], excess: Double? = nil
  ) throws -> AlertFacts {
    var document: [String: Any] = [
      "label": "Burglary", "place": "all areas", "isHigher": isHigher, "shape": "spike", "onset": "Jun 2026",
      "opened": "Jun 2026", "last": "Jun 2026", "sentences": ["It rose."], "ending": "It ends.",
      "parts": excesses.enumerated().map { index, excess in
        ["area": "A\(index)"].merging(excess.map { ["excess": $0] } ?? [:]) { $1 as Any } as [String: Any]
      },
      "rows": expected.enumerated().map { index, expected in
        ["period": "Month \(index)", "observed": 41].merging(expected.map { ["expected": $0] } ?? [:]) { $1 as Any }
          as [String: Any]
      },
    ]
    document["excess"] = excess
    return try JSONDecoder().decode(AlertFacts.self, from: JSONSerialization.data(withJSONObject: document))
  }

  @Test func areasThatAddLittleAreToldTogether() throws {
    let told = try facts([44, 24.6, 1, 0.4, 0, -0.2, -3, -14]).told()
    #expect(told == ["A0 +44", "A1 +25", "A2 +1", "5 other areas together −17"])
    let many = try facts((0..<20).map { Double(40 - $0) }).told()
    #expect(many.count == 9 && many.first == "A0 +40" && many.last == "12 other areas together +318")
    // A rise that no area makes by itself.
    #expect(try facts([0.4, 0.4, 0.4]).told() == ["3 areas together +1"])
    #expect(try facts([5, 2]).told(mark: ": ") == ["A0: +5", "A1: +2"])
  }

  /// Areas and their total have a baseline each. A reader adds up what is told, not what it was rounded from.
  @Test func partsThatDoNotAddUpToTheWholeSaySo() throws {
    let parts = [44, 24.4, 16.4, 14.4, 13.4, 9.4, 6.4, 2.4, -27]
    #expect(
      try facts(parts, excess: 135).difference
        == "Each area is compared with its own past, so that these add up to +101, not to +135.")
    #expect(
      try facts([-30.2, -20, 4], isHigher: false, excess: -1_060).difference?.hasSuffix("add up to −46, not to −1,060.")
        == true)
    // What rounding does is no difference.
    #expect(try facts(parts, excess: 103).difference == nil)
    #expect(try facts([], excess: 135).difference == nil && facts(parts).difference == nil)
  }

  @Test func ofAFallThoseThatFellAreNamed() throws {
    #expect(try facts([-30, -2, 0, 4], isHigher: false).told() == ["A0 −30", "A1 −2", "2 other areas together +4"])
  }

  @Test func aDashIsExplainedWhereThereIsOne() throws {
    #expect(try facts([], expected: [40, 41]).unjudged == nil)
    #expect(try facts([], expected: [40, nil]).unjudged?.hasPrefix("A dash: not judged") == true)
  }

  @Test func aDigestOfOneKindSaysSoInItsHeadline() throws {
    func message(_ area: String, _ happening: Happening) throws -> AlertMessage {
      try AlertMessage(
        AlertKey(rule: "exceptions", series: SeriesKey(area: area, measure: "Burglary")),
        AlertTransition(happening: happening, episode: 1, sequence: 1), facts: nil,
        AlertMessage.Frame(now: Moment(seconds: 1_800_000_000), period: "Dec 2026"), names: ("Burglary", area))
    }
    func digest(_ happenings: [Happening]) throws -> AlertMessage {
      AlertMessage(
        digest: try happenings.enumerated().map { try message("A\($0)", $1) }, isMany: false, key: "k",
        rule: "exceptions", AlertMessage.Frame(now: Moment(seconds: 1_800_000_000), period: "Dec 2026"))
    }
    let adopted = try digest([.adopted, .adopted])
    #expect(adopted.headline == "2 alerts already open")
    #expect(
      adopted.sentences == ["These had begun before alerts were kept, and still go on in the figures up to Dec 2026."])
    #expect(try digest([.fired, .fired, .fired]).headline == "3 new alerts")
    let mixed = try digest([.fired, .resolved])
    #expect(mixed.headline == "2 alerts: 1 new and 1 over" && mixed.sentences.isEmpty)
  }
}
