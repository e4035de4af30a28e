import CommunitySafety

/// Reads `impact-scores.yaml`.
enum ImpactScoresReader {
  static func read(_ document: YAMLValue, names: KnownNames, schemes: [ScoringScheme]) throws -> ImpactScores {
    var seen = DistinctNames()
    let list = try document.mapping("impact scores", required: ["scores"]).required("scores")
    return ImpactScores(
      entries: try list.list("scores").map { value in
        let entry = try value.mapping(
          "a score", required: ["place", "measure", "profile", "scorer", "date", "reason", "impact"],
          optional: ["capacity"])
        let place = try entry.required("place").text("place")
        let measure = try names.identity(entry.required("measure"))
        let id = try entry.required("profile").text("profile")
        guard let scheme = schemes.first(where: { $0.id == id }) else {
          throw try entry.required("profile").error(
            "there is no scoring profile '\(id)'",
            remedy: Suggestion.remedy(for: id, among: schemes.map(\.id), kind: "profile"))
        }
        try seen.note("\(place), \(measure), \(id)", value, kind: "score of")
        return .init(
          place: place, measure: measure, scheme: id, scorer: try entry.required("scorer").text("scorer"),
          date: try entry.required("date").date("date"), reason: try entry.required("reason").text("reason"),
          impact: try impact(entry.required("impact"), scheme),
          capacity: try entry.optional("capacity")?.text("capacity"))
      })
  }

  private static func impact(_ value: YAMLValue, _ scheme: ScoringScheme) throws -> [String: Double] {
    let ids = scheme.dimensions.map(\.id)
    let entry = try value.mapping("impact under \(scheme.id)", required: ids)
    let levels = scheme.impactLevels.map(\.value)
    return try Dictionary(
      uniqueKeysWithValues: ids.map { id in
        let value = try entry.required(id)
        let score = try value.number(id)
        guard levels.contains(score) else {
          throw value.error(
            "\(id) scores what is no level of \(scheme.id)",
            remedy: "Use one of: "
              + scheme.impactLevels.map { level in
                let text = String(level.value)
                return "\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) (\(level.name))"
              }.joined(separator: ", "))
        }
        return (id, score)
      })
  }
}
