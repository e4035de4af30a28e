/// A way in which people score a risk: how bad it is times how likely it is (`Models/scoring-profiles.yaml`).
///
/// The parts of likelihood are filled from data. Impact is a person's judgement: until a named person has given it, it is taken from
/// a set of harm weights and is provisional. Confidence and capacity stand beside a score and are no part of it.
public struct ScoringScheme: Hashable, Sendable {
  /// What likelihood is made of.
  public enum Component: String, CaseIterable, Hashable, Sendable, Codable {
    /// How many were recorded in the last year.
    case volume
    /// The share of the last year's periods in which any was recorded, 0 to 1.
    case frequency
    /// The last year's change on the year before for the worse, like for like, as a share of it; nothing where chance may explain it.
    case trend
    /// The probability of a material change for the worse over the next year.
    case forecast
  }

  /// One side of impact, and how much it counts.
  public struct Dimension: Hashable, Sendable {
    /// Short identifier: `physical`.
    public let id: String
    /// Name that people read.
    public let name: String
    /// Weight in the mean, 0 or more.
    public let weight: Double

    /// A dimension.
    public init(id: String, name: String, weight: Double = 1) {
      (self.id, self.name, self.weight) = (id, name, weight)
    }
  }

  /// A score that a dimension may have.
  public struct Level: Hashable, Sendable {
    /// The score.
    public let value: Double
    /// Its word.
    public let name: String

    /// A level.
    public init(value: Double, name: String) { (self.value, self.name) = (value, name) }
  }

  /// The score from a value on, up to the next cut.
  public struct Cut: Hashable, Sendable {
    /// The least value.
    public let from: Double
    /// What it scores.
    public let level: Double

    /// A cut.
    public init(from: Double, level: Double) { (self.from, self.level) = (from, level) }
  }

  /// One part of likelihood, and how much it counts.
  public struct Part: Hashable, Sendable {
    /// What is scored.
    public let component: Component
    /// Weight in the mean, 0 or more.
    public let weight: Double
    /// Scores by value, rising; never empty.
    public let cuts: [Cut]

    /// A part.
    public init(component: Component, weight: Double = 1, cuts: [Cut]) {
      (self.component, self.weight, self.cuts) = (component, weight, cuts)
    }
  }

  /// What a score is called from here on.
  public struct Band: Hashable, Sendable {
    /// The least score.
    public let from: Double
    /// Its word.
    public let name: String

    /// A band.
    public init(from: Double, name: String) { (self.from, self.name) = (from, name) }
  }

  /// How impact is taken from harm per offence until a person has scored it.
  public struct Provisional: Hashable, Sendable {
    /// Name of the set of harm weights.
    public let weights: String
    /// Scores by harm per offence, rising.
    public let cuts: [Cut]

    /// A rule.
    public init(weights: String, cuts: [Cut]) { (self.weights, self.cuts) = (weights, cuts) }
  }

  /// Identifier, for `--scoring-profile`.
  public let id: String
  /// Name that people read.
  public let name: String
  /// Its version, as its authors call it.
  public let version: String
  /// Where it comes from.
  public let source: String
  /// The scores a dimension may have, rising.
  public let impactLevels: [Level]
  /// Sides of impact; their weights add up to more than nothing.
  public let dimensions: [Dimension]
  /// What stands in for a person's impact.
  public let provisional: Provisional
  /// Parts of likelihood; their weights add up to more than nothing.
  public let parts: [Part]
  /// Bands of the score, rising.
  public let bands: [Band]
  /// Whether it is drawn as a matrix of impact and likelihood.
  public let isMatrix: Bool

  /// A scheme.
  public init(
    id: String, name: String, version: String, source: String, impactLevels: [Level], dimensions: [Dimension],
    provisional: Provisional, parts: [Part], bands: [Band], isMatrix: Bool = false
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.source = source
    self.impactLevels = impactLevels
    self.dimensions = dimensions
    self.provisional = provisional
    self.parts = parts
    self.bands = bands
    self.isMatrix = isMatrix
  }

  /// The score of a value under cuts; nil below the first.
  public static func level(of value: Double, _ cuts: [Cut]) -> Double? { cuts.last { $0.from <= value }?.level }

  /// The band of a score; nil below the first.
  public func band(of score: Double) -> String? { bands.last { $0.from <= score }?.name }

  /// The scores that likelihood may have, rising, of a scheme with one part.
  public var likelihoodLevels: [Double] { Set(parts.flatMap(\.cuts).map(\.level)).sorted() }
}
