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
  public let total: Double

  /// A score from its parts.
  public init(event: Event, expectedChange: Double, probability: Double, total: Double) {
    self.event = event
    self.expectedChange = expectedChange
    self.probability = probability
    self.total = total
  }

  /// The expected change for the worse, weighted by how probable a material change for the worse is.
  ///
  /// total = change x p for a change for the worse, change x (1 - p) for one for the better, where p is the probability
  /// of the event: a large series that may drift a little does not outrank a smaller one that will rise by half, and what
  /// is expected to fall sorts last. Harm is shown beside it, not mixed in.
  public init(_ outlook: Outlook, polarity: Polarity) {
    let direction = polarity.worse ?? .rise
    let change = (direction == .rise ? 1 : -1) * outlook.expectedChange
    let probability = outlook.probability(of: direction)
    self.init(
      event: direction == .rise ? outlook.rise : outlook.fall, expectedChange: change, probability: probability,
      total: change * (change > 0 ? probability : 1 - probability))
  }
}
