import CommunitySafety
import Diagnostics
import TimeSeries

/// Reads `signals.yaml`.
enum SignalsReader {
  /// - Parameter partnerships: the names a partnership may have; nil for the program's own register, whose partnerships and measures
  ///   need not be among the user's: it does without those.
  static func read(_ document: YAMLValue, names: KnownNames, partnerships: [String]?) throws -> [Signal] {
    var ids = DistinctNames()
    let list = try document.mapping("the register of signals", required: ["signals"]).required("signals")
    return try list.list("signals").map { value in
      let entry = try value.mapping(
        "a signal",
        required: [
          "id", "name", "source", "date", "horizon", "cause", "likelihood", "impact", "owner", "review",
        ], optional: ["places", "measures", "note"])
      func text(_ key: String) throws -> String { try entry.required(key).text(key) }
      let id = try text("id")
      try ids.note(id, entry.required("id"), kind: "id")
      guard id.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else {
        throw try entry.required("id").error(
          "the id '\(id)' holds other than lower-case letters, digits and hyphens",
          remedy: "Write it as air-base-closes")
      }
      let date = try entry.required("date").date("date")
      let review = try entry.required("review").date("review")
      guard review > date else {
        throw try entry.required("review").error(
          "the review is not after the date of the signal",
          remedy: "Write the day by which it has to be looked at again")
      }
      return Signal(
        id: id, name: try text("name"), source: try text("source"), date: date.isoText,
        horizon: try choice(entry.required("horizon"), "horizon"), tag: try choice(entry.required("cause"), "cause"),
        likelihood: try choice(entry.required("likelihood"), "likelihood"),
        impact: try impact(entry.required("impact")),
        places: try places(entry.optional("places"), partnerships),
        measures: try entry.optional("measures")?.list("measures").compactMap {
          partnerships == nil ? try? names.identity($0) : try names.identity($0)
        } ?? [],
        owner: try text("owner"), review: review.isoText, note: try entry.optional("note")?.text("note"))
    }
  }

  private static func choice<Value: CaseIterable & RawRepresentable<String>>(
    _ value: YAMLValue, _ what: String
  ) throws -> Value {
    let text = try value.text(what)
    if let found = Value.allCases.first(where: { $0.rawValue == text }) { return found }
    throw value.error(
      "there is no \(what) '\(text)'",
      remedy: Suggestion.remedy(for: text, among: Value.allCases.map(\.rawValue), kind: what))
  }

  private static func impact(_ value: YAMLValue) throws -> Int {
    let impact = try value.wholeNumber("impact")
    guard Signal.impacts.contains(impact) else {
      throw value.error("an impact of \(impact) is none of the scale", remedy: "Write 0, 1, 2, 4 or 8")
    }
    return impact
  }

  private static func places(_ value: YAMLValue?, _ partnerships: [String]?) throws -> [String] {
    guard let value else { return [] }
    return try value.list("places").map { place in
      let name = try place.text("a place")
      if let partnerships, !partnerships.contains(name) {
        throw place.error(
          "there is no partnership '\(name)'",
          remedy: Suggestion.phrase(for: name, among: partnerships) ?? "Use a csp of areas.yaml")
      }
      return name
    }
  }
}
