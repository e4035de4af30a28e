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
  /// A decision for all places is one of each. Owner, response, review date and dissent stand as comments above their priority.
  public var text: String? {
    guard !record.decisions.isEmpty else { return nil }
    var lines = [
      "# Local priorities for the coming year, as the workshop wrote them down: \(comment(evidence.facts.title)).",
      "# Read the notes, check the file with horizon profile check, and use it with --models FOLDER.", "",
      "partnerships:",
    ]
    for place in evidence.places {
      // By their row in the form, those for all places among them.
      let own = record.decisions.filter { $0.area.isEmpty || $0.area == place.name }
        .sorted { $0.place.row < $1.place.row }
      guard !own.isEmpty else { continue }
      lines += ["  - csp: \(quoted(place.name))", "    priorities:"]
      var names = Set<String>()
      for decision in own where names.insert(decision.name).inserted { lines += entry(decision) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func entry(_ decision: Decision) -> [String] {
    let remarks = [
      ("owner", decision.owner ?? "nobody yet"), ("response", decision.response ?? "not said"),
      ("review", decision.review ?? "no date yet"), ("dissent", decision.dissent ?? "none noted"),
    ]
    let measure = decision.measure.flatMap { measure in
      evidence.problems.first { $0.title.lowercased() == measure.lowercased() }?.title
    }
    return remarks.map { "      # \($0.0): \(comment($0.1))" } + [
      "      - name: \(quoted(decision.name))", "        measures: [\(measure.map(quoted) ?? "")]",
    ]
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
