import CommunitySafety

/// What a workshop decided as next year's file of local priorities: `priorities.yaml`, in the form that `horizon profile check` takes.
public struct NextPriorities {
  /// Its file in a pack.
  public static let path = "workshop/priorities.yaml"

  private let evidence: PackEvidence
  private let record: WorkshopRecord

  /// The priorities that were decided.
  public init(_ evidence: PackEvidence, _ record: WorkshopRecord) { (self.evidence, self.record) = (evidence, record) }

  /// The text of the file; nil where nothing was decided.
  ///
  /// A decision for all places is one of each. Response and dissent stand as comments above their priority, as do the owner, the measure and
  /// the day of review where the file could not take them. What two decisions of one name say in one place is not made one: the first
  /// stands, and the others follow as comments.
  public var text: String? {
    guard !record.decisions.isEmpty else { return nil }
    var lines = [
      "# Local priorities for the coming year, as the workshop wrote them down: \(comment(evidence.facts.title)).",
      "# Read the notes, check the file with horizon profile check, and use it with --models FOLDER. Each csp is to be one of areas.yaml.",
      "",
      "partnerships:",
    ]
    for place in evidence.places {
      // By their row in the form, those for all places among them.
      let own = record.decisions.filter { $0.area.isEmpty || $0.area == place.name }
        .sorted { $0.place.row < $1.place.row }
      guard !own.isEmpty else { continue }
      lines += ["  - csp: \(quoted(place.name))", "    priorities:"]
      var names = Set<String>()
      for decision in own {
        let isNew = names.insert(decision.name).inserted
        lines += isNew ? entry(decision) : ["      # Decided again under this name:"] + remarks(decision)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was said of a decision.
  private func remarks(_ decision: Decision) -> [String] {
    [
      ("name", decision.name), ("measure", decision.measure ?? "none named"), ("owner", decision.owner ?? "nobody yet"),
      ("response", decision.response ?? "not said"), ("review", decision.review ?? "no date yet"),
      ("dissent", decision.dissent ?? "none noted"),
    ].map { "      # \($0.0): \(comment($0.1))" }
  }

  private func entry(_ decision: Decision) -> [String] {
    // A measure of the data's own is none of measures.yaml, and the file would be refused for it.
    let measure = decision.measure.flatMap { measure in
      evidence.problems.first { PackEvidence.isSame($0.title, measure) && $0.evidence.isKnown }?.title
    }
    // One answers for a priority.
    let owner = decision.owner.flatMap { $0.contains(";") ? nil : $0 }
    let review = decision.review.flatMap(FilledForm.day)?.isoText
    var left = [("response", decision.response ?? "not said"), ("dissent", decision.dissent ?? "none noted")]
    if let named = decision.measure, measure == nil {
      left.append(("measure, to be entered in measures.yaml first", named))
    }
    if owner == nil { left.append(("owner", decision.owner ?? "nobody yet")) }
    if review == nil { left.append(("review", decision.review ?? "no date yet")) }
    var lines = left.map { "      # \($0.0): \(comment($0.1))" }
    lines += ["      - name: \(quoted(decision.name))", "        measures: [\(measure.map(quoted) ?? "")]"]
    if let owner { lines.append("        owner: \(quoted(owner))") }
    if let review { lines.append("        review: \(review)") }
    return lines
  }

  /// Text on one line.
  private func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// A YAML scalar that holds this text, whatever it is.
  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
