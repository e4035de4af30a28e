import CommunitySafety

/// Reads `footprints.yaml`.
///
/// An area is built from districts and LSOAs, never from other areas, so that nothing can be made of itself.
package enum FootprintsReader {
  /// What stands for the codes of LSOAs that only the analyst has.
  private static let listWord = "list"

  /// Reads the text of a list of footprints, whose districts are not checked.
  ///
  /// - Throws: `HorizonError` of kind data with file, line and column for the first mistake found.
  package static func read(text: String, file: String) throws -> FootprintRegistry {
    try read(YAMLValue.document(text, file: file), districts: nil)
  }

  /// - Parameter districts: those that an area may be built from; nil where they are not to be checked.
  static func read(_ document: YAMLValue, districts: AreaRegistry?) throws -> FootprintRegistry {
    var ids = DistinctNames()
    let root = try document.mapping("footprints", required: ["footprints"])
    return FootprintRegistry(
      footprints: try root.required("footprints").list("footprints").map { value in
        let entry = try value.mapping(
          "a footprint", required: ["id", "name", "kind", "source", "areas"],
          optional: ["from", "through", "proposed", "note"])
        let id = try entry.required("id").text("id")
        guard !id.contains(where: { $0.isWhitespace || $0 == "," }) else {
          throw try entry.required("id").error("an id has no spaces or commas", remedy: "Join its words with hyphens")
        }
        try ids.note(id.lowercased(), entry.required("id"), kind: "id")
        let from = try entry.optional("from")?.date("from")
        let through = try entry.optional("through").map { value in
          let date = try value.date("through")
          if let from, date < from {
            throw value.error("through lies before from", remedy: "Set the last day on or after the first")
          }
          return date
        }
        return Footprint(
          id: id, name: try entry.required("name").text("name"), kind: try kind(entry.required("kind")), from: from,
          through: through, isProposed: try entry.optional("proposed")?.truth("proposed") ?? false,
          source: try entry.required("source").text("source"), note: try entry.optional("note")?.text("note"),
          areas: try areas(entry.required("areas"), districts))
      })
  }

  private static func areas(_ value: YAMLValue, _ districts: AreaRegistry?) throws -> [Footprint.Part] {
    let list = try value.list("areas")
    guard !list.isEmpty else { throw value.error("the footprint has no areas", remedy: "Name at least one area") }
    var names = DistinctNames()
    var codes = DistinctCodes()
    return try list.map { value in
      let entry = try value.mapping("an area", required: ["name"], optional: ["districts", "lsoas"])
      let name = try entry.required("name").text("name")
      try names.note(name, entry.required("name"), kind: "area")
      let whole = try entry.optional("districts")?.list("districts").map { value in
        let code = try district(value, districts)
        try codes.note(code, value, area: name)
        return code
      }
      var needsList = false
      let parts = try entry.optional("lsoas").map { value -> [String] in
        if value.node.scalar?.string == listWord {
          needsList = true
          return []
        }
        return try value.list("lsoas").map { value in
          let code = try lsoa(value)
          try codes.note(code, value, area: name)
          return code
        }
      }
      guard needsList || !(whole ?? []).isEmpty || !(parts ?? []).isEmpty else {
        throw value.error(
          "the area '\(name)' is made of nothing",
          remedy: "Give it districts: [E07000177, ...], or lsoas: [E01000001, ...]; or lsoas: list, for a list of yours"
        )
      }
      return Footprint.Part(name: name, districts: whole ?? [], lsoas: parts ?? [], needsList: needsList)
    }
  }

  private static func kind(_ value: YAMLValue) throws -> Footprint.Kind {
    let text = try value.text("kind")
    guard let kind = Footprint.Kind(rawValue: text) else {
      throw value.error(
        "there is no kind of area '\(text)'",
        remedy: "Use one of: " + Footprint.Kind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return kind
  }

  private static func district(_ value: YAMLValue, _ registry: AreaRegistry?) throws -> String {
    let code = try value.text("a district")
    guard isCode(code) else {
      let named = registry?.district(named: code)
      throw value.error(
        "'\(code)' is no ONS code of a district",
        remedy: named.map { "Write its code, \($0.code)" } ?? "Write a code such as E07000177")
    }
    guard let registry else { return code }
    guard let district = registry.district(code: code) else {
      throw value.error(
        "there is no district '\(code)'",
        remedy: Suggestion.phrase(for: code, among: registry.districts.filter { $0.successor == nil }.map(\.code))
          ?? "Use a code of areas.yaml")
    }
    if let successor = district.successor, registry.district(named: successor)?.code != code {
      let now = registry.lastSuccessor(of: successor)
      throw value.error(
        "\(district.name), \(code), is a district that ended",
        remedy: "Use what replaced it: \(registry.district(named: now)?.code ?? now), \(now)")
    }
    return code
  }

  private static func lsoa(_ value: YAMLValue) throws -> String {
    let code = try value.text("an LSOA")
    guard isCode(code), code.hasPrefix("E01") || code.hasPrefix("W01") else {
      throw value.error("'\(code)' is no ONS code of an LSOA", remedy: "Write a code such as E01028513")
    }
    return code
  }

  /// A letter and eight digits.
  private static func isCode(_ text: String) -> Bool {
    text.utf8.count == 9 && text.utf8.first.map { (65...90).contains($0) } ?? false
      && text.utf8.dropFirst().allSatisfy { (48...57).contains($0) }
  }
}

/// Codes seen so far in a footprint with the area that has them: nothing is in two areas of one footprint.
private struct DistinctCodes {
  private var owners: [String: (area: String, line: Int)] = [:]

  mutating func note(_ code: String, _ value: YAMLValue, area: String) throws {
    if let owner = owners.updateValue((area, value.location.line ?? 0), forKey: code) {
      throw value.error(
        owner.area == area
          ? "\(code) stands twice in '\(area)'" : "\(code) is in two areas, '\(owner.area)' and '\(area)'",
        remedy: "It is on line \(owner.line) too: keep one of them")
    }
  }
}
