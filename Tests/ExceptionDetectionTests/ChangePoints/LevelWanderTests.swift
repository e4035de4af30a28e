import NumericCore
import Testing

@testable import ExceptionDetection

struct LevelWanderTests {
  @Test func weightsAreSharesAndLearntFromWhatSeriesShow() {
    #expect(abs(LevelWander.prior.weights.reduce(0, +) - 1) < 1e-12)
    #expect(LevelWander.prior.weights.count == LevelWander.deviations.count)
    // Forty series to which the fourth deviation is likelier by a factor of e^10.
    let deviances = [[Double]](repeating: LevelWander.deviations.indices.map { $0 == 3 ? 0 : 20 }, count: 40)
    let learnt = LevelWander(learntFrom: deviances)
    #expect(abs(learnt.weights.reduce(0, +) - 1) < 1e-12)
    #expect(learnt.weights[3] > 0.95)
    // One that says nothing leaves the prior as it was.
    let silent = LevelWander(learntFrom: [[Double](repeating: 7, count: 6)])
    for (a, b) in zip(silent.weights, LevelWander.prior.weights) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func theMixtureIsTheMeanLikelihood() {
    let wander = LevelWander(weights: [0.25, 0.75])
    #expect(abs(wander.mixed([2, 4]) + 2 * logarithm(0.25 * exponential(-1) + 0.75 * exponential(-2))) < 1e-12)
    let posterior = wander.posterior([2, 4])
    #expect(abs(posterior[0] / posterior[1] - exponential(1) / 3) < 1e-12)
    #expect(abs(posterior.reduce(0, +) - 1) < 1e-12)
  }
}
