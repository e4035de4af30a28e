import CommunitySafety

/// Reads `groupings.yaml`.
enum GroupingsReader {
  static func read(_ document: YAMLValue, measures: [String]) throws -> [MeasureGroup] {
    let known = KnownNames(measures: measures, groups: [])
    let taken = Set(measures)
    var names = DistinctNames()
    return try document.mapping("groupings", required: ["groups"]).required("groups").list("groups").map { value in
      let entry = try value.mapping("a group", required: ["name", "members"], optional: ["proxy_reason"])
      let name = try entry.required("name").text("name")
      try names.note(name, entry.required("name"), kind: "group")
      guard !taken.contains(name) else {
        throw try entry.required("name").error(
          "a measure is called '\(name)' too", remedy: "Give the group a name of its own")
      }
      let list = try entry.required("members").list("members")
      guard !list.isEmpty else {
        throw try entry.required("members").error("the group has no members", remedy: "Name at least one measure")
      }
      var seen = DistinctNames()
      let members = try list.map { value in
        let member = try known.measure(value)
        try seen.note(member, value, kind: "member")
        return member
      }
      return MeasureGroup(
        name: name, members: members, proxyReason: try entry.optional("proxy_reason")?.text("proxy_reason"))
    }
  }
}
