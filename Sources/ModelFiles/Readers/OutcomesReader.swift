import CommunitySafety

/// Reads `outcomes.yaml`.
enum OutcomesReader {
  static func read(_ document: YAMLValue) throws -> OutcomeClasses {
    let keys = ["detected", "undecided", "not_detected"]
    let mapping = try document.mapping("outcomes", required: keys)
    var names = DistinctNames()
    func list(_ key: String) throws -> [String] {
      try mapping.required(key).list(key).map { value in
        let name = try value.text("an outcome")
        try names.note(name.lowercased(), value, kind: "outcome")
        return name
      }
    }
    return OutcomeClasses(
      detected: try list("detected"), undecided: try list("undecided"), notDetected: try list("not_detected"))
  }
}
