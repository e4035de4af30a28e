import CommunitySafety

/// Reads `measures.yaml`.
enum MeasuresReader {
  static func read(_ document: YAMLValue) throws -> [Measure] {
    var names = DistinctNames()
    return try document.mapping("measures", required: ["measures"]).required("measures").list("measures").map { value in
      let entry = try value.mapping("a measure", required: ["name", "polarity"], optional: ["is_crime", "caveat"])
      let name = try entry.required("name").text("name")
      try names.note(name, entry.required("name"), kind: "measure")
      let polarity = try entry.required("polarity")
      guard let known = Polarity(rawValue: try polarity.text("polarity")) else {
        throw polarity.error(
          "there is no polarity '\(try polarity.text("polarity"))'",
          remedy: "Use one of: lower is better, higher is better, neither")
      }
      return Measure(
        name: name, polarity: known, isCrime: try entry.optional("is_crime")?.truth("is_crime") ?? true,
        caveat: try entry.optional("caveat")?.text("caveat"))
    }
  }
}
