import Assessment
import CommunitySafety
import Foundation
import Ingest
import ModelFiles
import Testing
import TimeSeries

@testable import Reporting

@Suite struct FootprintsPageTests {
  private static let districts = [
    "Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse", "West Oxfordshire", "West Berkshire",
  ]

  /// Four years of every crime type in six districts, rising in some of them.
  private static func table(without gap: String? = nil) -> [UInt8] {
    var text = "area,measure,period,count\n"
    for (place, district) in districts.enumerated() {
      for (kind, type) in CrimeType.allCases.enumerated() {
        for month in 0..<48 {
          let base = 20 + 7 * ((place * 5 + kind * 3) % 11)
          let value = base + (month * ((place + kind) % 4)) / 8 + (month * 5 + kind) % 7
          let count = district == gap && month == 40 ? "" : String(value)
          text += "\(district),\(type.rawValue),\(2020 + month / 12)-\(String(101 + month % 12).dropFirst()),\(count)\n"
        }
      }
    }
    return Array(text.utf8)
  }

  private struct Made: Sendable {
    let assessment: StrategicAssessment
    let other: StrategicAssessment
    let pages: [String: ParsedPage]
    var comparison: FootprintComparison { get throws { try #require(assessment.beside) } }
  }

  private static func made(_ id: String, beside: String, without gap: String? = nil) async throws -> Made {
    let reference = try ModelFileLoader.builtIn()
    let (own, other) = (
      try reference.footprints.footprint(named: id), try reference.footprints.footprint(named: beside)
    )
    let table = table(without: gap)
    func read(_ change: (inout IngestOptions) -> Void) async throws -> IngestedData {
      var options = IngestOptions()
      change(&options)
      return try await InputReader(options: options, registry: reference.areas).read(table, name: "t.csv")
    }
    func assess(_ data: IngestedData) async throws -> StrategicAssessment {
      var reference = reference
      reference.priorities = reference.priorities.carried(to: data.areas.values, registry: reference.areas)
      var assessor = Assessor(configuration: AssessmentConfiguration(), reference: reference)
      assessor.parts = []
      return try await assessor.assess(data)
    }
    var first = try await assess(read { $0.footprint = own })
    let second = try await assess(read { $0.footprint = other })
    first.beside = FootprintComparison(
      of: first, footprint: own, beside: second, footprint: other,
      pieces: try await read {
        ($0.footprint, $0.beside, $0.by) = (own, other, .district)
      })
    let files = PackPages(first, version: "0").render().filter { $0.path.hasSuffix(".html") }
    return Made(
      assessment: first, other: second,
      pages: Dictionary(uniqueKeysWithValues: files.map { ($0.path, ParsedPage($0)) }))
  }

  private static let ridgeway = Task { try await made("oxford-shires-ridgeway", beside: "districts") }

  @Test(arguments: [
    ("oxford-shires-ridgeway", "districts", 6, 1), ("partnerships", "one-county", 4, 0),
    ("one-county", "oxford-shires-ridgeway", 3, 0),
  ])
  func partsAddUpToTheirAreas(_ id: String, _ beside: String, _ count: Int, _ outside: Int) async throws {
    let made = try await Self.made(id, beside: beside)
    let comparison = try made.comparison
    #expect(comparison.pieces.count == count)
    #expect(comparison.pieces.count { $0.area != nil && $0.beside == nil } == outside)
    for figure in comparison.figures {
      let area = figure.profile.area
      let pieces = comparison.pieces.filter { $0.area == area.name }
      // What the area's own assessment prints, and its parts.
      let total = try #require(figure.profile.crimes)
      #expect(comparison.totals[area.name] == total && total > 0)
      #expect(pieces.reduce(0) { $0 + ($1.count ?? .nan) } == total)
      #expect(pieces.reduce(0) { $0 + ($1.residents ?? 0) } == area.population)
      #expect(figure.risks.first??.past.lastYear == total)
    }
    // Of areas that lie wholly within the others, the parts add up to them too.
    for figure in comparison.figuresBeside {
      let pieces = comparison.pieces.filter { $0.beside == figure.profile.area.name }
      #expect(pieces.reduce(0) { $0 + ($1.count ?? .nan) } == figure.profile.crimes)
    }
  }

  @Test func ranksAreThoseOfEitherAssessment() async throws {
    let made = try await Self.ridgeway.value
    let comparison = try made.comparison
    #expect(comparison.carried.count == 10 && comparison.carriedBeside.count == 10)
    for item in comparison.carried {
      let own = made.assessment.risks.first { $0.key == item.risk.key }
      #expect(own?.rank == item.risk.rank)
      let expected = item.risk.area.name == "Ridgeway" ? 2 : 3
      #expect(item.counterparts.count == expected)
      for other in item.counterparts {
        #expect(other.measure.id == item.risk.measure.id)
        #expect(made.other.risks.first { $0.key == other.key && $0.area.level == .district }?.rank == other.rank)
      }
    }
    for item in comparison.carriedBeside { #expect(item.counterparts.count == 1) }
  }

  @Test func thePageStandsInTheNavigationOfEveryPage() async throws {
    let made = try await Self.ridgeway.value
    let page = try #require(made.pages["footprints.html"])
    #expect(page.error == nil && page.all("h1").count == 1 && !page.source.contains("<script"))
    for other in made.pages.values {
      let root = other.file.path.contains("/") ? "../" : ""
      #expect(
        other.all("a").contains { $0.path.contains("nav") && $0.attributes["href"] == root + "footprints.html" },
        "\(other.file.path)")
    }
    #expect(page.text.contains("the decision is not known to us"))
    let own = Set(made.pages.keys.map { $0 })
    for link in page.all("a").compactMap({ $0.attributes["href"] }) where link.hasSuffix(".html") {
      #expect(own.contains(link), "\(link)")
    }
    #expect(Set(page.identifiers).count == page.identifiers.count)
    #expect(page.text.contains("Violent assault") && page.text.contains("(South and Vale)"))
  }

  @Test func withoutOneBesideThereIsNoSuchPage() async throws {
    var assessment = try await Self.ridgeway.value.assessment
    assessment.beside = nil
    let files = PackPages(assessment, version: "0").render()
    #expect(!files.contains { $0.path == "footprints.html" })
    #expect(files.allSatisfy { !String(decoding: $0.contents, as: UTF8.self).contains("footprints.html") })
    #expect(!PackData(assessment, version: "0").parts.contains { $0.path == "footprints.csv" })
  }

  /// A district without one month of the last year: parts are compared over the months that every area has.
  @Test func whatIsMissingIsNotTakenForNothing() async throws {
    let made = try await Self.made("oxford-shires-ridgeway", beside: "districts", without: "West Berkshire")
    let comparison = try made.comparison
    #expect(comparison.periods.count == 11 && !comparison.periods.contains(.month(2023, 5)))
    for area in ["Oxford & Shires", "Ridgeway"] {
      let parts = comparison.pieces.filter { $0.area == area }.map { $0.count ?? .nan }
      #expect(parts.reduce(0, +) == comparison.totals[area] && parts.count == 3)
    }
    // An area that is one district has no part to be partial by: it has no figure then, and is compared over the months it has.
    let partnerships = try await Self.made("partnerships", beside: "one-county", without: "Oxford").comparison
    #expect(partnerships.periods.count == 11 && !partnerships.periods.contains(.month(2023, 5)))
    #expect(partnerships.totals.count == partnerships.figures.count)
    let page = try #require(made.pages["footprints.html"])
    #expect(page.text.contains("All crime (excluding ASB), 11 of the last 12 months"))
    #expect(page.text.contains("(11 of 12 months)"))
    let sheet = try #require(PackData(made.assessment, version: "0").parts.first { $0.path == "footprints.csv" }?.sheet)
    let lines = String(decoding: try sheet.rendered(as: .csv), as: UTF8.self).split(separator: "\n")
    #expect(
      lines.contains { $0.hasPrefix("Ridgeway,,West Berkshire,All crime (excluding ASB),") && $0.contains(",11,") })
  }
}
