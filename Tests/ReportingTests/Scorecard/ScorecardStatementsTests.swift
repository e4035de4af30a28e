import Foundation
import TestSupport
import Testing

@testable import Reporting

/// What the method page of a scorecard says of its probabilities stands in the model card, beside the figures it was made of.
@Suite struct ScorecardStatementsTests {
  @Test func whatTargetsAreWorthStandsInTheirCard() throws {
    let url = Fixture.packageRoot.appendingPathComponent("Models/cards/targets.md")
    let card = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let quote = ScorecardMethodPage.targetRecord
    #expect(card.contains(quote))
    // The plain form is the table's.
    let table =
      try #require(card.firstRange(of: "| 0-20 % |")).lowerBound..<(try #require(card.firstRange(of: quote)).lowerBound)
    let rows = card[table].split(separator: "|").map { $0.split(separator: " ").first.map(String.init) ?? "" }
    for (fifth, six, three) in [
      ("0-20", 7, 3), ("20-40", 31, 28), ("40-60", 54, 49), ("60-80", 73, 70), ("80-100", 92, 95),
    ] {
      let at = try #require(rows.firstIndex(of: fifth))
      #expect(try hundredths(rows[at + 2]) == six && hundredths(rows[at + 4]) == three, "\(fifth)")
    }
  }

  private func hundredths(_ text: String) throws -> Int { Int((try #require(Double(text)) * 100).rounded()) }
}
