import CommunitySafety
import Diagnostics

/// The measures and groups that other files may name.
struct KnownNames {
  let measures: [String]
  let groups: [String]
  private let identities: [String: MeasureID]
  private let measureSet: Set<String>
  private let groupSet: Set<String>

  init(measures: [String], groups: [String], identities: [String: MeasureID] = [:]) {
    self.measures = measures
    self.groups = groups
    self.identities = identities
    measureSet = Set(measures)
    groupSet = Set(groups)
  }

  /// The name of a measure.
  func measure(_ value: YAMLValue) throws -> String {
    let name = try value.text("a measure")
    guard measureSet.contains(name) else { throw KnownNames.unknown(name, value, among: measures) }
    return name
  }

  /// The name of a measure or a group.
  func measureOrGroup(_ value: YAMLValue) throws -> String {
    let name = try value.text("a measure")
    guard measureSet.contains(name) || groupSet.contains(name) else {
      throw KnownNames.unknown(name, value, among: measures + groups)
    }
    return name
  }

  /// The identity of a measure or a group.
  func identity(_ value: YAMLValue) throws -> MeasureID {
    let name = try measureOrGroup(value)
    return identities[name] ?? MeasureID(slugOf: name)
  }

  private static func unknown(_ name: String, _ value: YAMLValue, among known: [String]) -> HorizonError {
    let remedy = Suggestion.phrase(for: name, among: known)
    return value.error(
      "there is no measure '\(name)'", remedy: remedy ?? "Add it to measures.yaml, or correct the name")
  }
}

/// Names seen so far in a file, to find a repetition.
struct DistinctNames {
  private var lines: [String: Int] = [:]

  /// Notes a name; throws where it was there before.
  mutating func note(_ name: String, _ value: YAMLValue, kind: String) throws {
    if let line = lines.updateValue(value.location.line ?? 0, forKey: name) {
      throw value.error("the \(kind) '\(name)' stands twice", remedy: "It is on line \(line) too: keep one of them")
    }
  }
}
