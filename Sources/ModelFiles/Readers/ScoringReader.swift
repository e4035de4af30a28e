import CommunitySafety

/// Reads `scoring-profiles.yaml`.
enum ScoringReader {
  /// - Parameter harmWeights: names that a provisional impact may rest on; nil where they are not to be checked.
  static func read(_ document: YAMLValue, harmWeights: [String]?) throws -> [ScoringScheme] {
    var ids = DistinctNames()
    let list = try document.mapping("scoring profiles", required: ["profiles"]).required("profiles")
    let read = try list.list("profiles").map { value in
      let scheme = try profile(value, harmWeights: harmWeights)
      try ids.note(scheme.id, value, kind: "id")
      return scheme
    }
    guard !read.isEmpty else { throw list.error("there is no scoring profile", remedy: "Give at least one") }
    return read
  }

  private static func profile(_ value: YAMLValue, harmWeights: [String]?) throws -> ScoringScheme {
    let entry = try value.mapping(
      "a scoring profile", required: ["id", "name", "version", "source", "impact", "likelihood", "bands"],
      optional: ["matrix"])
    let impact = try entry.required("impact").mapping("impact", required: ["levels", "dimensions", "provisional"])
    let levels = try impact.required("levels").filled("levels").map { value in
      let level = try value.mapping("a level", required: ["value", "name"])
      return ScoringScheme.Level(
        value: try level.required("value").number("value"), name: try level.required("name").text("name"))
    }
    try rising(levels.map(\.value), impact.required("levels"), "levels")
    var names = DistinctNames()
    let dimensions = try impact.required("dimensions").filled("dimensions").map { value in
      let dimension = try value.mapping("a dimension", required: ["id", "name"], optional: ["weight"])
      let id = try dimension.required("id").text("id")
      try names.note(id, dimension.required("id"), kind: "dimension")
      return ScoringScheme.Dimension(
        id: id, name: try dimension.required("name").text("name"), weight: try weight(dimension.optional("weight")))
    }
    try sum(dimensions.map(\.weight), impact.required("dimensions"), "dimensions")
    let isMatrix = try entry.optional("matrix")?.truth("matrix") ?? false
    let parts = try parts(entry.required("likelihood"))
    if isMatrix, parts.count != 1 {
      throw try entry.required("likelihood").error(
        "a matrix has one part of likelihood, and here are \(parts.count)",
        remedy: "Keep one, or leave out matrix: true"
      )
    }
    let bands = try entry.required("bands").filled("bands").map { value in
      let band = try value.mapping("a band", required: ["from", "name"])
      return ScoringScheme.Band(
        from: try band.required("from").number("from"), name: try band.required("name").text("name"))
    }
    try rising(bands.map(\.from), entry.required("bands"), "bands")
    return ScoringScheme(
      id: try entry.required("id").text("id"), name: try entry.required("name").text("name"),
      version: try entry.required("version").text("version"), source: try entry.required("source").text("source"),
      impactLevels: levels, dimensions: dimensions,
      provisional: try provisional(impact.required("provisional"), levels: levels, harmWeights: harmWeights),
      parts: parts, bands: bands, isMatrix: isMatrix)
  }

  private static func provisional(
    _ value: YAMLValue, levels: [ScoringScheme.Level], harmWeights: [String]?
  ) throws -> ScoringScheme.Provisional {
    let entry = try value.mapping("provisional", required: ["weights", "cuts"])
    let name = try entry.required("weights").text("weights")
    if let harmWeights, !harmWeights.contains(name) {
      throw try entry.required("weights").error(
        "there is no set of harm weights '\(name)'",
        remedy: Suggestion.remedy(for: name, among: harmWeights, kind: "set of harm-weights.yaml"))
    }
    let cuts = try cuts(entry.required("cuts"))
    let known = Set(levels.map(\.value))
    guard cuts.allSatisfy({ known.contains($0.level) }) else {
      throw try entry.required("cuts").error(
        "a cut scores what is no level of this profile", remedy: "Use the values under levels")
    }
    return .init(weights: name, cuts: cuts)
  }

  private static func parts(_ value: YAMLValue) throws -> [ScoringScheme.Part] {
    var seen = DistinctNames()
    let parts = try value.filled("likelihood").map { value in
      let part = try value.mapping("a part of likelihood", required: ["part", "cuts"], optional: ["weight"])
      let place = try part.required("part")
      let name = try place.text("part")
      guard let component = ScoringScheme.Component(rawValue: name) else {
        throw place.error(
          "likelihood has no part '\(name)'",
          remedy: Suggestion.remedy(for: name, among: ScoringScheme.Component.allCases.map(\.rawValue), kind: "part"))
      }
      try seen.note(name, place, kind: "part")
      return ScoringScheme.Part(
        component: component, weight: try weight(part.optional("weight")), cuts: try cuts(part.required("cuts")))
    }
    try sum(parts.map(\.weight), value, "parts of likelihood")
    guard parts.contains(where: { $0.component == .forecast }) else {
      throw value.error("likelihood has no forecast", remedy: "Add a part: forecast, which says what may come")
    }
    return parts
  }

  private static func cuts(_ value: YAMLValue) throws -> [ScoringScheme.Cut] {
    let cuts = try value.filled("cuts").map { value in
      let cut = try value.mapping("a cut", required: ["from", "level"])
      return ScoringScheme.Cut(
        from: try cut.required("from").number("from"), level: try cut.required("level").number("level"))
    }
    try rising(cuts.map(\.from), value, "cuts")
    return cuts
  }

  private static func weight(_ value: YAMLValue?) throws -> Double {
    guard let value else { return 1 }
    let weight = try value.number("weight")
    guard weight >= 0 else { throw value.error("the weight is negative", remedy: "A weight is 0 or more") }
    return weight
  }

  private static func sum(_ weights: [Double], _ value: YAMLValue, _ what: String) throws {
    guard weights.reduce(0, +) > 0 else {
      throw value.error(
        "the weights of the \(what) add up to nothing", remedy: "Give at least one of them a weight above 0")
    }
  }

  private static func rising(_ values: [Double], _ value: YAMLValue, _ what: String) throws {
    for (a, b) in zip(values, values.dropFirst()) where a >= b {
      throw value.error("the \(what) do not rise", remedy: "Write them from the least to the greatest, each once")
    }
  }
}

extension YAMLValue {
  /// The entries of a list that has some.
  fileprivate func filled(_ what: String) throws -> [YAMLValue] {
    let entries = try list(what)
    guard !entries.isEmpty else { throw error("there are no \(what)", remedy: "Give at least one") }
    return entries
  }
}
