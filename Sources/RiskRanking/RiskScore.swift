import TimeSeries

/// The parts of the score, a function of the evidence alone. Ranking is by `total`.
public struct RiskScore: Sendable, Hashable, Codable {
  /// The event whose probability it is: the material change for the worse, of a measure of polarity neither a rise.
  public let event: Event
  /// Expected change in the measure's unit, signed so that a change towards the event is positive.
  public let expectedChange: Double
  /// Probability of the event.
  public let probability: Double
  /// What the ranking sorts by, in the measure's unit a year.
  public var total: Double { expectedChange }

  /// A score from its parts.
  public init(event: Event, expectedChange: Double, probability: Double) {
    self.event = event
    self.expectedChange = expectedChange
    self.probability = probability
  }

  /// The expected change for the worse.
  ///
  /// It alone is sorted by: on recorded crime weighting it by the probability of a material change put no more rises first, and was
  /// worth less over the first fifty (the card `ranking` has the figures). Harm, probability and confidence are shown beside it.
  public init(_ outlook: Outlook, polarity: Polarity) {
    let direction = polarity.worse ?? .rise
    let change = (direction == .rise ? 1 : -1) * outlook.expectedChange
    self.init(
      event: direction == .rise ? outlook.rise : outlook.fall, expectedChange: change,
      probability: outlook.probability(of: direction))
  }
}
