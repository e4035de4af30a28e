/// Harm per offence by measure, in one unit, from one source (`Models/harm-weights.yaml`).
public struct HarmWeights: Hashable, Sendable {
  /// Identifier, such as `cchi-2026`.
  public let name: String
  /// What the numbers count, such as "days of imprisonment".
  public let unit: String
  /// Where they come from, and how far to trust them.
  public let source: String
  /// Weight per offence by measure.
  public let weights: [String: Double]
  /// Why a measure has no weight.
  public let unweighted: [String: String]

  /// A set of weights.
  public init(name: String, unit: String, source: String, weights: [String: Double], unweighted: [String: String]) {
    self.name = name
    self.unit = unit
    self.source = source
    self.weights = weights
    self.unweighted = unweighted
  }

  /// The weight of a measure, or nil: a measure without a weight is shown beside the ranking, never as 0 or 1.
  public subscript(measure: String) -> Double? { weights[measure] }

  /// Why a measure has no weight.
  public func reasonUnweighted(_ measure: String) -> String {
    unweighted[measure] ?? "\(name) has no weight for it"
  }
}
