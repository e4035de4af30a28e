import Evaluation
import Testing

@Suite struct CountBandTests {
  @Test(arguments: [
    (0.0, "under 1"), (0.99, "under 1"), (1, "1 to under 3"), (29.9, "10 to under 30"), (100, "100 and more"),
    (1e12, "100 and more"), (-4, "under 1"), (.nan, "under 1"),
  ])
  func bands(mean: Double, label: String) { #expect(CountBand(mean: mean).label == label) }

  @Test func bandsAreInOrder() { #expect(CountBand(mean: 2) < CountBand(mean: 50)) }
}
