import Assessment
import Foundation
import Tables
import TestSupport
import Testing

@testable import Reporting

@Suite struct PackDataTests {
  private func json(_ file: OutputFile?) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(file?.contents ?? [])) as? [String: Any] ?? [:]
  }

  /// Names that break other programs stay inside their field, and every file keeps its schema.
  @Test func hostileNamesKeepTheSchemas() async throws {
    let names = ["=HYPERLINK(\"x\")", "a,\"b\"\nc", "nul\u{0}", "\u{202E}הפוך\u{202C}", "\r\n"]
    var synthetic = SyntheticAssessment()
    synthetic.months = 20
    synthetic.districts = names
    for (place, name) in names.enumerated() { synthetic.measures[place] = name + " measure" }
    synthetic.configure = {
      $0.title = names.joined()
      $0.pathCount = 50
    }
    let files = try PackData(try await synthetic.build(), version: "0").files()
    #expect(try PackSchemas.disagreements(files) == [])
    let forecasts = try #require(files.first { $0.path == "forecasts.csv" })
    let identifiers = Set(try CSVDocument(forecasts.contents).rows.map { $0[0] })
    for name in names {
      let guarded = [UInt8(ascii: "="), 13].contains(name.utf8.first) ? "'" + name : name
      #expect(identifiers.contains { Array($0.utf8) == Array("\(guarded)|\(name) measure".utf8) })
    }
  }

  @Test func thePrioritiesAreTheSameInBothFiles() async throws {
    let files = try PackData(try await SyntheticAssessment.standard.value, version: "0").files()
    let table = try CSVDocument(files.first { $0.path == "priorities.csv" }?.contents ?? [])
    let entries = try #require(try json(files.first { $0.path == "priorities.json" })["priorities"] as? [[String: Any]])
    #expect(entries.count == table.rows.count && !entries.isEmpty)
    let lists: Set = ["confidence_reasons", "doubts", "exceptions"]
    for (row, entry) in zip(table.rows, entries) {
      for (name, field) in zip(table.header, row) where !["owner", "response", "review_date"].contains(name) {
        let value = try #require(entry[name], "\(name) is in one file only")
        if lists.contains(name) {
          let list = try #require(value as? [Any])
          if name == "exceptions" { #expect(Int(field) == list.count) }
          continue
        }
        let text =
          switch value {
          case let number as NSNumber: plainNumber(number.doubleValue)
          case let text as String: text
          default: ""
          }
        #expect(text == field, "\(name)")
      }
    }
  }

  /// The page and the package name every column of every file, and no other.
  @Test func theDictionaryIsThatOfTheFiles() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let data = PackData(assessment, version: "0")
    let page = try #require(
      PackPages(assessment, version: "0").render().first { $0.path == "data-dictionary.html" }.map(ParsedPage.init))
    #expect(page.error == nil)
    let names = page.all("code").map(\.text)
    #expect(names == data.parts.flatMap { $0.sheet.schema.tabularColumns.map(\.name) })
    for part in data.parts {
      #expect(page.all("a", "href", PackData.schemaPath(of: part.path)).count == 1)
      #expect(
        page.all("section", "id", part.sheet.schema.name).count == 1
          || page.identifiers.contains(part.sheet.schema.name))
      for column in part.sheet.schema.columns {
        #expect(column.description.hasSuffix(".") && column.description.count > 8, "\(part.path): \(column.name)")
        #expect(page.text.contains(column.description), "\(part.path): \(column.name)")
      }
    }
  }

  @Test func thePackageStatesSizeAndHash() async throws {
    let files = try PackData(try await SyntheticAssessment.standard.value, version: "0").files()
    let package = try json(files.first { $0.path == DataPackage.fileName })
    let resources = try #require(package["resources"] as? [[String: Any]])
    #expect(resources.count == 11)
    for resource in resources {
      let file = try #require(files.first { $0.path == resource["path"] as? String })
      #expect(resource["bytes"] as? Int == file.contents.count)
    }
  }
}
