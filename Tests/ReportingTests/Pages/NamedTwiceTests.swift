import Assessment
import CommunitySafety
import Ingest
import TestSupport
import Testing
import TimeSeries

@testable import Reporting

/// A place of two names in the pages and files of a pack.
@Suite struct NamedTwiceTests {
  private func rows(_ table: PageTree) -> [[String]] {
    table.all("tbody").flatMap { $0.all("tr") }.map { $0.elements.map(\.text) }
  }

  /// The table of forecasts of Cherwell, a district and a partnership, had each of its rows twice.
  @Test func forecastsAreListedOncePerPlace() async throws {
    let context = PackContext(try await SyntheticAssessment.standard.value, version: "0")
    let page = try #require(PageTree.read(PageShell(context: context).file(ForecastsPage(context: context).page())))
    let sections = page.all("section").filter { ($0.attributes["id"] ?? "").hasPrefix("area-") }
    #expect(sections.count == 7)
    for section in sections {
      let measures = section.all("table").flatMap(rows).map { $0[0] }
      #expect(Set(measures).count == measures.count && !measures.isEmpty, "\(section.attributes["id"] ?? "")")
    }
    #expect(page.text.contains("Forecasts for Cherwell (district and partnership)."))
    #expect(page.text.contains("Forecasts for Oxford City (partnership, also the district Oxford)."))
    #expect(!sections.contains { $0.attributes["id"] == "area-oxford" })
    let models = try #require(page.all("table").first { $0.attributes["id"] == "models-table" })
    let counted = rows(models).compactMap { Int($0[1].filter(\.isNumber)) }.reduce(0, +)
    // Seven places with seven measures and three groups each.
    #expect(counted == 70)
  }

  @Test func everyPartnershipKeepsItsPageAndItsRowsInTheFiles() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let files = try await Pack(assessment, version: "0").files(threads: 2)
    let paths = Set(files.map(\.path))
    #expect(["cherwell", "oxford-city", "south-and-vale"].allSatisfy { paths.contains("partnerships/\($0).html") })
    #expect(!paths.contains("partnerships/oxford.html"))
    func document(_ path: String) throws -> CSVDocument {
      try CSVDocument(files.first { $0.path == path }?.contents ?? [])
    }
    let forecasts = try document("forecasts.csv").rows
    func numbers(_ area: String) -> [[String]] {
      forecasts.filter { $0[0] == "\(area)|Burglary" }.map { Array($0.dropFirst()) }
    }
    #expect(numbers("Oxford").count == 12 && numbers("Oxford") == numbers("Oxford City"))
    #expect(numbers("Cherwell").count == 12)
    let risks = try document("risks.csv")
    let area = try #require(risks.header.firstIndex(of: "area"))
    let level = try #require(risks.header.firstIndex(of: "level"))
    func count(_ name: String, _ kind: String) -> Int { risks.rows.count { $0[area] == name && $0[level] == kind } }
    #expect(count("Oxford", "district") == 10 && count("Oxford City", "csp") == 10)
    #expect(count("Cherwell", "district") == 10 && count("Cherwell", "csp") == 10)
    // Verdicts are those of the district, as they have been.
    let judged = Set(try document("exceptions.csv").rows.map { $0[0] })
    #expect(judged.contains("Oxford|Burglary") && !judged.contains("Oxford City|Burglary"))
  }

  /// South Oxfordshire alone goes by the name of South and Vale: the page of the data says that Vale is not in it.
  @Test func thePageOfTheDataSaysWhatATotalLacks() async throws {
    var synthetic = SyntheticAssessment()
    synthetic.size = 3
    synthetic.configure = { $0.pathCount = 50 }
    let context = PackContext(try await synthetic.build(), version: "0")
    let page = try #require(PageTree.read(PageShell(context: context).file(DataQualityPage(context: context).page())))
    let limits = try #require(page.all("section").first { $0.attributes["id"] == "limits" })
    #expect(limits.text.contains("no figures of the rest: South and Vale without Vale of White Horse."))
  }

  /// What is all of a run under two names keeps its rows under each, and stands once in every table of a page.
  @Test func aPartnershipThatIsEverything() async throws {
    var synthetic = SyntheticAssessment()
    synthetic.size = 4
    synthetic.configure = { $0.pathCount = 100 }
    let reference = try SyntheticAssessment.reference()
    var data = synthetic.data()
    data = data.keepingAreas(["South Oxfordshire", "Vale of White Horse"])
    let assessment = try await Assessor(
      configuration: AssessmentConfiguration(), reference: reference, threads: 2
    ).assess(data)
    let files = try await Pack(assessment, version: "0").files(threads: 2)
    for path in ["forecasts.csv", "exceptions.csv"] {
      let rows = try CSVDocument(files.first { $0.path == path }?.contents ?? []).rows
      func of(_ area: String) -> [[String]] {
        rows.filter { $0[0].hasPrefix("\(area)|") }.map { Array($0.dropFirst().prefix(6)) }
      }
      #expect(!of("All areas").isEmpty && of("All areas") == of("South and Vale"), "\(path)")
    }
    let theme = try #require(files.first { $0.path == "themes/robbery.html" }.flatMap(PageTree.read))
    let table = try #require(theme.all("table").first { $0.attributes["id"] == "places-table" })
    #expect(
      rows(table).map { $0[0] } == [
        "South and Vale (all 2 districts together)", "South Oxfordshire (district)", "Vale of White Horse (district)",
      ])
    let quality = try #require(files.first { $0.path == "data-quality.html" }.flatMap(PageTree.read))
    #expect(!quality.text.contains("Totals of part of what they are named after"))
    let areas = try #require(quality.all("table").first { $0.attributes["id"] == "areas-table" })
    #expect(rows(areas).map { $0[0] }.last == "South and Vale (all 2 districts together)" && rows(areas).count == 3)
  }
}

extension IngestedData {
  /// The data of some of its areas.
  fileprivate func keepingAreas(_ names: Set<String>) -> IngestedData {
    IngestedData(
      kind: kind, panel: panel.filterMap { names.contains($0.key.area) ? $0 : nil },
      areas: areas.filter { names.contains($0.key) }, completeness: completeness, accounting: accounting,
      sources: sources, notes: notes)
  }
}
