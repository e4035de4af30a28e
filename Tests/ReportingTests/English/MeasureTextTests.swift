import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct MeasureTextTests {
  private let count = MeasureText(kind: .count)
  private let share = MeasureText(kind: .proportion)
  private let days = MeasureText(kind: .value, unit: "days")

  private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }

  @Test func levels() {
    #expect(count.level(1250) == "1,250" && plain(share.level(0.25)) == "25 %" && days.level(12.44) == "12.4 days")
    #expect(days.level(124.4) == "124 days" && days.level(1.2) == "1.20 days")
    for text in [count, share, days] { #expect(text.level(.nan) == "not available") }
  }

  @Test func intervals() {
    #expect(count.interval(120, 180) == "120 to 180" && plain(share.interval(0.2, 0.3)) == "20 % to 30 %")
    #expect(days.interval(10.2, 14.1) == "10.2 to 14.1 days")
    #expect(days.interval(.nan, 14) == "not available")
  }

  @Test func changes() {
    #expect(plain(count.change(from: 100, to: 127)) == "27 more (+27 %)")
    #expect(share.change(from: 0.25, to: 0.28) == "3 points higher")
    #expect(share.change(from: 0.26, to: 0.25) == "1 point lower")
    #expect(share.change(from: 0.25, to: 0.265) == "1.5 points higher")
    #expect(share.change(from: 0.25, to: 0.3755) == "13 points higher", "no decimal from ten points on")
    #expect(share.change(from: 0.25, to: 0.25001) == "no change")
    #expect(days.change(from: 12, to: 10.8) == "1.20 days lower" && days.change(from: 12, to: 12.001) == "no change")
    #expect(MeasureText(kind: .value).change(from: 1, to: 3) == "2.00 higher")
    #expect(share.change(from: .nan, to: 0.2) == "not available")
  }

  @Test func events() {
    #expect(plain(count.size(.share(0.1))) == "10 %" && share.size(.amount(0.05)) == "5 points")
    #expect(days.size(.amount(1.234)) == "1.23 days")
    let fall = Event(direction: .fall, size: .amount(0.05), horizon: 12, base: 0.2)
    #expect(fall.verb(share) == "fall by 5 points or more" && fall.noun(share) == "a fall of 5 points or more")
    let profile = ScoringProfile()
    #expect(plain(count.materialChange(profile)) == "10 %" && share.materialChange(profile) == "5 points")
    #expect(days.materialChange(profile) == "half of its usual scatter")
  }
}
