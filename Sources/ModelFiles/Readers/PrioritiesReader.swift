import CommunitySafety

/// Reads `priorities.yaml`.
enum PrioritiesReader {
  /// - Parameter partnerships: the names a partnership may have; nil where they are not to be checked.
  static func read(_ document: YAMLValue, names: KnownNames, partnerships: [String]?) throws -> LocalPriorities {
    var seen = DistinctNames()
    var byPartnership: [String: [LocalPriorities.Priority]] = [:]
    let known = partnerships.map(Set.init)
    let list = try document.mapping("priorities", required: ["partnerships"]).required("partnerships")
    for value in try list.list("partnerships") {
      let entry = try value.mapping("a partnership", required: ["csp", "priorities"])
      let place = try entry.required("csp")
      let csp = try place.text("csp")
      try seen.note(csp, place, kind: "partnership")
      if let known, !known.contains(csp) {
        throw place.error(
          "there is no partnership '\(csp)'",
          remedy: Suggestion.phrase(for: csp, among: partnerships ?? [])
            ?? "Use a csp of areas.yaml")
      }
      var priorityNames = DistinctNames()
      byPartnership[csp] = try entry.required("priorities").list("priorities").map { value in
        let priority = try value.mapping("a priority", required: ["name", "measures"], optional: ["note"])
        let name = try priority.required("name").text("name")
        try priorityNames.note(name, priority.required("name"), kind: "priority")
        return .init(
          name: name, measures: try priority.required("measures").list("measures").map(names.identity),
          note: try priority.optional("note")?.text("note"))
      }
    }
    return LocalPriorities(byPartnership: byPartnership)
  }
}
