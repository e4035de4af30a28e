import Testing

@testable import CommunitySafety

@Suite struct ProbabilityYardstickTests {
  /// Each cut point belongs to the term above it.
  @Test(arguments: [
    (0, ProbabilityYardstick.remoteChance), (0.0749, .remoteChance), (0.075, .highlyUnlikely),
    (0.2249, .highlyUnlikely), (0.225, .unlikely), (0.3749, .unlikely), (0.375, .realisticPossibility),
    (0.4999, .realisticPossibility), (0.5, .likely), (0.7749, .likely), (0.775, .highlyLikely),
    (0.9249, .highlyLikely), (0.925, .almostCertain), (1, .almostCertain),
  ]) func cutPoints(probability: Double, term: ProbabilityYardstick) {
    #expect(ProbabilityYardstick(probability: probability) == term)
  }

  /// The published bands (PHIA, March 2025) lie inside ours.
  @Test(arguments: [
    (0.0...0.05, "remote chance"), (0.1...0.2, "highly unlikely"), (0.25...0.35, "unlikely"),
    (0.4...0.49, "realistic possibility"), (0.55...0.75, "likely"), (0.8...0.9, "highly likely"),
    (0.95...1, "almost certain"),
  ]) func publishedBands(band: ClosedRange<Double>, term: String) {
    #expect(ProbabilityYardstick(probability: band.lowerBound).rawValue == term)
    #expect(ProbabilityYardstick(probability: band.upperBound).rawValue == term)
  }
}
