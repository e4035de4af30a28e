import Assessment
import Foundation
import Reporting
import Testing

@Suite struct PackPagesTests {
  static let made = Task {
    let files = PackPages(try await SyntheticAssessment.standard.value, version: "0.1.0").render()
    return (files: files, pages: files.filter { $0.path.hasSuffix(".html") }.map(ParsedPage.init))
  }

  /// Every page of the pack.
  static func pages() async throws -> [ParsedPage] { try await made.value.pages }

  /// Files that stand beside the pages but are not made here.
  static let dataFiles: Set<String> = [
    "priorities.csv", "risks.csv", "forecasts.csv", "exceptions.csv", "completeness.csv", "areas.csv", "manifest.json",
    "episodes.csv", "detectability.csv", "accounting.csv", "priorities.json", "datapackage.json", "evidence.json",
  ]

  @Test func theStructureIsComplete() async throws {
    let files = try await Self.made.value.files
    let paths = Set(files.map(\.path))
    #expect(paths.count == files.count)
    let expected = [
      "index.html", "themes/index.html", "themes/acquisitive-crime.html", "themes/serious-acquisitive-crime-proxy.html",
      "themes/all-crime.html", "themes/anti-social-behaviour.html", "partnerships/index.html",
      "partnerships/south-and-vale.html", "partnerships/cherwell.html",
      "priorities/west-oxfordshire--vehicle-crime.html",
      "exceptions.html", "forecasts.html", "data-quality.html", "method.html", "data-dictionary.html", "glossary.html",
      "assets/style.css",
    ]
    for path in expected { #expect(paths.contains(path), "\(path)") }
    #expect(paths.filter { $0.hasPrefix("partnerships/") }.count == 5)
    // Five of each of four partnerships, less those that are in the ten of page one.
    #expect(paths.filter { $0.hasPrefix("priorities/") }.count >= 20)
  }

  @Test(arguments: try await pages()) func everyPageIsWellFormedAndHasItsFrame(page: ParsedPage) throws {
    #expect(page.error == nil, "\(page.error ?? "")")
    #expect(page.source.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">"))
    #expect(page.all("h1").count == 1 && page.all("title").contains { $0.path.last == "head" && !$0.text.isEmpty })
    #expect(page.all("main", "id", "main").count == 1 && page.all("a", "href", "#main").count == 1)
    let marks = page.all("p", "class", "marking")
    #expect(marks.map(\.text) == ["OFFICIAL", "OFFICIAL"] && marks.map { $0.path.last } == ["header", "footer"])
    #expect(page.all("nav").map { $0.attributes["aria-label"] } == ["Pack", "Breadcrumb"])
    #expect(page.text.contains("not accredited official statistics"))
    // The same navigation everywhere.
    let root = page.file.path.contains("/") ? "../" : ""
    let links = page.all("a").filter { $0.path.contains("nav") }.prefix(15).compactMap { $0.attributes["href"] }
    #expect(
      Array(links)
        == [
          "index.html", "scorecard.html", "themes/index.html", "partnerships/index.html", "exceptions.html",
          "forecasts.html", "track-record.html", "watch-list.html", "signals.html", "workshop.html",
          "control-charts/index.html", "data-quality.html",
          "method.html", "data-dictionary.html", "glossary.html",
        ].map { root + $0 })
  }

  @Test(arguments: try await pages()) func identifiersAreUniqueAndReferencesResolve(page: ParsedPage) {
    #expect(Set(page.identifiers).count == page.identifiers.count, "\(page.file.path)")
    let own = Set(page.identifiers)
    for element in page.elements {
      for key in ["aria-labelledby", "aria-describedby"] {
        if let target = element.attributes[key] { #expect(own.contains(target), "\(page.file.path): \(target)") }
      }
    }
  }

  @Test func everyLinkAndAnchorResolves() async throws {
    let (files, pages) = try await Self.made.value
    let identifiers = Dictionary(uniqueKeysWithValues: pages.map { ($0.file.path, Set($0.identifiers)) })
    let paths = Set(files.map(\.path))
    var checked = 0
    for page in pages {
      for element in page.elements where element.name == "a" || element.name == "link" {
        guard let href = element.attributes["href"] else { continue }
        let parts = href.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? page.file.path : resolve(parts[0], from: page.file.path)
        #expect(
          paths.contains(target) || Self.dataFiles.contains(target)
            || target.hasPrefix("schemas/"), "\(page.file.path) -> \(href)")
        if parts.count == 2 { #expect(identifiers[target]?.contains(parts[1]) == true, "\(page.file.path) -> \(href)") }
        checked += 1
      }
    }
    #expect(checked > 500)
  }

  @Test(arguments: try await pages()) func nothingComesFromOutsideAndNothingRuns(page: ParsedPage) {
    for name in ["script", "iframe", "object", "embed", "img", "style", "form"] { #expect(page.all(name).isEmpty) }
    for element in page.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" || $0 == "src" })
      let href = element.attributes["href"] ?? ""
      #expect(!href.contains(":") && !href.hasPrefix("/"), "\(href)")
    }
  }

  @Test func theStyleSheetStandsAlone() async throws {
    let style = try #require(try await Self.made.value.files.first { $0.path == "assets/style.css" })
    let text = String(decoding: style.contents, as: UTF8.self)
    #expect(!text.contains("url(") && !text.contains("@import") && !text.contains("http"))
    #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count)
    #expect(text.contains("@page") && text.contains("content: \"OFFICIAL\"") && text.contains("counter(page)"))
  }

  @Test(arguments: try await pages()) func everyChartHasANameADescriptionAndATable(page: ParsedPage) {
    for drawing in page.all("svg") {
      #expect(drawing.attributes["role"] == "img")
      let id = drawing.attributes["aria-labelledby"] ?? ""
      #expect(page.all("title", "id", id).first.map { !$0.text.isEmpty } == true)
      let description = drawing.attributes["aria-describedby"] ?? ""
      #expect(page.all("desc", "id", description).first.map { $0.text.contains { $0.isNumber } } == true)
    }
    // After each figure, before the next: a table of its numbers.
    let order = page.elements.enumerated().filter { ["figure", "table"].contains($0.element.name) }
    for (i, entry) in order.enumerated() where entry.element.name == "figure" {
      #expect(order.indices.contains(i + 1) && order[i + 1].element.name == "table", "\(page.file.path)")
    }
    if page.all("svg").contains(where: { $0.attributes["class"] == "sparkline" }) {
      #expect(page.elements.contains { $0.name == "table" && $0.path.contains("details") })
    }
  }

  @Test(arguments: try await pages()) func tablesCanBeReadByEar(page: ParsedPage) {
    let tables = page.all("table").count
    #expect(page.all("caption").count == tables)
    #expect(page.all("caption").allSatisfy { !$0.text.isEmpty })
    for heading in page.all("th") {
      #expect(["col", "row"].contains(heading.attributes["scope"]))
      // The roles survive the style sheet's cards.
      #expect(heading.attributes["role"] == (heading.attributes["scope"] == "col" ? "columnheader" : "rowheader"))
    }
    for cell in page.all("td") { #expect(cell.attributes["data-label"]?.isEmpty == false) }
  }

  @Test func theSameResultsGiveTheSameBytesOnAnyNumberOfThreads() async throws {
    let files = try await Self.made.value.files
    let pages = PackPages(try await SyntheticAssessment().build(), version: "0.1.0")
    #expect(pages.render() == files)
    #expect(try await pages.render(threads: 3) == files)
  }

  private func resolve(_ href: String, from path: String) -> String {
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in href.split(separator: "/") {
      if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
