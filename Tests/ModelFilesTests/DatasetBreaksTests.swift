import Foundation
import TestSupport
import Testing
import TimeSeries

@testable import ModelFiles

@Suite struct DatasetBreaksTests {
  @Test func theBreakCalendarOfTheSimulatedDatasetIsValidAndNamesItsRecordingStep() throws {
    let url = Fixture.packageRoot.appendingPathComponent("Datasets/oxfordshire-simulated/breaks.yaml")
    let reference = try ModelFileLoader.load(overrides: [
      .breaks: (name: "breaks.yaml", text: try String(contentsOf: url, encoding: .utf8))
    ])
    for area in ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse", "West Oxfordshire"] {
      let violence = reference.breaks.interventions(
        places: [area], measures: ["Violence and sexual offences"], frequency: .monthly)
      #expect(violence.filter { $0.effect == .step }.map(\.start) == [.month(2025, 4)])
      #expect(
        violence.filter { $0.effect != .step }.map(\.start) == [.month(2020, 4), .month(2020, 11), .month(2021, 1)])
      let burglary = reference.breaks.interventions(places: [area], measures: ["Burglary"], frequency: .monthly)
      #expect(!burglary.contains { $0.effect == .step })
    }
  }
}
