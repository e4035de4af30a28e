import Assessment
import CommunitySafety
import Foundation
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct CountyLineTests {
  private func page(_ pack: CalculatorPack, _ path: String = "index.html") async throws -> PageTree {
    let files = try await pack.made.files
    return try #require(files.first { $0.path == path }.flatMap(PageTree.read))
  }

  private func section(_ page: PageTree, _ id: String) throws -> PageTree {
    try #require(page.all("section").first { $0.attributes["id"] == id })
  }

  /// Page one answers first: what was recorded, then what changed, then what may, then the table.
  @Test(arguments: CalculatorPack.allCases) func theOrderIsFixed(pack: CalculatorPack) async throws {
    let ids = try await page(pack).all("section").compactMap { $0.attributes["id"] }
    #expect(ids.prefix(4) == ["up-or-down", "past", "what-changed", "priorities"])
  }

  @Test func crimeAndDisorderAndViolenceAndTheProxyEachHaveALine() async throws {
    let table = try section(try await page(.synthetic), "up-or-down").all("table")[0]
    let names = table.all("tbody")[0].all("th").map(\.text)
    #expect(
      names == [
        "All crime", "Anti-social behaviour", "Violence and sexual offences", "Serious acquisitive crime (proxy)",
      ])
    #expect(table.text.contains("11 of 12 months"))
  }

  /// The answer is of the recorded figures, and its verdict is the test's.
  @Test func theAnswerIsTheComparison() async throws {
    let context = try await CalculatorPack.synthetic.made.context
    let line = try #require(CountyLine(context: context).lines.first)
    let before = try #require(line.before)
    let text = try section(try await page(.synthetic), "up-or-down").all("p")[0].text
    #expect(text.contains(Wording.count(line.year.later.recorded)))
    let change = Wording.change(from: before.earlier.recorded, to: before.later.recorded)
    #expect(text.contains(change.replacingOccurrences(of: "\u{A0}", with: " ")))
    let up = before.later.recorded > before.earlier.recorded
    #expect(text.hasPrefix(before.isReal == true ? (up ? "Up." : "Down.") : "No clear change."))
  }

  /// Whatever the source holds: the largest shares, the largest values, the only series; no crime is claimed of them.
  @Test(arguments: [CalculatorPack.sharesOnly, .valuesOnly])
  func withoutCountsNothingIsCalledCrime(pack: CalculatorPack) async throws {
    let part = try section(try await page(pack), "up-or-down")
    #expect(part.all("h2")[0].text == "Up or down?")
    #expect(part.text.contains("(not tested)") || part.text.contains("The same"))
    #expect(try section(try await page(pack), "past").text.contains("nothing could be tested"))
  }

  @Test func aChangeAcrossARecordingChangeIsMarked() async throws {
    var synthetic = SyntheticAssessment()
    synthetic.missing = []
    synthetic.months = 60
    synthetic.last = .month(2021, 12)
    synthetic.configure = { $0.pathCount = 50 }
    let context = PackContext(try await synthetic.build(), version: "0")
    let lines = CountyLine(context: context).lines
    let violence = try #require(lines.first { $0.series.measure.name.hasPrefix("Violence") })
    let before = try #require(violence.before)
    #expect(!before.isLikeForLike && before.earlier.comparable != nil)
    let words = ComparisonWords(context: context, series: violence.series)
    #expect(words.verdict(before).hasSuffix(", like for like") && before.isReal == false)
    #expect(words.changeCell(before).source.contains("not like for like (recording change Apr 2021)"))
    #expect(words.likeForLikeSentence(before).source.contains("like for like it is"))
    // Burglary has no such change.
    let burglary = try #require(context.assessment.series.first { $0.measure.name == "Burglary" })
    let plain = try #require(burglary.compared(burglary.lastYear, yearsBack: 1))
    #expect(plain.isLikeForLike)
    #expect(!ComparisonWords(context: context, series: burglary).changeCell(plain).source.contains("like for like"))
  }

  @Test func whatChangedIsThePast() async throws {
    let context = try await CalculatorPack.synthetic.made.context
    let text = try section(try await page(.synthetic), "past").text
    #expect(!text.contains("likely") && !text.contains("forecast") && !text.contains("next"))
    let changes = PastChanges(context: context).real
    let largest = try #require(changes.filter { $0.difference > 0 }.max { $0.difference < $1.difference })
    #expect(text.contains("Largest rise: \(largest.risk.label) in \(context.displayName(largest.risk.area.name)):"))
    #expect(changes.allSatisfy { $0.comparison.probability < 0.05 })
    #expect(text.contains("Newest exception: "))
  }

  @Test func bothOrdersAreShown() async throws {
    let context = try await CalculatorPack.synthetic.made.context
    let page = try await page(.synthetic)
    let order = try #require(page.all("ol").first { $0.attributes["class"] == "harm-order" })
    let first = HarmOrder(context: context).first
    #expect(order.all("li").count == first.count && !first.isEmpty)
    for (item, risk) in zip(order.all("li"), first) {
      #expect(item.text.hasPrefix("\(risk.label), \(context.displayName(risk.area.name))"))
    }
    let ranks = first.compactMap(\.harmRank)
    #expect(ranks == ranks.sorted())
    #expect(page.all("th").contains { $0.text == "By harm" })
  }

  /// Every measure has its quarter, its year to date and its rolling year.
  @Test func theScorecardHasEveryMeasureAndSaysWhatIsMissing() async throws {
    let context = try await CalculatorPack.synthetic.made.context
    let page = try await page(.synthetic, "scorecard.html")
    let table = try #require(page.all("table").first { $0.attributes["id"] == "scorecard" })
    #expect(table.all("tbody")[0].elements.count == context.themes.count)
    let heads = table.all("thead")[0].all("th").map(\.text)
    #expect(heads.contains("Quarter, Oct 2025 to Dec 2025") && heads.contains("Year to date, Apr 2025 to Dec 2025"))
    #expect(table.text.contains("8 of 9 months") && table.text.contains("without Jul 2025"))
    #expect(page.text.contains("The 12 months are the year to date and Jan 2025 to Mar 2025"))
  }
}
