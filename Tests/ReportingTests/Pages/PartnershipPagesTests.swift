import Assessment
import Testing

@testable import Reporting

@Suite struct PartnershipPagesTests {
  private func pages(
    _ assessment: Task<StrategicAssessment, any Error> = SyntheticAssessment.standard
  ) async throws -> [String: PageTree] {
    let context = PackContext(try await assessment.value, version: "0")
    let shell = PageShell(context: context)
    let files = PartnershipPages(context: context).makers.map { shell.file($0()) }
    return Dictionary(uniqueKeysWithValues: files.compactMap { file in PageTree.read(file).map { (file.path, $0) } })
  }

  private func rows(_ page: PageTree, _ id: String) -> [[String]] {
    page.all("table").filter { $0.attributes["id"] == id }.flatMap { $0.all("tbody") }.flatMap { $0.all("tr") }
      .map { $0.elements.map(\.text) }
  }

  @Test func theOverviewNamesDistrictsAndTheFirstProblem() async throws {
    let page = try #require(try await pages()["partnerships/index.html"])
    let rows = rows(page, "list")
    #expect(rows.map { $0[0] }.sorted() == ["Cherwell", "Oxford City", "South and Vale", "West Oxfordshire"])
    let byName = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0) })
    #expect(byName["Cherwell"]?[1] == "itself" && byName["Oxford City"]?[1] == "Oxford")
    #expect(byName["South and Vale"]?[1] == "South Oxfordshire and Vale of White Horse")
    #expect(byName["West Oxfordshire"]?[2] == "Vehicle crime" && byName["West Oxfordshire"]?[3] == "\u{2191} rising")
  }

  @Test func aPageSaysWhoLivesThere() async throws {
    let pages = try await pages()
    let pair = try #require(pages["partnerships/south-and-vale.html"])
    #expect(pair.text.contains("South Oxfordshire and Vale of White Horse together. Population 287,998."))
    let single = try #require(pages["partnerships/oxford-city.html"])
    #expect(single.text.contains("A partnership of one district. Population 162,032."))
  }

  /// Its population is its own, not a sum over the districts of a partnership.
  @Test func aDistrictOfNoPartnershipSaysWhoLivesThere() async throws {
    var synthetic = SyntheticAssessment()
    (synthetic.months, synthetic.size, synthetic.inPartnerships) = (40, 2, false)
    synthetic.configure = { $0.pathCount = 50 }
    let pages = try await pages(Task { [synthetic] in try await synthetic.build() })
    #expect(try #require(pages["partnerships/cherwell.html"]).text.contains("Population 161,024."))
    let oxford = try #require(pages["partnerships/oxford.html"])
    #expect(oxford.text.contains("Population 162,032.") && !oxford.text.contains("A partnership of one district"))
  }

  /// The group that a priority names by its plain name is found under its label.
  @Test func prioritiesOnRecordHaveTheirEvidence() async throws {
    let page = try #require(try await pages()["partnerships/cherwell.html"])
    let rows = rows(page, "current-table")
    #expect(rows.prefix(3).map { $0[0] } == ["Anti-social behaviour", "Young people", "Acquisitive crime"])
    #expect(rows[1][1] == "not assessable" && rows[1][3] == "no series")
    #expect(rows[1][2].hasPrefix("No series of this pack speaks to it. It takes figures"))
    #expect(rows[2][3] == "Serious acquisitive crime (proxy), Burglary")
    // What is none yet and likely to get worse follows what is one.
    let without = self.rows(try #require(try await pages()["partnerships/west-oxfordshire.html"]), "current-table")
    #expect(without.first.map { Array($0.prefix(2)) } == ["Vehicle crime", "new"])
  }

  @Test func exceptionsAreThoseOfThePlaceAndItsDistricts() async throws {
    let pages = try await pages()
    let oxford = try #require(pages["partnerships/oxford-city.html"])
    let rows = rows(oxford, "exception")
    #expect(rows.contains { $0[1] == "Shoplifting Oxford City (district Oxford)" && $0[2] == "\u{25B2} higher" })
    #expect(rows.allSatisfy { $0[1].hasSuffix("Oxford City (district Oxford)") })
  }

  /// What has no rank is no first problem.
  @Test func whereNothingIsRankedNoProblemComesFirst() async throws {
    let page = try #require(try await pages(SyntheticAssessment.notAssessable)["partnerships/index.html"])
    let rows = rows(page, "list")
    #expect(rows.count == 4 && rows.allSatisfy { $0[2] == "none assessed" && $0[3] == "\u{2013}" })
  }
}
