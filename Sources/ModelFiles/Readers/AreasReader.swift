import CommunitySafety

/// Reads `areas.yaml`.
enum AreasReader {
  static func read(_ document: YAMLValue) throws -> [AreaRegistry.District] {
    let root = try document.mapping("areas", required: ["districts"], optional: ["former"])
    var names = DistinctNames()
    var codes = DistinctNames()
    var current: [AreaRegistry.District] = []
    var byName: [String: Int] = [:]
    for value in try root.required("districts").list("districts") {
      let entry = try value.mapping(
        "a district", required: ["name", "code", "csp", "force"], optional: ["population", "began"])
      let district = AreaRegistry.District(
        name: try entry.required("name").text("name"), code: try entry.required("code").text("code"),
        csp: try entry.required("csp").text("csp"), force: try slug(entry.required("force")),
        population: try entry.optional("population").map(population),
        began: try entry.optional("began")?.date("began"))
      try names.note(district.name, entry.required("name"), kind: "district")
      try codes.note(district.code, entry.required("code"), kind: "code")
      byName[district.name] = current.count
      current.append(district)
    }
    var former: [AreaRegistry.District] = []
    for value in try root.optional("former")?.list("former") ?? [] {
      let entry = try value.mapping(
        "a former district", required: ["name", "code", "successor"], optional: ["began", "ended"])
      let name = try entry.required("name").text("name")
      let code = try entry.required("code").text("code")
      let successor = try entry.required("successor").text("successor")
      guard let index = byName[successor] else {
        throw try entry.required("successor").error(
          "there is no district '\(successor)'",
          remedy: Suggestion.remedy(for: successor, among: current.map(\.name), kind: "district"))
      }
      try names.note(name, entry.required("name"), kind: "district")
      // A district that only changed its name has the code of its successor.
      if code != current[index].code { try codes.note(code, entry.required("code"), kind: "code") }
      let began = try entry.optional("began")?.date("began")
      let ended = try entry.optional("ended").map { value in
        let date = try value.date("ended")
        if let began, date < began {
          throw value.error("ended lies before began", remedy: "Set the last day on or after the first")
        }
        return date
      }
      former.append(
        .init(
          name: name, code: code, csp: current[index].csp, force: current[index].force, successor: successor,
          began: began, ended: ended))
    }
    return current + former
  }

  /// Residents: a district without any is a slip, and rates by them would be of nothing.
  private static func population(_ value: YAMLValue) throws -> Int {
    let residents = try value.wholeNumber("population")
    guard residents > 0 else {
      throw value.error(
        "the population is 0", remedy: "Give the residents, or leave the line out where they are not known")
    }
    return residents
  }

  private static func slug(_ value: YAMLValue) throws -> String {
    let text = try value.text("force")
    guard text.utf8.allSatisfy({ (97...122).contains($0) || $0 == UInt8(ascii: "-") }) else {
      let slug = text.lowercased().replacing("&", with: "and").replacing(" ", with: "-")
      throw value.error(
        "force must be the name in police.uk file names: small letters and hyphens", remedy: "Write \(slug)")
    }
    return text
  }
}
