import Testing

@testable import Charts

@Suite struct LinearScaleTests {
  @Test func startsAtZeroAndEndsOnARoundTick() {
    let scale = LinearScale(values: [37, 88, .nan, 121], low: 300, high: 50)
    #expect(scale.ticks == [0, 50, 100, 150])
    #expect(scale(0) == 300 && scale(150) == 50 && scale(75) == 175)
  }

  @Test func tightScalesEndAtTheExtreme() {
    let scale = LinearScale(values: [3, 7], low: 10, high: 0, isTight: true)
    #expect(scale(7) == 0 && scale(0) == 10)
  }

  @Test func negativeValuesLowerTheAxis() {
    #expect(LinearScale(values: [-3, 9], low: 0, high: 1).domain == -5...10)
  }

  @Test(arguments: [
    [], [.nan], [0], [1e12], [1e-12], [.infinity, 5], [.greatestFiniteMagnitude], [-1e308, 1e308], [5e-324],
  ])
  func anyValuesGiveAScale(values: [Double]) {
    let scale = LinearScale(values: values, low: 0, high: 100)
    #expect(scale.ticks.count >= 2 && scale.ticks.count <= 21)
    #expect(scale.ticks.allSatisfy { $0.isFinite })
    for value in values + [.nan, -.infinity] { #expect((0...100).contains(scale(value))) }
  }

  @Test(arguments: [(0.3, 0.5), (1, 1), (1.1, 2), (2.4, 2.5), (26, 50), (0, 1), (1e12, 1e12)])
  func stepsAreRound(raw: Double, step: Double) {
    #expect(abs(LinearScale.niceStep(raw) - step) <= 1e-9 * step)
  }
}
