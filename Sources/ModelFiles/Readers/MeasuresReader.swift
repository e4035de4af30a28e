import CommunitySafety
import TimeSeries

/// Reads `measures.yaml`.
enum MeasuresReader {
  static func read(_ document: YAMLValue) throws -> [Measure] {
    var names = DistinctNames()
    var identities = DistinctNames()
    return try document.mapping("measures", required: ["measures"]).required("measures").list("measures").map { value in
      let entry = try value.mapping(
        "a measure", required: ["name", "polarity"],
        optional: ["id", "kind", "unit", "is_crime", "caveat", "source", "target", "threshold"] + registrationKeys)
      let name = try entry.required("name").text("name")
      try names.note(name, entry.required("name"), kind: "measure")
      let polarity = try entry.required("polarity")
      guard let known = Polarity(rawValue: try polarity.text("polarity")) else {
        throw polarity.error(
          "there is no polarity '\(try polarity.text("polarity"))'",
          remedy: "Use one of: lower is better, higher is better, neither")
      }
      let kind = try entry.optional("kind").map(kind(of:)) ?? MeasureKind.count
      var measure = Measure(
        id: try entry.optional("id").map { MeasureID(try $0.text("id")) }, name: name, kind: kind,
        unit: try entry.optional("unit")?.text("unit"), polarity: known,
        isCrime: try entry.optional("is_crime")?.truth("is_crime") ?? (kind == .count),
        caveat: try entry.optional("caveat")?.text("caveat"), source: try entry.optional("source")?.text("source"),
        target: try entry.optional("target").map { Measure.Target(value: try $0.number("target")) })
      measure.threshold = try entry.optional("threshold")?.number("threshold")
      measure.registration = try registration(of: entry)
      try identities.note(measure.id.rawValue, entry.optional("id") ?? entry.required("name"), kind: "identifier")
      return measure
    }
  }

  private static let registrationKeys = [
    "owner", "strategy", "denominator", "cadence", "sharing", "cannot_say", "framework", "retired",
  ]

  /// What the register of measures of success says of it.
  private static func registration(of entry: YAMLMapping) throws -> Measure.Registration {
    var registration = Measure.Registration()
    registration.owner = try entry.optional("owner")?.text("owner")
    registration.strategy = try entry.optional("strategy")?.text("strategy")
    registration.denominator = try entry.optional("denominator")?.text("denominator")
    registration.cadence = try entry.optional("cadence")?.text("cadence")
    registration.sharing = try entry.optional("sharing").map(SourcesReader.sharing)
    registration.cannotSay = try entry.optional("cannot_say")?.text("cannot_say")
    registration.framework = try entry.optional("framework")?.text("framework")
    registration.isRetired = try entry.optional("retired")?.truth("retired") ?? false
    return registration
  }

  private static func kind(of value: YAMLValue) throws -> MeasureKind {
    let text = try value.text("kind")
    guard let kind = MeasureKind(rawValue: text) else {
      throw value.error("there is no kind '\(text)'", remedy: "Use one of: count, proportion, value")
    }
    return kind
  }
}
