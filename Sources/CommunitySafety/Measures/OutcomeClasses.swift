/// What the outcomes of police.uk say of a crime (`Models/outcomes.yaml`).
public struct OutcomeClasses: Hashable, Sendable {
  /// What an outcome says.
  public enum Class: Hashable, Sendable {
    /// Someone was charged, cautioned, penalised or made good.
    case detected
    /// No final word yet.
    case undecided
    /// Recorded and not detected.
    case notDetected
  }

  private let classes: [String: Class]

  /// Classes by the names of outcomes, which are compared without regard to case.
  public init(detected: [String], undecided: [String], notDetected: [String]) {
    let named = [(detected, Class.detected), (undecided, .undecided), (notDetected, .notDetected)]
    classes = Dictionary(
      named.flatMap { names, known in names.map { ($0.lowercased(), known) } }, uniquingKeysWith: { first, _ in first })
  }

  /// The class of an outcome; a blank one is undecided, nil is one that is not listed.
  public subscript(outcome: String) -> Class? {
    outcome.isEmpty ? .undecided : classes[outcome.lowercased()]
  }

  /// Name of the measure "detected of recorded" of a crime type.
  public static func detectedMeasure(of type: String) -> String { type + detectedSuffix }

  /// What ends the name of such a measure.
  static let detectedSuffix = " (detected)"
}
