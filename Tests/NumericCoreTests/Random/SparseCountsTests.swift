import NumericCore
import Testing

/// Draws of counts that are nearly always 0 are decided early; they are the draws that the definitions give.
@Suite struct SparseCountsTests {
  /// Inversion, period.
  private func poisson(_ random: inout RandomSource, mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard mean < 10 else { return random.poisson(mean: mean) }
    var k = 0.0
    var p = exponential(-mean)
    var u = random.uniform()
    while u > p && k < 1000 {
      u -= p
      k += 1
      p *= mean / k
    }
    return k
  }

  @Test(arguments: [1e-9, 1e-4, 0.02, 0.3, 1.2, 4, 9.9, 40], [0.05, 0.11, 0.4, 0.99, 1, 7, .infinity])
  func everyDrawIsThatOfTheDefinition(mean: Double, size: Double) {
    var (one, other) = (
      RandomSource(seed: 8, stream: "\(mean) \(size)"), RandomSource(seed: 8, stream: "\(mean) \(size)")
    )
    var events = 0.0
    for _ in 0..<4000 {
      let drawn = one.negativeBinomial(mean: mean, size: size)
      let expected =
        size.isFinite
        ? poisson(&other, mean: other.gamma(shape: size) * (mean / size)) : poisson(&other, mean: mean)
      #expect(drawn == expected)
      events += drawn
    }
    #expect(one.next() == other.next())
    #expect(events > 0 || mean < 1e-3 || size < 0.2)
  }
}
