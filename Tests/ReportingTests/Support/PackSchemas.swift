import Foundation
import Tables
import TestSupport

/// A pack's data files held against the descriptions that come with them.
enum PackSchemas {
  /// What does not agree; empty if everything does.
  static func disagreements(_ files: [OutputFile]) throws -> [String] {
    let byPath = Dictionary(files.map { ($0.path, $0.contents) }, uniquingKeysWith: { first, _ in first })
    func json(_ path: String) throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(byPath[path] ?? []), options: [.fragmentsAllowed])
      return value as? [String: Any] ?? [:]
    }
    var check = SchemaCheck()
    var wrong: [String] = []
    let tables = byPath.keys.filter { $0.hasSuffix(".csv") }.sorted()
    let package = try json("datapackage.json")
    let resources = package["resources"] as? [[String: Any]] ?? []
    if resources.compactMap({ $0["path"] as? String }).sorted() != tables {
      wrong.append("datapackage.json: other files")
    }
    for path in tables {
      let table = try CSVDocument(byPath[path] ?? [])
      check.check(table, try json("schemas/\(path).schema.json"), at: path)
      let fields = resources.first { $0["path"] as? String == path }?["schema"] as? [String: Any]
      let names = (fields?["fields"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
      if names != table.header { wrong.append("\(path): the data package has other columns") }
    }
    check.check(
      try JSONSerialization.jsonObject(with: Data(byPath["priorities.json"] ?? [])),
      try json("schemas/priorities.json.schema.json"), at: "priorities.json")
    return wrong + check.errors
  }
}
