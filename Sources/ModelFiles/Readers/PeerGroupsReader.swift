import CommunitySafety

/// Reads `peer-groups.yaml`.
enum PeerGroupsReader {
  /// - Throws: `HorizonError` of kind data with file, line and column: an unknown key, two groups of a name, a place twice in one, fewer
  ///   than two places, a place that has two groups.
  static func read(_ document: YAMLValue) throws -> [PeerGroup] {
    var names = DistinctNames()
    var groupOf: [String: String] = [:]
    return try document.mapping("peer groups", required: ["groups"]).required("groups").list("groups").map { value in
      let entry = try value.mapping("a group", required: ["name", "areas", "source"], optional: ["for"])
      let name = try entry.required("name").text("name")
      try names.note(name, entry.required("name"), kind: "group")
      let areas = try places(entry.required("areas"), "areas")
      let subjects = try entry.optional("for").map { value in
        (try? value.list("for")) == nil ? [try value.text("for")] : try places(value, "for")
      }
      guard Set(areas + (subjects ?? [])).count > 1 else {
        throw try entry.required("areas").error("a place has no peers but itself", remedy: "Name the places beside it")
      }
      for subject in subjects ?? areas {
        if let other = groupOf[subject] {
          throw value.error(
            "\(subject) is compared with '\(other)' already", remedy: "Leave it in one group, or say for: whose each is"
          )
        }
        groupOf[subject] = name
      }
      return PeerGroup(
        name: name, subjects: subjects ?? [], areas: areas, source: try entry.required("source").text("source"))
    }
  }

  private static func places(_ value: YAMLValue, _ key: String) throws -> [String] {
    var names = DistinctNames()
    return try value.list(key).map { value in
      let name = try value.text(key)
      try names.note(name, value, kind: "place")
      return name
    }
  }
}
