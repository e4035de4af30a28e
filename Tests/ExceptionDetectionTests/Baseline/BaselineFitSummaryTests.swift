import NumericCore
import Testing
import TimeSeries

@testable import ExceptionDetection

/// What a fit keeps of its series, in little room, against the same written out.
struct BaselineFitSummaryTests {
  private func fit(
    downWeighted: [Period] = [], low: [Period] = [], covariance: BaselineFit.Covariance = .init(count: 6) { _, _ in 0 }
  ) -> BaselineFit {
    BaselineFit(
      span: .month(2012, 1)...Period.month(2022, 6), periods: 120, downWeighted: downWeighted, low: low, model: "trend",
      dispersion: DispersionEstimate(inverseSize: 0.02, weight: 80, squaredWeight: 60, mean: 50),
      means: SIMD8(repeating: 50), counts: SIMD8(repeating: 51), logVariance: covariance[0, 0], covariance: covariance,
      correlation: 0)
  }

  @Test func aCovarianceIsSymmetricAndWidenedByProducts() throws {
    let element = { (row: Int, column: Int) in Double(10 * row + column) / 1000 }
    var covariance = BaselineFit.Covariance(count: 6, element)
    let errors = SIMD8(0.1, 0.2, 0, 0.4, 0.5, 0.6, 0, 0)
    for row in 0..<6 {
      for column in 0...row {
        #expect(covariance[row, column] == element(row, column) && covariance[column, row] == element(row, column))
      }
    }
    covariance.widen(by: errors)
    for row in 0..<6 {
      for column in 0..<6 {
        let expected = element(max(row, column), min(row, column)) + errors[row] * errors[column]
        #expect(covariance[row, column] == expected)
      }
    }
  }

  @Test func whatIsReportedInPartIsLessSure() {
    let part = fit(covariance: .init(count: 6) { _, _ in 0.001 }).reported(.month(2023, 6)) { period in
      period == .month(2023, 6) ? Completeness(share: 0.5, logVariance: 0.04) : nil
    }
    #expect(part.means[0] == 25 && part.means[1] == 50)
    #expect(abs(part.covariance[0, 0] - 0.041) < 1e-12 && part.covariance[1, 0] == 0.001)
    #expect(abs(part.logVariance - 0.041) < 1e-12)
  }

  /// Unusual periods of a season that was unusual on the same side in another year too are its season.
  @Test func seasonsThatAreUnusualAgainAreNoOutliers() {
    var random = RandomSource(seed: 3)
    for _ in 0..<200 {
      let all = (0..<120).filter { _ in random.uniform() < 0.12 }.map { Period.month(2012, 1) + $0 }
      let low = all.filter { _ in random.uniform() < 0.4 }
      let seasons = Dictionary(grouping: all) { "\($0.seasonIndex) \(low.contains($0))" }
      let expected = all.filter { seasons["\($0.seasonIndex) \(low.contains($0))"]?.count == 1 }
      let made = fit(downWeighted: all, low: low)
      #expect(made.unusual == expected)
      let tested = Period.month(2022, 7)
      let sharp = (0..<6).contains { back in
        // The month tested lies beyond the history.
        let same = back == 0 ? tested - 12 : tested - back
        let last = (0..<3).map { same - 12 * $0 }
        return [all.filter { !low.contains($0) }, low].contains { side in last.count { side.contains($0) } >= 2 }
      }
      #expect(made.isSharp(tested, windows: 6) == (all.count > 1 && sharp))
    }
  }
}
