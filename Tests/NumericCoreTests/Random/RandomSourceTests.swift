import NumericCore
import Testing

@Suite struct RandomSourceTests {
  /// Mean and variance of `count` draws, and whether they lie within five standard errors of what they should be.
  private func check(
    mean: Double, variance: Double, count: Int = 40_000, _ name: String, _ draw: (inout RandomSource) -> Double
  ) {
    var random = RandomSource(seed: 11, stream: name)
    let draws = (0..<count).map { _ in draw(&random) }
    let n = Double(count)
    let average = draws.reduce(0, +) / n
    let deviations = draws.map { ($0 - average) * ($0 - average) }
    let spread = deviations.reduce(0, +) / (n - 1)
    let fourth = deviations.reduce(0) { $0 + $1 * $1 } / n
    let meanError = (variance / n).squareRoot()
    let varianceError = (max(fourth - spread * spread, 1e-300) / n).squareRoot()
    #expect(abs(average - mean) < 5 * meanError, "\(name): mean \(average) for \(mean)")
    #expect(abs(spread - variance) < 5 * varianceError, "\(name): variance \(spread) for \(variance)")
  }

  @Test func momentsOfContinuousVariates() {
    check(mean: 0.5, variance: 1.0 / 12, "uniform") { $0.uniform() }
    check(mean: 0, variance: 1, "normal") { $0.normal() }
    for shape in [0.2, 0.9, 1, 3.7, 250] {
      check(mean: shape, variance: shape, "gamma \(shape)") { $0.gamma(shape: shape) }
    }
  }

  @Test func momentsOfCounts() {
    for mean in [0.04, 0.7, 9.9, 10.1, 45, 3000, 2e9] {
      check(mean: mean, variance: mean, "Poisson \(mean)") { $0.poisson(mean: mean) }
    }
    for (mean, size) in [(0.5, 0.4), (8.0, 2.0), (300.0, 12.0)] {
      check(mean: mean, variance: mean + mean * mean / size, "NB \(mean) \(size)") {
        $0.negativeBinomial(mean: mean, size: size)
      }
    }
  }

  /// Chi-square over the most likely counts, below and above the change of algorithm at a mean of 10.
  @Test(arguments: [2.5, 14.0]) func poissonFrequencies(mean: Double) {
    var random = RandomSource(seed: 3)
    let n = 60_000
    var seen = [Double](repeating: 0, count: 60)
    for _ in 0..<n { seen[min(59, Int(random.poisson(mean: mean)))] += 1 }
    let law = NegativeBinomial(mean: mean, size: .infinity)
    var chiSquare = 0.0
    var cells = 0.0
    for k in 0..<60 {
      let expected = Double(n) * exponential(law.logProbability(Double(k)))
      guard expected > 20 else { continue }
      chiSquare += (seen[k] - expected) * (seen[k] - expected) / expected
      cells += 1
    }
    #expect(chiSquare < cells + 5 * (2 * cells).squareRoot(), "chi-square \(chiSquare) over \(cells) cells")
  }

  @Test func streamsAreFixedAndDistinct() {
    var a = RandomSource(seed: 1, stream: "Oxford|Burglary")
    var b = RandomSource(seed: 1, stream: "Oxford|Burglary")
    var c = RandomSource(seed: 1, stream: "Oxford|Robbery")
    var d = RandomSource(seed: 2, stream: "Oxford|Burglary")
    let first = (0..<4).map { _ in a.next() }
    #expect(first == (0..<4).map { _ in b.next() })
    #expect(first != (0..<4).map { _ in c.next() })
    #expect(first != (0..<4).map { _ in d.next() })
    for _ in 0..<1000 {
      let u = a.openUniform()
      #expect(u > 0 && u < 1)
    }
  }
}
