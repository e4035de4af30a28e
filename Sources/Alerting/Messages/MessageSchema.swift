import Tables

extension AlertMessage {
  /// The shape of a message's JSON, as JSON Schema (draft 2020-12): what a webhook is posted and a folder holds.
  public static var schema: JSONValue {
    let text = { (about: String) -> JSONValue in ["type": "string", "description": .string(about)] }
    let number = { (about: String) -> JSONValue in ["type": "number", "description": .string(about)] }
    let choice = { (cases: [String], about: String) -> JSONValue in
      ["enum": .array(cases.map(JSONValue.string)), "description": .string(about)]
    }
    let list = { (items: JSONValue, about: String) -> JSONValue in
      ["type": "array", "items": items, "description": .string(about)]
    }
    let object = { (required: [(String, JSONValue)], optional: [(String, JSONValue)]) -> JSONValue in
      .object([
        "type": "object", "required": .array(required.map { .string($0.0) }), "additionalProperties": false,
        "properties": .object(Dictionary(uniqueKeysWithValues: required + optional)),
      ])
    }
    let happening = choice(Happening.allCases.map(\.rawValue), "What happened to the alert.")
    let part = object([("area", text("The area."))], [("excess", number("How many more, or fewer, than expected."))])
    let row = object(
      [("period", text("The period."))],
      [
        ("observed", number("What was recorded.")), ("expected", number("What was expected.")),
        ("lower", number("Lower limit in force.")), ("upper", number("Upper limit in force.")),
      ])
    let facts = object(
      [
        ("label", text("The measure.")), ("place", text("The place.")),
        ("is_higher", ["type": "boolean", "description": "Whether it is higher than expected."]),
        ("shape", choice(["spike", "run", "shift", "ramp", "drop"], "What it looks like.")),
        ("onset", text("First period of the episode.")), ("opened", text("Period whose verdict opened it.")),
        ("last", text("Last unusual period.")), ("sentences", list(["type": "string"], "Why it was flagged.")),
        ("ending", text("What would make it go away.")), ("parts", list(part, "What each area adds.")),
        ("rows", list(row, "The last thirteen judged periods, oldest first.")),
      ],
      [
        ("judged", number("Periods of the episode with a verdict, which the sums are over, where not all have one.")),
        ("observed", number("Sum over these periods.")), ("expected", number("What was expected of them.")),
        ("excess", number("The difference.")),
        ("excess_percent", number("The difference in per cent, where 30 or more were expected.")),
        ("probability", number("Chance of figures as unusual as those that opened it.")),
        ("false_discovery_rate", number("Smallest rate at which the opening verdict is an exception.")),
        ("chance", text("The chance ahead, as a sentence.")),
        ("chance_ahead", number("Chance that any of the next three periods is an exception too, 0 to 1.")),
      ])
    let entry = object(
      [("alert", text("The alert.")), ("happening", happening), ("headline", text("In one line."))],
      [("label", text("The measure.")), ("place", text("The place."))])
    guard
      case .object(var schema) = object(
        [
          ("version", ["const": 1]), ("key", text("Names the message; a repeat has the same.")),
          ("thread", text("The episode, by which messages are threaded.")),
          ("made_at", ["type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$"]),
          ("period", text("The newest period of the data.")), ("rule", text("The rule.")),
          ("severity", choice(AlertConfiguration.Severity.allCases.map(\.rawValue), "How much it matters.")),
          ("subject", text("A subject line.")), ("headline", text("The finding in one line.")),
          ("sentences", list(["type": "string"], "What happened and why it is told.")),
          ("entries", list(entry, "The alerts of a digest.")),
          ("answers", list(["type": "string"], "How to answer, as commands.")),
        ],
        [
          ("happening", happening), ("alert", text("The alert; absent of a digest.")),
          ("label", text("The measure; absent of a digest.")), ("place", text("The place; absent of a digest.")),
          ("owner", text("Who answers for the rule.")), ("facts", facts),
          ("previous", text("What it was the last time that this alert fired.")),
          ("link", text("Its place in the pack.")),
        ])
    else { return .null }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Message of horizon alert"
    return .object(schema)
  }
}
