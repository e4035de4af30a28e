import Testing

@testable import CommunitySafety

@Suite struct MeasureRegistryTests {
  let registry = MeasureRegistry(
    measures: [
      Measure(name: "Anti-social behaviour", polarity: .lowerIsBetter, isCrime: false, caveat: "incidents"),
      Measure(name: "Drugs", polarity: .neither, isCrime: true),
    ], groups: [MeasureGroup(name: "G", members: ["Drugs"], proxyReason: "why"), MeasureGroup(name: "H", members: [])])

  @Test func knownMeasuresAndTheDefaultForUnknownOnes() {
    #expect(!registry["Anti-social behaviour"].isCrime)
    #expect(registry["Drugs"].polarity == .neither)
    #expect(registry["Zebra"] == Measure(name: "Zebra", polarity: .lowerIsBetter, isCrime: true))
  }

  @Test func aProxyIsLabelledOne() {
    #expect(registry.groups.map(\.label) == ["G (proxy)", "H"])
  }

  @Test func aMeasureWithoutWeightHasNoneAndSaysWhy() {
    let weights = HarmWeights(
      name: "w", unit: "days", source: "s", weights: ["Drugs": 0], unweighted: ["Other crime": "a mixture"])
    #expect(weights["Drugs"] == 0)
    #expect(weights["Other crime"] == nil)
    #expect(weights.reasonUnweighted("Other crime") == "a mixture")
    #expect(weights.reasonUnweighted("Zebra") == "w has no weight for it")
  }

  @Test func theFirstPriorityThatNamesAMeasureCounts() {
    let priorities = LocalPriorities(byPartnership: [
      "P": [
        .init(name: "none", measures: []), .init(name: "one", measures: ["Drugs"]),
        .init(name: "two", measures: ["Drugs", "Robbery"]),
      ]
    ])
    #expect(priorities.priority(partnership: "P", measure: "Drugs")?.name == "one")
    #expect(priorities.priority(partnership: "P", measure: "Robbery")?.name == "two")
    #expect(priorities.priority(partnership: "P", measure: "Burglary") == nil)
    #expect(priorities.priority(partnership: "Q", measure: "Drugs") == nil)
  }
}
