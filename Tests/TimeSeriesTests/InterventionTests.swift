import Testing

@testable import TimeSeries

@Suite struct InterventionTests {
  @Test func aWindowMasksItsPeriodsAndAStepNone() {
    let window = Intervention(start: .month(2020, 4), effect: .window(through: .month(2020, 6)), note: "")
    #expect((3...7).filter { window.masks(.month(2020, $0)) } == [4, 5, 6])
    let step = Intervention(start: .month(2020, 4), effect: .step, note: "")
    #expect(!step.masks(.month(2020, 4)))
  }
}
