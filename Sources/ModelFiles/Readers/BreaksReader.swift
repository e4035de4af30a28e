import CommunitySafety

/// Reads `breaks.yaml`.
///
/// Areas are not checked here: a table may hold areas that no registry knows.
enum BreaksReader {
  static func read(_ document: YAMLValue, names: KnownNames) throws -> BreakCalendar {
    var ids = DistinctNames()
    let entries = try document.mapping("the break calendar", required: ["breaks"]).required("breaks").list("breaks")
    return BreakCalendar(
      entries: try entries.map { value in
        let entry = try value.mapping(
          "a break", required: ["id", "from", "kind", "note"], optional: ["through", "areas", "measures", "source"])
        let id = try entry.required("id").text("id")
        guard !id.contains(where: { $0.isWhitespace || $0 == "," }) else {
          throw try entry.required("id").error("an id has no spaces or commas", remedy: "Join its words with hyphens")
        }
        try ids.note(id, entry.required("id"), kind: "id")
        let from = try entry.required("from").date("from")
        let through = try entry.optional("through").map { value in
          let date = try value.date("through")
          guard date >= from else {
            throw value.error("through lies before from", remedy: "Set the last day on or after the first")
          }
          return date
        }
        // The source is for readers of the file; it is only checked to be a text.
        _ = try entry.optional("source")?.text("source")
        return .init(
          id: id, from: from, through: through, areas: try nonEmpty(entry, "areas")?.texts("areas"),
          measures: try nonEmpty(entry, "measures")?.list("measures").map(names.measureOrGroup),
          kind: try kind(entry.required("kind")), note: try entry.required("note").text("note"))
      })
  }

  /// A list that, if there, names something: an empty one would concern nothing, which nobody means.
  private static func nonEmpty(_ entry: YAMLMapping, _ key: String) throws -> YAMLValue? {
    guard let value = entry.optional(key) else { return nil }
    guard try !value.list(key).isEmpty else {
      throw value.error("\(key) is empty", remedy: "Name at least one, or take the line out to mean all")
    }
    return value
  }

  private static func kind(_ value: YAMLValue) throws -> BreakCalendar.Entry.Kind {
    let text = try value.text("kind")
    guard let kind = BreakCalendar.Entry.Kind(rawValue: text) else {
      throw value.error(
        "there is no kind of break '\(text)'",
        remedy: "Use one of: " + BreakCalendar.Entry.Kind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return kind
  }
}
