import TimeSeries

/// The measures that a partner's extract of incidents gives beside its counts, by their names.
public enum RepeatMeasures {
  /// The share of repeats: "Anti-social behaviour: repeats by person".
  public static func repeats(_ measure: String, by entity: String) -> String { "\(measure): repeats by \(entity)" }

  /// How many reach the threshold of a case review: "Anti-social behaviour: 3 in 6 months by person".
  public static func review(_ measure: String, reports: Int, months: Int, by entity: String) -> String {
    "\(measure): \(reports) in \(months) months by \(entity)"
  }

  /// The share of the most affected twentieth: "Anti-social behaviour: of the most affected 5 % by person".
  public static func concentration(_ measure: String, by entity: String) -> String {
    "\(measure): of the most affected 5 % by \(entity)"
  }

  /// What one of these names means; nil for any other.
  static func measure(_ name: String, kind: MeasureKind) -> Measure? {
    guard let colon = name.firstRange(of: ": "), colon.lowerBound > name.startIndex else { return nil }
    let rest = name[colon.upperBound...]
    if kind == .proportion, rest.hasPrefix("repeats by ") {
      return derived(
        name, kind,
        "A repeat is counted where the same pseudonym comes again within the window; fewer recorded repeats may also mean less reporting."
      )
    }
    if kind == .proportion, rest.hasPrefix("of the most affected 5 % by ") {
      return derived(
        name, kind,
        "A figure a year, of the 12 months to the month that it stands at: how many of the incidents were of the twentieth that had most, in each area."
      )
    }
    if kind == .count, rest.firstRange(of: " in ") != nil, rest.firstRange(of: " months by ") != nil {
      return derived(
        name, kind,
        "How many reached the threshold of a case review with an incident of the period; each once, until they have been below it again."
      )
    }
    return nil
  }

  private static func derived(_ name: String, _ kind: MeasureKind, _ caveat: String) -> Measure {
    Measure(name: name, kind: kind, polarity: .lowerIsBetter, isCrime: false, caveat: caveat)
  }
}
