import TestSupport
import Testing

@testable import Evaluation

@Suite struct Naive2Tests {
  @Test func agreesWithTheReference() throws {
    let cases = try Fixture.numbers("scores.csv", target: "EvaluationTests")
    var seasonal = 0
    for (name, numbers) in cases {
      guard let history = numbers["history"], let expected = numbers["naive2"] else { continue }
      let own = naive2(history: history, seasonLength: 12, horizon: expected.count)
      for (a, b) in zip(own, expected) { #expect((a - b).magnitude <= 1e-9 * max(1, b.magnitude), "\(name)") }
      if own.contains(where: { $0 != own[0] }) { seasonal += 1 }
    }
    // Both kinds are among them.
    #expect(seasonal >= 2 && seasonal < cases.count - 1)
  }

  @Test func oddSeasonsAreCentredWithoutHalfWeights() {
    // An exact multiplicative season of three: its own continuation.
    let season = [0.5, 1.0, 1.5]
    let history = (0..<30).map { 100 * season[$0 % 3] }
    let own = naive2(history: history, seasonLength: 3, horizon: 4)
    for (h, value) in own.enumerated() { #expect((value - 100 * season[h % 3]).magnitude < 1e-9) }
  }

  @Test func missingValuesAreLeftOut() {
    let season = [0.5, 1.0, 1.5, 1.0]
    var history = (0..<40).map { 100 * season[$0 % 4] }
    history[7] = .nan
    history[39] = .nan
    // The last value is the one at 38, whose season is the third.
    let own = naive2(history: history, seasonLength: 4, horizon: 4)
    for (h, value) in own.enumerated() { #expect((value - 100 * season[h % 4]).magnitude < 1e-9) }
    #expect(naive2(history: [.nan, .nan], seasonLength: 12, horizon: 2).allSatisfy { $0.isNaN })
    #expect(naive2(history: [3, .nan], seasonLength: 12, horizon: 2) == [3, 3])
    #expect(naive2(history: [3, 4], seasonLength: 1, horizon: 0).isEmpty)
  }
}
