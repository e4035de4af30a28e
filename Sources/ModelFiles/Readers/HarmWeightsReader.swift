import CommunitySafety

/// Reads `harm-weights.yaml`.
enum HarmWeightsReader {
  static func read(_ document: YAMLValue, names: KnownNames) throws -> [HarmWeights] {
    var sets = DistinctNames()
    let list = try document.mapping("harm weights", required: ["sets"]).required("sets")
    let read = try list.list("sets").map { value in
      let entry = try value.mapping(
        "a set of weights", required: ["name", "unit", "source", "weights"], optional: ["unweighted"])
      let name = try entry.required("name").text("name")
      try sets.note(name, entry.required("name"), kind: "set")
      var seen = DistinctNames()
      var weights: [String: Double] = [:]
      for (place, value) in try entry.required("weights").pairs("weights") {
        let measure = try names.measure(place)
        try seen.note(measure, place, kind: "measure")
        let weight = try value.number("the weight of \(measure)")
        guard weight >= 0 else {
          throw value.error("the weight of \(measure) is negative", remedy: "A weight is 0 or more")
        }
        weights[measure] = weight
      }
      var unweighted: [String: String] = [:]
      for (place, value) in try entry.optional("unweighted")?.pairs("unweighted") ?? [] {
        let measure = try names.measure(place)
        try seen.note(measure, place, kind: "measure")
        unweighted[measure] = try value.text("the reason for \(measure)")
      }
      return HarmWeights(
        name: name, unit: try entry.required("unit").text("unit"), source: try entry.required("source").text("source"),
        weights: weights, unweighted: unweighted)
    }
    guard !read.isEmpty else { throw list.error("there is no set of weights", remedy: "Give at least one") }
    return read
  }
}
