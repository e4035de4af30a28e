import Evaluation
import NumericCore
import Testing

@Suite struct IntervalScoreTests {
  @Test(arguments: [(15.0, 10.0), (9, 20), (21, 20), (10, 10), (20, 10)])
  func widthAndFines(actual: Double, expected: Double) {
    // Alpha is 0.2: 10 for each unit outside.
    #expect((intervalScore(lower: 10, upper: 20, actual: actual, level: 80) - expected).magnitude < 1e-9)
  }

  @Test func itIsTheSumOfTwoPinballLosses() {
    // Gneiting & Raftery 2007: the interval score is 2 / alpha times the sum of the losses of its ends.
    for actual in [-3.0, 2, 40] {
      let losses =
        pinballLoss(1, probability: 0.025, actual: actual) + pinballLoss(9, probability: 0.975, actual: actual)
      #expect((intervalScore(lower: 1, upper: 9, actual: actual, level: 95) - 2 / 0.05 * losses).magnitude < 1e-9)
    }
  }

  @Test func theTrueIntervalIsBest() {
    // Expected score of a central interval of a standard normal, by quadrature, at its own and at other widths.
    func expected(_ z: Double) -> Double {
      let steps = 4000
      return (0..<steps).reduce(0) { sum, i in
        let y = Normal.quantile((Double(i) + 0.5) / Double(steps))
        return sum + intervalScore(lower: -z, upper: z, actual: y, level: 80)
      } / Double(steps)
    }
    let own = Normal.quantile(0.9)
    #expect(expected(own) < expected(own * 0.9))
    #expect(expected(own) < expected(own * 1.1))
  }
}
