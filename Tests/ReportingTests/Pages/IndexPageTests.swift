import Testing

@testable import Reporting

@Suite struct IndexPageTests {
  private func index(_ change: (inout SyntheticAssessment) -> Void = { _ in }) -> ParsedPage {
    var synthetic = SyntheticAssessment()
    change(&synthetic)
    let context = PackContext(synthetic.build(), version: "0.1.0")
    return ParsedPage(PageShell(context: context).file(IndexPage(context: context).page()))
  }

  @Test func itSaysWhatChangedInThreeLinkedSentences() {
    let page = index()
    let sentences = page.elements.filter {
      $0.name == "a" && $0.path.suffix(2) == ["ul", "li"] && $0.path.contains("section")
    }
    #expect(
      sentences.prefix(3).map { $0.attributes["href"] ?? "" }[0] == "priorities/west-oxfordshire--vehicle-crime.html")
    #expect(
      sentences[0].text.contains(
        "Vehicle crime in West Oxfordshire is highly likely (83\u{A0}%) to rise by 10\u{A0}% or more"))
    #expect(sentences[1].text.contains("to fall by 10\u{A0}% or more"))
    #expect(
      sentences[2].attributes["href"] == "data-quality.html#limits"
        && sentences[2].text.contains(
          "Missing months (nothing is known of them; they are not zero): Thames Valley: Jul 2025")
    )
    #expect(page.text.contains("if past patterns continue"))
  }

  @Test func theTableHasTenRowsAndEveryColumn() {
    let page = index()
    let headings = page.all("th", "scope", "col").prefix(9).map(\.text)
    #expect(
      headings == [
        "Rank", "Problem and place", "Direction", "Last 12 months", "Forecast 12 months (80\u{A0}% interval)",
        "Chance of a rise of 10\u{A0}% or more", "Harm per offence", "Confidence", "Recommendation",
      ])
    #expect(page.elements.filter { ($0.attributes["id"] ?? "").hasPrefix("priority-") && $0.name == "tr" }.count == 10)
    #expect(page.text.contains("Every total covers 11 of 12 months"))
    #expect(page.text.contains("highly likely (83\u{A0}%)"))
    // Directions are told by arrow and word.
    #expect(page.all("span", "class", "arrow").contains { $0.text == "\u{2191}" })
    #expect(page.all("span", "class", "direction").contains { $0.text.contains("rising") })
    #expect(page.all("svg", "class", "sparkline").count == 10)
  }

  @Test func whatCannotBeAssessedSaysWhy() {
    let page = index { $0.hasOutlooks = false }
    #expect(page.error == nil)
    #expect(page.all("span", "class", "direction").allSatisfy { $0.text.contains("not assessable") })
    #expect(
      page.elements.contains {
        ($0.attributes["id"] ?? "").hasPrefix("priority-note-") && $0.text.contains("Not assessable:")
      })
    #expect(page.text.contains("none can be named, because nothing here could be ranked"))
  }

  @Test func theMarkingIsTheConfiguredOne() {
    let page = index { $0.configure = { $0.marking = "OFFICIAL-SENSITIVE <x>" } }
    #expect(page.all("p", "class", "marking").map(\.text) == ["OFFICIAL-SENSITIVE <x>", "OFFICIAL-SENSITIVE <x>"])
  }
}
