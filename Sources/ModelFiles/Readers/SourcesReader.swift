import CommunitySafety
import Diagnostics

/// Reads `sources.yaml`.
package enum SourcesReader {
  /// Kinds of input that an entry may name.
  static let layouts = ["police.uk", "Home Office recorded crime", "partner incidents", "table"]

  /// Reads the text of a register.
  ///
  /// - Throws: `HorizonError` of kind data with file, line and column for the first mistake found.
  package static func read(text: String, file: String) throws -> SourceRegister {
    try read(YAMLValue.document(text, file: file))
  }

  static func read(_ document: YAMLValue) throws -> SourceRegister {
    var ids = DistinctNames()
    let list = try document.mapping("the register of sources", required: ["sources"]).required("sources")
    return SourceRegister(
      entries: try list.list("sources").map { value in
        let entry = try value.mapping(
          "a source",
          required: [
            "id", "name", "matches", "owner", "sharing", "retention", "cadence", "supports", "cannot_support",
            "licence",
          ], optional: ["layouts"])
        func text(_ key: String) throws -> String { try entry.required(key).text(key) }
        let id = try text("id")
        try ids.note(id, entry.required("id"), kind: "id")
        return .init(
          id: id, name: try text("name"), matches: try entry.required("matches").texts("matches"),
          layouts: try entry.optional("layouts")?.list("layouts").map(layout) ?? [], owner: try text("owner"),
          sharing: try sharing(entry.required("sharing")), retention: try text("retention"),
          cadence: try text("cadence"),
          supports: try entry.required("supports").texts("supports"),
          cannotSupport: try entry.required("cannot_support").texts("cannot_support"), licence: try text("licence"))
      })
  }

  private static func layout(_ value: YAMLValue) throws -> String {
    let name = try value.text("a layout")
    guard layouts.contains(name) else {
      throw value.error(
        "there is no layout '\(name)'", remedy: Suggestion.remedy(for: name, among: layouts, kind: "layout"))
    }
    return name
  }

  static func sharing(_ value: YAMLValue) throws -> SourceRegister.Sharing {
    let text = try value.text("sharing")
    guard let sharing = SourceRegister.Sharing(rawValue: text) else {
      throw value.error(
        "'\(text)' is no way of sharing",
        remedy: "Use one of: " + SourceRegister.Sharing.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return sharing
  }
}
