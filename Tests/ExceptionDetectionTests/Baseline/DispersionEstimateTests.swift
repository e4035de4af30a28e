import NumericCore
import Testing

@testable import ExceptionDetection

struct DispersionEstimateTests {
  private func estimate(_ inverse: Double, weight: Double = 40, mean: Double = 50) -> DispersionEstimate {
    DispersionEstimate(inverseSize: inverse, weight: weight, squaredWeight: weight * 0.7, mean: mean)
  }

  @Test func aPoolThatAgreesShrinksToItsMean() {
    let pooled = shrinkDispersions((0..<20).map { estimate(0.05 + 0.001 * Double($0 % 3)) })
    for dispersion in pooled {
      #expect(abs(dispersion.inverseSize - 0.051) < 5e-4)
      #expect(dispersion.standardError < estimate(0.05).unpooled.standardError / 4)
    }
  }

  @Test func aPoolThatDiffersIsShrunkLess() {
    let pooled = shrinkDispersions([0.01, 0.02, 0.4, 0.5, 0.03, 0.6].map { estimate($0) })
    #expect(pooled[0].inverseSize < 0.08)
    #expect(pooled[5].inverseSize > 0.4 && pooled[5].inverseSize < 0.6)
  }

  @Test func anUnsureMemberMovesFurther() {
    let sure = (0..<12).map { estimate(0.02 + 0.01 * Double($0), weight: 100) }
    let pooled = shrinkDispersions(sure + [estimate(0.5, weight: 6), estimate(0.5, weight: 60)])
    #expect(pooled[12].inverseSize < pooled[13].inverseSize)
    #expect(pooled[12].inverseSize < 0.45)
  }

  @Test func smallAreasDoNotBorrowTheSteadinessOfLargeOnes() {
    // Variance twice the mean everywhere: 1 / size is 1 / mean.
    let means = [0.5, 2, 10, 50, 400, 1000, 3, 20]
    let pooled = shrinkDispersions(means.map { estimate(1 / $0, mean: $0) })
    for (mean, dispersion) in zip(means, pooled) { #expect(abs(dispersion.inverseSize * mean - 1) < 1e-9) }
  }

  @Test func aBaselineWithoutAMeanIsPoisson() {
    let pooled = shrinkDispersions([estimate(0.1), estimate(0.2), estimate(0, mean: 0), estimate(0.1, weight: 0)])
    #expect(pooled[2].inverseSize == 0)
    #expect(pooled.allSatisfy { $0.inverseSize.isFinite && $0.standardError.isFinite })
    #expect(shrinkDispersions([estimate(0, mean: 0)])[0].standardError == 0)
  }

  @Test func aPoolOfTwoIsLeftAlone() {
    let pooled = shrinkDispersions([estimate(0.1), estimate(0.3)])
    #expect(pooled.map(\.inverseSize) == [0.1, 0.3])
    #expect(shrinkDispersions([]).isEmpty)
  }
}
