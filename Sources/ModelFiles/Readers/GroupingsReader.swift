import CommunitySafety

/// Reads `groupings.yaml`.
enum GroupingsReader {
  static func read(_ document: YAMLValue, measures: [Measure]) throws -> [Measure] {
    let names = measures.map(\.name)
    let known = KnownNames(measures: names, groups: [])
    let identities = Dictionary(measures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let taken = Set(names)
    var distinct = DistinctNames()
    return try document.mapping("groupings", required: ["groups"]).required("groups").list("groups").map { value in
      let entry = try value.mapping("a group", required: ["name", "members"], optional: ["proxy_reason"])
      let name = try entry.required("name").text("name")
      try distinct.note(name, entry.required("name"), kind: "group")
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
        guard let measure = identities[member], measure.kind == .count else {
          throw value.error("'\(member)' is no count, and only counts add up", remedy: "Name counts only")
        }
        return measure
      }
      // A sum of measures of unlike polarity has none of its own, and is crime where all of it is.
      let polarities = Set(members.map(\.polarity)).subtracting([.neither])
      return Measure(
        name: name, polarity: polarities.count == 1 ? polarities.first ?? .neither : .neither,
        isCrime: members.allSatisfy(\.isCrime), members: members.map(\.id),
        proxyReason: try entry.optional("proxy_reason")?.text("proxy_reason"))
    }
  }
}
