import Assessment
import CommunitySafety
import Diagnostics
import Testing

@testable import Reporting

/// Of very many places those that are asked for have a page.
@Suite struct PlacePagesTests {
  private func chosen(_ asked: [String], _ places: [Area]) -> [Area] {
    PlacePages(asked).chosen(from: places, among: places)
  }

  private func places(_ count: Int) -> [Area] {
    (0..<count).map { Area(name: "Place \($0)", code: "E0700\(1000 + $0)", level: .district) }
  }

  @Test func allHaveAPageWhileTheyAreFew() {
    #expect(chosen([], places(60)).count == 60)
    #expect(chosen(["Place 3"], places(60)).count == 60)
    #expect(chosen([], places(61)).isEmpty)
  }

  @Test func ofManyThoseAskedForByNameOrCode() {
    let found = chosen(["place 60", "E07001007"], places(61))
    #expect(found.map(\.name) == ["Place 7", "Place 60"])
    #expect(chosen(["ALL"], places(61)).count == 61)
  }

  @Test func aDistrictStandsForItsPartnership() {
    let district = Area(name: "Oxford", code: "E07000178", level: .district, csp: "Oxford City")
    let all = places(61) + [Area(name: "Oxford City", level: .csp)]
    for asked in ["oxford", "E07000178", "Oxford City"] {
      #expect(PlacePages([asked]).chosen(from: all, among: all + [district]).map(\.name) == ["Oxford City"])
    }
  }

  @Test func aNameThatIsNoPlaceIsRefused() throws {
    try PlacePages(["all", "place 5"]).check(places(70))
    let failure = #expect(throws: HorizonError.self) { try PlacePages(["Plaice 5"]).check(places(70)) }
    #expect(failure?.kind == .usage && failure?.message.contains("\"Plaice 5\"") == true)
    #expect(failure?.remedy == "Did you mean \"Place 5\"?")
  }

  /// Every link of such a pack leads somewhere, its tables name no place that was left out, and its data files hold all.
  @Test func aPackOfThoseAskedForHangsTogether() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    var pack = Pack(assessment, version: "0")
    let whole = Set(try await pack.files(threads: 2).map(\.path))
    #expect(pack.placesWithoutPage == 0)
    for (asked, names) in [([], []), (["Cherwell"], ["cherwell"])] as [([String], [String])] {
      pack.pages = PlacePages(asked, limit: 3)
      #expect(pack.placesWithoutPage == 4 - asked.count)
      let files = try await pack.files(threads: 2)
      let paths = Set(files.map(\.path))
      #expect(paths.isSubset(of: whole))
      let own = paths.filter { $0.hasPrefix("partnerships/") }
      #expect(own == Set(["partnerships/index.html"] + names.map { "partnerships/\($0).html" }))
      #expect(paths.filter { $0.hasPrefix("local-priorities/") }.allSatisfy { $0.contains("/cherwell--") })
      #expect(["exceptions.html", "index.html", "themes/index.html", "risks.csv"].allSatisfy(paths.contains))
      for file in files where file.path.hasSuffix(".html") {
        let page = try #require(PageTree.read(file))
        let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
        for link in page.all("a").compactMap({ $0.attributes["href"] })
        where !link.hasPrefix("#") && !link.contains(":") {
          var parts = (folder.isEmpty ? [] : folder.split(separator: "/").map(String.init))
          for part in link.prefix(while: { $0 != "#" }).split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
          }
          let target = parts.joined(separator: "/")
          #expect(paths.contains(target) || target == "manifest.json", "\(file.path) links to \(link)")
        }
      }
      let overview = try #require(files.first { $0.path == "partnerships/index.html" }.flatMap(PageTree.read)).text
      #expect(overview.contains("Of 4 places only those that were asked for (\(asked.count)) have a page"))
    }
  }
}
