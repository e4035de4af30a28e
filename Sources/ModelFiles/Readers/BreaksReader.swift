import CommunitySafety

/// Reads `breaks.yaml`.
///
/// Areas and offences are not checked here: a table may hold some that no file knows. ``Ingest/UnknownBreakNames``
/// looks for them in the data.
enum BreaksReader {
  /// - Parameters:
  ///   - names: the measures that may be named; nil leaves them unchecked.
  ///   - builtIn: the calendar that came with the program, read only where the file asks for its entries.
  static func read(
    _ document: YAMLValue, names: KnownNames?, builtIn: () throws -> BreakCalendar
  ) throws -> BreakCalendar {
    var ids = DistinctNames()
    let root = try document.mapping("the break calendar", required: ["breaks"], optional: ["include"])
    let entries = try root.required("breaks").list("breaks")
    let own = BreakCalendar(
      entries: try entries.map { value in
        let entry = try value.mapping(
          "a break", required: ["id", "from", "kind", "note"],
          optional: ["through", "areas", "measures", "offences", "source", "to_be_checked"])
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
        let measures = try nonEmpty(entry, "measures")?.list("measures").map {
          try names?.measureOrGroup($0) ?? $0.text("a measure")
        }
        let offences = try nonEmpty(entry, "offences")?.texts("offences")
        return .init(
          id: id, from: from, through: through, areas: try nonEmpty(entry, "areas")?.texts("areas"),
          measures: measures == nil && offences == nil ? nil : (measures ?? []) + (offences ?? []),
          kind: try kind(entry.required("kind")), note: try entry.required("note").text("note"),
          source: try entry.optional("source")?.text("source"),
          isToBeChecked: try entry.optional("to_be_checked")?.truth("to_be_checked") ?? false)
      })
    guard let include = root.optional("include") else { return own }
    guard try include.text("include") == "built-in" else {
      throw include.error(
        "a calendar can include the built-in one only", remedy: "Write include: built-in, or take the line out")
    }
    return try own.following(builtIn())
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
    // A drift is found in the data; nobody can declare one.
    let kinds = BreakCalendar.Entry.Kind.allCases.filter { $0 != .geocodingDrift }
    guard let kind = kinds.first(where: { $0.rawValue == text }) else {
      throw value.error(
        "there is no kind of break '\(text)'",
        remedy: "Use one of: " + kinds.map(\.rawValue).joined(separator: ", "))
    }
    return kind
  }
}
