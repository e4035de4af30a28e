import Testing

@testable import CommunitySafety

@Suite struct MeasureRegistryTests {
  let registry = MeasureRegistry(
    measures: [
      Measure(name: "Anti-social behaviour", polarity: .lowerIsBetter, isCrime: false, caveat: "incidents"),
      Measure(name: "Drugs", polarity: .neither, isCrime: true),
    ], groups: [.group(name: "G", members: ["Drugs"], proxyReason: "why"), .group(name: "H", members: [])])

  @Test func nothingIsGuessedOfAMeasureThatNoFileKnows() {
    #expect(registry.measure("Anti-social behaviour", kind: .count).isCrime == false)
    #expect(registry.measure("Drugs", kind: .count).polarity == .neither)
    let unknown = registry.measure("Zebra", kind: .count)
    #expect(unknown.polarity == .neither && !unknown.isKnown && !unknown.isCrime && unknown.name == "Zebra")
    // Two names that no file knows are two measures, however alike.
    #expect(registry.measure("a/b", kind: .count).id != registry.measure("a b", kind: .count).id)
  }

  @Test func aGroupIsOneMeasureByNameLabelAndIdentity() {
    let group = registry.measure(named: "G")
    #expect(group?.members == [MeasureID("drugs")])
    #expect(registry.measure(named: "G (proxy)")?.id == group?.id)
    #expect(group.flatMap { registry[$0.id] } == group)
  }

  @Test func aShareUnderTheNameOfACountIsNotThatCount() {
    let share = registry.measure("Drugs", kind: .proportion)
    #expect(!share.isKnown && share.kind == .proportion && share.id != registry.measure("Drugs", kind: .count).id)
  }

  @Test func sharesOfKnownMeasuresAreKnownWithThem() {
    let detected = registry.measure(OutcomeClasses.detectedMeasure(of: "Drugs"), kind: .proportion)
    #expect(detected.isKnown && detected.polarity == .higherIsBetter && detected.kind == .proportion)
    #expect(detected.caveat?.isEmpty == false)
    let repeats = registry.measure("Anti-social behaviour: repeats by person", kind: .proportion)
    #expect(repeats.isKnown && repeats.polarity == .lowerIsBetter)
    #expect(!registry.measure("Zebra (detected)", kind: .proportion).isKnown)
    #expect(!registry.measure("Drugs (detected)", kind: .count).isKnown)
  }

  /// Of a group whose members are not all there the share would be another thing.
  @Test func aGroupIsDetectedWhereAllItsMembersAre() throws {
    let names = ["Drugs", "Robbery"]
    let registry = MeasureRegistry(
      measures: names.map { Measure(name: $0, polarity: .lowerIsBetter, isCrime: true) },
      groups: [.group(name: "G", members: names)])
    let shares = names.map(OutcomeClasses.detectedMeasure)
    #expect(registry.withDetectedGroups(among: [shares[0]]).groups == registry.groups)
    let derived = try #require(registry.withDetectedGroups(among: shares).groups.last)
    #expect(derived.kind == .proportion && derived.members?.count == 2 && derived.polarity == .higherIsBetter)
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
    let (drugs, robbery) = (MeasureID("drugs"), MeasureID("robbery"))
    let priorities = LocalPriorities(byPartnership: [
      "P": [
        .init(name: "none", measures: []), .init(name: "one", measures: [drugs], note: "a part of it"),
        .init(name: "two", measures: [drugs, robbery]),
      ]
    ])
    #expect(priorities.priority(partnership: "P", measure: drugs)?.name == "one")
    #expect(priorities.priority(partnership: "P", measure: robbery)?.name == "two")
    #expect(priorities.priority(partnership: "P", measure: MeasureID("burglary")) == nil)
    #expect(priorities.priority(partnership: "Q", measure: drugs) == nil)
  }
}
