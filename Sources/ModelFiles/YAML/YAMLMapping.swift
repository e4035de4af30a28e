import CommunitySafety
import Diagnostics
import Yams

/// A mapping whose keys have been checked: all required ones are there, none is unknown.
package struct YAMLMapping {
  /// The mapping itself, for messages about the whole entry.
  package let whole: YAMLValue
  private let values: [String: YAMLValue]

  /// The value of a required key.
  package func required(_ key: String) throws -> YAMLValue {
    guard let value = values[key] else { throw YAMLMapping.missing(key, in: whole) }
    return value
  }

  /// The value of an optional key; nil where the key is not there.
  package func optional(_ key: String) -> YAMLValue? { values[key] }

  fileprivate init(_ whole: YAMLValue, what: String, required: [String], optional: [String]) throws {
    guard let mapping = whole.node.mapping else {
      throw whole.error(
        "\(what) must be written as keys and values", remedy: "Start with \(required.first ?? "a key"): ...")
    }
    self.whole = whole
    var values: [String: YAMLValue] = [:]
    for (key, value) in mapping {
      let place = YAMLValue(node: key, file: whole.file)
      let name = try place.text("a key of \(what)")
      guard required.contains(name) || optional.contains(name) else {
        throw place.error(
          "\(what) has no key '\(name)'", remedy: Suggestion.remedy(for: name, among: required + optional, kind: "key"))
      }
      values[name] = YAMLValue(node: value, file: whole.file)
    }
    for key in required where values[key] == nil { throw YAMLMapping.missing(key, in: whole) }
    self.values = values
  }

  private static func missing(_ key: String, in whole: YAMLValue) -> HorizonError {
    whole.error("the key '\(key)' is missing", remedy: "Add \(key): ... here")
  }
}

extension YAMLValue {
  /// The value as a mapping with these keys and no others.
  package func mapping(_ what: String, required: [String], optional: [String] = []) throws -> YAMLMapping {
    try YAMLMapping(self, what: what, required: required, optional: optional)
  }

  /// The pairs of a mapping whose keys are names, in file order; none where nothing was written.
  package func pairs(_ what: String) throws -> [(name: YAMLValue, value: YAMLValue)] {
    if isNothing { return [] }
    guard let mapping = node.mapping else {
      throw error("\(what) must be written as names and values", remedy: "Write lines such as Burglary: 244")
    }
    return mapping.map { (YAMLValue(node: $0.key, file: file), YAMLValue(node: $0.value, file: file)) }
  }
}
