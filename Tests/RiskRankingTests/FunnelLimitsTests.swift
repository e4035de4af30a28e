import NumericCore
import RiskRanking
import Testing

@Suite struct FunnelLimitsTests {
  private static let entries = [
    (120.0, 100_000.0), (300, 150_000), (95, 120_000), (260, 90_000), (140, 110_000), (400, 300_000), (60, 80_000),
    (210, 100_000), (75, 90_000), (330, 210_000), (180, 120_000), (90, 70_000),
  ].map { PeerRanks.Entry(count: $0.0, residents: $0.1) }

  /// Worked out by itself from Spiegelhalter's formulae (python3: z = (c/n - t)/sqrt(t/n) with t the rate of all, its 10th and 90th
  /// percentile as of `numpy.percentile(z, [10, 90], method="inverted_cdf")`, phi the mean of squares of what is brought in to them).
  @Test func limitsAreThoseOfTheFormula() throws {
    let funnel = try #require(FunnelLimits(Self.entries))
    #expect(abs(funnel.centre - 0.0014675324675324675) < 1e-15 && abs(funnel.dispersion - 15.05220504667407) < 1e-9)
    let limits = funnel.limits(residents: 100_000, level: 0.95)
    #expect(abs(limits.lower - 0.0005463577431581458) < 1e-9 && abs(limits.upper - 0.0023887071919067894) < 1e-9)
    let wider = funnel.limits(residents: 100_000, level: 0.998)
    #expect(wider.lower < limits.lower && wider.upper > limits.upper)
    #expect(funnel.isAbove(limits.upper + 1e-9, residents: 100_000, level: 0.95) == true)
    #expect(funnel.isAbove(limits.lower - 1e-9, residents: 100_000, level: 0.95) == false)
    #expect(funnel.isAbove(funnel.centre, residents: 100_000, level: 0.95) == nil)
  }

  /// Places that differ by chance alone are outside as seldom as the level says, and the limits are hardly widened.
  @Test func chanceAloneStaysWithin() throws {
    var random = RandomSource(seed: 4, stream: "funnel")
    var (outside, all, dispersion) = (0, 0, 0.0)
    for _ in 0..<400 {
      // A Poisson count, as what arrives before a time of 400 at a rate of one.
      let entries = (0..<20).map { i -> PeerRanks.Entry in
        let mean = 100.0 + 30 * Double(i)
        var (time, count) = (0.0, 0.0)
        while true {
          time += random.gamma(shape: 1)
          if time > mean { break }
          count += 1
        }
        return PeerRanks.Entry(count: count, residents: 1000 * mean)
      }
      let funnel = try #require(FunnelLimits(entries))
      dispersion += funnel.dispersion / 400
      for entry in entries {
        all += 1
        if funnel.isAbove(entry.count / entry.residents, residents: entry.residents, level: 0.95) != nil {
          outside += 1
        }
      }
    }
    #expect(dispersion < 1.15 && (0.02...0.07).contains(Double(outside) / Double(all)), "\(outside) of \(all)")
  }

  @Test func withoutCountsOrResidentsThereIsNone() {
    #expect(FunnelLimits([]) == nil && FunnelLimits([Self.entries[0]]) == nil)
    #expect(FunnelLimits([.init(count: 0, residents: 10), .init(count: 0, residents: 20)]) == nil)
    #expect(FunnelLimits([.init(count: 3, residents: 0), .init(count: 4, residents: 20)]) == nil)
    let small = FunnelLimits([.init(count: 1, residents: 1000), .init(count: 2, residents: 1000)])
    #expect(small?.limits(residents: 10, level: 0.998).lower == 0)
  }
}
