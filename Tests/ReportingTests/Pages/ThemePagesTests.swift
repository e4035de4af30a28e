import Assessment
import RiskRanking
import Testing

@testable import Reporting

/// A subject across all places, as the assessor makes it.
@Suite struct ThemePagesTests {
  private func pages(_ assessment: StrategicAssessment) -> [String: PageTree] {
    let context = PackContext(assessment, version: "0")
    let shell = PageShell(context: context)
    let files = ThemePages(context: context).makers.map { shell.file($0()) }
    return Dictionary(uniqueKeysWithValues: files.compactMap { file in PageTree.read(file).map { (file.path, $0) } })
  }

  /// Rows of the table of this identifier, without its headings.
  private func rows(_ page: PageTree, _ id: String) -> [[String]] {
    page.all("table").filter { $0.attributes["id"] == id }.flatMap { $0.all("tbody") }.flatMap { $0.all("tr") }
      .map { $0.elements.map(\.text) }
  }

  @Test func aGroupSaysWhatItIsMadeOfAndWhyItStandsIn() async throws {
    let page = try #require(
      pages(try await SyntheticAssessment.standard.value)["themes/serious-acquisitive-crime-proxy.html"])
    #expect(page.text.contains("Made of burglary, robbery and vehicle crime."))
    #expect(page.text.contains("This is a proxy: police.uk does not split dwelling burglary"))
    #expect(rows(page, "members-table").map { $0[0] } == ["Burglary", "Robbery", "Vehicle crime"])
  }

  @Test func placesComeFromTheWidestToTheSmallest() async throws {
    let page = try #require(pages(try await SyntheticAssessment.standard.value)["themes/vehicle-crime.html"])
    let places = rows(page, "places-table").map { $0[0] }
    #expect(
      places.first == "Safer Oxfordshire Partnership (whole area)" && places.last == "Vale of White Horse (district)")
    // A partnership of one district stands for it; one of two stands above its two.
    #expect(places.contains("Oxford City (district Oxford)") && !places.contains("Oxford (district)"))
    #expect(places.count == 7)
    #expect(!page.text.contains("What it is made of"))
  }

  @Test func theOverviewNamesWhatIsShared() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let page = try #require(pages(assessment)["themes/index.html"])
    let theme = try #require(assessment.themes.first { $0.label == "Shoplifting" })
    #expect(theme.areas.count >= 2)
    #expect(
      page.text.contains(
        "Shoplifting: a rise of 10 % or more is at least a realistic possibility in \(theme.areas.count) of the 4 places with enough counts to say"
      ))
    let lists = page.all("section").filter { ["groups", "measures"].contains($0.attributes["id"]) }.map(\.text)
    #expect(lists.count == 2 && lists[0].contains("All crime: made of") && !lists[0].contains("Robbery:"))
    #expect(lists[1].contains("Robbery") && !lists[1].contains("All crime"))
  }

  @Test func whatNothingIsKnownOfSaysSo() async throws {
    let pages = pages(try await MixedPanel.assessment.value)
    let unknown = try #require(pages["themes/abandoned-trolleys.html"])
    #expect(unknown.text.contains("No file of measures knows it"))
    let known = try #require(pages["themes/referrals-to-treatment.html"])
    #expect(known.text.contains("It is not a crime and is never part of") && known.text.contains("Depends on places"))
  }
}
