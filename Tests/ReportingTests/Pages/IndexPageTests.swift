import Assessment
import Testing

@testable import Reporting

@Suite struct IndexPageTests {
  private func page(_ assessment: StrategicAssessment) -> ParsedPage {
    let context = PackContext(assessment, version: "0.1.0")
    return ParsedPage(PageShell(context: context).file(IndexPage(context: context).page()))
  }

  private func index() async throws -> ParsedPage { page(try await SyntheticAssessment.standard.value) }

  @Test func itSaysWhatChangedInThreeLinkedSentences() async throws {
    let page = try await index()
    let context = PackContext(try await SyntheticAssessment.standard.value, version: "0.1.0")
    let start = try #require(page.elements.firstIndex { $0.attributes["id"] == "what-changed" })
    let sentences = page.elements[start...].filter {
      $0.name == "a" && $0.path.suffix(2) == ["ul", "li"] && $0.path.contains("section")
    }
    #expect(sentences[0].attributes["href"] == "priorities/west-oxfordshire--vehicle-crime.html")
    let chance = try #require(context.emerging?.outlook?.probabilityOfRise)
    #expect(chance >= 0.55)
    #expect(
      sentences[0].text.hasPrefix(
        "Vehicle crime in West Oxfordshire is \(Wording.likelihood(chance)) to rise by 10\u{A0}% or more over the next")
    )
    #expect(sentences[1].text.hasPrefix("Burglary in ") && sentences[1].text.contains("to fall by 10\u{A0}% or more"))
    #expect(sentences[2].attributes["href"] == "data-quality.html#limits")
    #expect(sentences[2].text.contains("Jul 2025"))
    #expect(page.text.contains("if past patterns continue"))
    let sections = page.all("section").compactMap { $0.attributes["id"] }
    #expect(Array(sections.prefix(4)) == ["up-or-down", "past", "what-changed", "priorities"])
  }

  /// The heading counts what is likely to get worse and what is only watched.
  @Test func theHeadingClaimsNoMoreThanTheRows() async throws {
    let context = PackContext(try await SyntheticAssessment.standard.value, version: "0.1.0")
    let worse = context.topRisks.count { ($0.chances?.worse ?? 0) >= 0.5 && $0.recommendation != .returnToUsual }
    #expect(worse > 0 && worse < 10)
    #expect(
      try await index().text.contains("Problems in rank order: \(worse) likely to get worse, \(10 - worse) not"))
    var synthetic = SyntheticAssessment()
    (synthetic.months, synthetic.size) = (22, 2)
    synthetic.configure = { $0.pathCount = 100 }
    let thin = page(try await synthetic.build())
    #expect(thin.text.contains("Problems: not enough data to rank"))
    #expect(thin.text.contains("There is not enough data to say: confidence is low for every problem here."))
  }

  @Test func theTableHasTenRowsAndEveryColumn() async throws {
    let page = try await index()
    let headings = page.all("th", "scope", "col").map(\.text).drop { $0 != "Rank" }.prefix(10)
    #expect(
      Array(headings) == [
        "Rank", "By harm", "Problem and place", "Direction", "11 of the last 12 months",
        "Forecast of the same 11 of 12 months (80\u{A0}% interval)",
        "Chance of a rise of 10\u{A0}% or more", "Harm per offence", "Confidence", "Recommendation",
      ])
    #expect(page.elements.filter { ($0.attributes["id"] ?? "").hasPrefix("priority-") && $0.name == "tr" }.count == 10)
    #expect(page.text.contains("Every total covers 11 of 12 months"))
    // Directions are told by arrow and word.
    #expect(page.all("span", "class", "arrow").contains { $0.text == "\u{2191}" })
    #expect(page.all("span", "class", "direction").contains { $0.text.contains("rising") })
    #expect(page.all("svg", "class", "sparkline").count == 10)
  }

  @Test func whatCannotBeAssessedSaysWhy() async throws {
    let page = page(try await SyntheticAssessment.notAssessable.value)
    #expect(page.error == nil)
    #expect(page.all("span", "class", "direction").allSatisfy { $0.text.contains("not assessable") })
    #expect(
      page.elements.contains {
        ($0.attributes["id"] ?? "").hasPrefix("priority-note-") && $0.text.contains("Not assessable:")
      })
    #expect(page.text.contains("none can be named, because nothing here could be ranked"))
  }

  @Test func theMarkingIsTheConfiguredOne() async throws {
    var synthetic = SyntheticAssessment()
    synthetic.months = 14
    synthetic.size = 1
    synthetic.configure = {
      $0.marking = "OFFICIAL-SENSITIVE <x>"
      $0.pathCount = 50
    }
    let page = page(try await synthetic.build())
    #expect(page.all("p", "class", "marking").map(\.text) == ["OFFICIAL-SENSITIVE <x>", "OFFICIAL-SENSITIVE <x>"])
  }

  /// Five limitations, and how many more there are.
  @Test func limitationsThatAreNotShownAreCounted() async throws {
    let many = try await SyntheticAssessment.standard.value
    #expect(many.limitations.count > 5)
    #expect(page(many).text.contains("\(many.limitations.count - 5) more, and the checks behind them"))
    var synthetic = SyntheticAssessment()
    synthetic.missing = []
    synthetic.size = 1
    synthetic.months = 60
    synthetic.configure = { $0.pathCount = 50 }
    let few = try await synthetic.build()
    #expect((1...5).contains(few.limitations.count))
    #expect(page(few).text.contains("The checks behind this") && !page(few).text.contains("more, and the checks"))
  }
}
