import CommunitySafety

extension RiskScore {
  /// The expected change for the worse, weighted by how probable a material change for the worse is.
  ///
  /// total = change x p for a change for the worse, change x (1 - p) for one for the better, where p is the probability
  /// that next year is at least 10 % worse: a large series that may drift a little does not outrank a smaller one that
  /// will rise by half, and what is expected to fall sorts last. Counts a year; harm is shown beside it, not mixed in.
  public init(_ outlook: Outlook, polarity: Polarity) {
    let sign: Double = polarity == .higherIsBetter ? -1 : 1
    let change = sign * outlook.expectedChange
    let probability = polarity == .higherIsBetter ? outlook.probabilityOfFall : outlook.probabilityOfRise
    self.init(
      expectedChange: change, probability: probability,
      total: change * (change > 0 ? probability : 1 - probability))
  }
}
