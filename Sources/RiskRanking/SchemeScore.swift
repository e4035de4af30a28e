import CommunitySafety
import TimeSeries

/// A risk scored under a scheme of impact and likelihood: a function of the evidence, of harm and of what a person has scored. It
/// changes no rank.
public struct SchemeScore: Sendable, Hashable {
  /// What the impact rests on.
  public enum Basis: Sendable, Hashable {
    /// A named person scored it.
    case scored(ImpactScores.Entry)
    /// It stands in until a person has: the harm weight per offence, under this set.
    case provisional(harm: Double, weights: String)
    /// Neither: the set of weights has none for the measure.
    case missing(weights: String)
  }

  /// One part of likelihood.
  public struct Part: Sendable, Hashable {
    /// Which.
    public let component: ScoringScheme.Component
    /// What the data has; nil where it cannot say.
    public let value: Double?
    /// What it scores; nil where it cannot be scored.
    public let level: Double?
  }

  /// Identifier of the scheme.
  public let scheme: String
  /// The mean of the dimensions of impact; nil where there is none.
  public let impact: Double?
  /// What that rests on.
  public let basis: Basis
  /// The parts of likelihood, in the order of the scheme.
  public let parts: [Part]
  /// Their mean, of those that could be scored; nil without that of the forecast.
  public let likelihood: Double?
  /// What the score is called; nil without one.
  public let band: String?

  /// Impact times likelihood; nil where either is missing.
  public var score: Double? { SchemeScore.product(impact, likelihood) }

  /// Whether the impact waits for a person.
  public var isProvisional: Bool { if case .provisional = basis { true } else { false } }

  private static func product(_ a: Double?, _ b: Double?) -> Double? { a.flatMap { a in b.map { a * $0 } } }

  /// Scores evidence.
  ///
  /// - Parameters:
  ///   - person: what a named person scored; nil of none.
  ///   - harm: weight per offence in the scheme's own set of harm weights; nil where it has none.
  public init(
    _ evidence: RiskEvidence, scheme: ScoringScheme, person: ImpactScores.Entry?, harm: Double?,
    profile: ScoringProfile
  ) {
    self.scheme = scheme.id
    if let person {
      basis = .scored(person)
      let total = scheme.dimensions.reduce(0) { $0 + $1.weight }
      let sum = scheme.dimensions.reduce(0) { $0 + $1.weight * (person.impact[$1.id] ?? .nan) }
      impact = sum.isFinite ? sum / total : nil
    } else if let harm {
      basis = .provisional(harm: harm, weights: scheme.provisional.weights)
      impact = ScoringScheme.level(of: harm, scheme.provisional.cuts)
    } else {
      basis = .missing(weights: scheme.provisional.weights)
      impact = nil
    }
    let score = evidence.score(profile)
    let parts = scheme.parts.map { part -> Part in
      let value = score == nil ? nil : evidence.value(of: part.component)
      return Part(
        component: part.component, value: value, level: value.flatMap { ScoringScheme.level(of: $0, part.cuts) })
    }
    let known = zip(scheme.parts, parts).compactMap { part, found in found.level.map { (part.weight, $0) } }
    let weight = known.reduce(0) { $0 + $1.0 }
    let hasForecast = parts.contains { $0.component == .forecast && $0.level != nil }
    let likelihood = hasForecast && weight > 0 ? known.reduce(0) { $0 + $1.0 * $1.1 } / weight : nil
    (self.parts, self.likelihood) = (parts, likelihood)
    band = SchemeScore.product(impact, likelihood).flatMap(scheme.band)
  }
}

extension RiskEvidence {
  /// What the data has of a part of likelihood; nil where it cannot say.
  fileprivate func value(of component: ScoringScheme.Component) -> Double? {
    let worse = polarity.worse ?? .rise
    switch component {
    case .volume: return kind == .count ? outlook?.lastYear : nil
    case .frequency: return kind == .count ? shareOfPeriods : nil
    case .trend:
      return growth.map { growth in growth.isReal ? (worse == .rise ? 1 : -1) * (growth.ratio - 1) : 0 }
    case .forecast: return outlook?.probability(of: worse)
    }
  }
}
