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
      var (priorityNames, ids) = (DistinctNames(), DistinctNames())
      byPartnership[csp] = try entry.required("priorities").list("priorities").map { value in
        let entry = try value.mapping(
          "a priority", required: ["name", "measures"],
          optional: ["id", "owner", "from", "review", "status", "note", "needs", "pestelo"])
        let name = try entry.required("name").text("name")
        try priorityNames.note(name, entry.required("name"), kind: "priority")
        let read = try priority(entry, name: name, names: names)
        try ids.note(read.id, entry.optional("id") ?? entry.required("name"), kind: "id")
        return read
      }
    }
    return LocalPriorities(byPartnership: byPartnership)
  }

  private static func priority(
    _ entry: YAMLMapping, name: String, names: KnownNames
  ) throws -> LocalPriorities.Priority {
    var priority = LocalPriorities.Priority(
      name: name, measures: try entry.required("measures").list("measures").map(names.identity),
      note: try entry.optional("note")?.text("note"), id: try entry.optional("id")?.text("id"))
    priority.owner = try entry.optional("owner").map(owner)
    priority.from = try entry.optional("from")?.date("from")
    priority.review = try entry.optional("review").map { value in
      let date = try value.date("review")
      if let from = priority.from, date < from {
        throw value.error("review lies before from", remedy: "Set the day of review on or after the first")
      }
      return date
    }
    if let value = entry.optional("status") {
      priority.status = try choice(value, "status", LocalPriorities.Status.allCases.map { ($0.rawValue, $0) })
    }
    priority.needs =
      try entry.optional("needs")?.list("needs").map { value in
        let need = try value.mapping("a need", required: ["source", "holder"])
        return .init(
          source: try need.required("source").text("source"), holder: try need.required("holder").text("holder"))
      } ?? []
    priority.drivers =
      try entry.optional("pestelo")?.list("pestelo").map { value in
        try choice(value, "pestelo", LocalPriorities.Driver.allCases.map { ($0.rawValue, $0) })
      } ?? []
    return priority
  }

  /// One owner: of two, neither answers for it.
  private static func owner(_ value: YAMLValue) throws -> String {
    let several = try? value.list("owner")
    let text = several == nil ? try value.text("owner") : ""
    guard several == nil, !text.contains(";") else {
      throw value.error(
        "a priority has one owner", remedy: "Name the one who answers for it, and those who help under note")
    }
    return text
  }

  private static func choice<T>(_ value: YAMLValue, _ key: String, _ known: [(name: String, value: T)]) throws -> T {
    let text = try value.text(key)
    guard let found = known.first(where: { $0.name == text }) else {
      throw value.error(
        "there is no \(key) '\(text)'", remedy: Suggestion.remedy(for: text, among: known.map(\.name), kind: key))
    }
    return found.value
  }
}
