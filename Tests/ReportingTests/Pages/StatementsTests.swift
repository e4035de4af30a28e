import Assessment
import CommunitySafety
import Foundation
import RiskRanking
import TestSupport
import Testing

@testable import Reporting

/// A statement has one home, in a model card, a model file or the type that has the rule; pages quote it.
@Suite struct StatementsTests {
  private func page(_ path: String) async throws -> PageTree {
    let files = PackPages(try await SyntheticAssessment.standard.value, version: "0").render()
    return try #require(files.first { $0.path == path }.flatMap(PageTree.read))
  }

  private func table(_ id: String) async throws -> PageTree {
    try #require(try await page("method.html").all("table").first { $0.attributes["id"] == id })
  }

  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func whatTheRankingIsWorthStandsInItsCard() async throws {
    let url = Fixture.packageRoot.appendingPathComponent("Models/cards/ranking.md")
    let card = words(try String(contentsOf: url, encoding: .utf8))
    let quote = words(MethodPage.rankingRecord)
    #expect(card.contains(quote))
    #expect(try await page("method.html").text.contains(quote))
    // The card's own figures, of which the quote is the plain form.
    let figures =
      try #require(card.firstRange(of: "Figures:")).upperBound..<(try #require(card.firstRange(of: quote))).lowerBound
    for (percentage, figure) in [
      ("34 %", "0.34"), ("20 %", "0.20"), ("43 %", "0.43"), ("47 %", "0.47"), ("68 %", "0.68"),
    ] {
      #expect(quote.contains(percentage) && card[figures].contains(figure), "\(percentage)")
    }
  }

  /// Where a total stands with its parts the reader is told that middles do not add up.
  @Test func tablesOfPartsSayThatMiddlesDoNotAddUp() async throws {
    for (theme, table) in [("burglary", "places-table"), ("acquisitive-crime", "members-table")] {
      let found = try #require(
        try await page("themes/\(theme).html").all("table").first { $0.attributes["id"] == table })
      #expect(found.text.contains("add up to that of their total"), "\(theme)")
    }
    #expect(try await page("forecasts.html").text.contains("middles and ends of ranges do not add up"))
  }

  @Test func theBandsAreThoseOfTheYardstick() async throws {
    let table = try await table("yardstick-table")
    let rows = table.all("tr").dropFirst().map { row in row.elements.map(\.text) }
    #expect(rows.map { $0.first } == ProbabilityYardstick.allCases.map(\.rawValue))
    for row in rows {
      let numbers = row[1].split(separator: " ").compactMap { Double($0) }.map { $0 / 100 }
      let inside =
        row[1].hasPrefix("under")
        ? [0, numbers[0] - 0.001] : row[1].hasSuffix("more") ? [numbers[0], 1] : [numbers[0], numbers[1] - 0.001]
      for probability in inside {
        #expect(ProbabilityYardstick(probability: probability).rawValue == row[0], "\(row) \(probability)")
      }
    }
  }

  @Test func theMeaningOfARecommendationNamesTheThresholdsOfTheProfile() async throws {
    let table = try await table("recommendations-table")
    for recommendation in Recommendation.allCases {
      #expect(table.text.contains(recommendation.meaning(ScoringProfile())))
    }
    var cautious = ScoringProfile()
    cautious.likely = 0.8
    cautious.highlyLikely = 0.95
    #expect(
      Recommendation.new.meaning(cautious)
        == "Not a current priority, and highly likely to get worse (almost certain, where confidence is low).")
    #expect(
      Recommendation.deEscalate.meaning(ScoringProfile()).hasPrefix("A current priority that is likely to get better,"))
  }

  @Test func theDirectionsNameTheSizesOfTheProfile() async throws {
    let table = try await table("directions-table")
    for direction in Direction.allCases {
      #expect(table.text.lowercased().contains(words(direction.meaning(ScoringProfile())).lowercased()))
    }
    var coarse = ScoringProfile()
    coarse.materialShare = 0.25
    coarse.materialPoints = 0.08
    #expect(words(Direction.rising.meaning(coarse)).contains("(of a count by 25 %, of a share by 8 points)"))
    #expect(words(Direction.rising.meaning(ScoringProfile())).contains("(of a count by 10 %, of a share by 5 points)"))
  }

  /// Of each recommendation the rule gives, the meaning says whether it is for a current priority.
  @Test(arguments: [true, false], [0.1, 0.6, 0.9]) func theMeaningIsThatOfTheRule(isPriority: Bool, rise: Double) {
    for fall in [0.05, 0.9 - min(0.85, rise)] {
      let outlook = Outlook.given(lastYear: 100, median: 100, lower80: 90, upper80: 110, rise: rise, fall: fall)
      let advice = Recommendation(
        outlook: outlook, polarity: .lowerIsBetter, isPriority: isPriority,
        confidence: Confidence(rating: .high, reasons: []))
      let meaning = advice.meaning(ScoringProfile())
      #expect(meaning.hasPrefix("A current priority") == isPriority)
      #expect(meaning.contains("likely to get worse") == (rise >= 0.5))
    }
  }

  @Test func groupsAreDefinedAsInTheModelFiles() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let glossary = try await page("glossary.html")
    let terms = glossary.all("dt").map(\.text)
    #expect(terms == terms.sorted { $0.lowercased() < $1.lowercased() })
    let groups = assessment.reference.measures.groups
    #expect(groups.count == 3)
    for group in groups {
      #expect(terms.contains(group.label))
      if let reason = group.proxyReason { #expect(glossary.text.contains(words(reason))) }
    }
  }
}
