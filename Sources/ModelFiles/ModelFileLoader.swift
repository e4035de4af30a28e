import CommunitySafety
import Diagnostics
import Hashing

/// Reads the files under `Models/` into ``CommunitySafety/ReferenceData``.
///
/// Every error is a `HorizonError` of kind `.data` with file, line, column and what to do. Anchors and aliases are not
/// part of these files, and a file may have at most ``maximumBytes`` bytes: a file cannot make the program run away.
public struct ModelFileLoader {
  /// Most bytes a model file may have.
  public static let maximumBytes = 5_000_000

  /// What the files that came with the program say.
  public static func builtIn() throws -> ReferenceData { try load(overrides: [:]) }

  /// What the files say, some of them the user's own.
  ///
  /// - Parameter overrides: name, as the user gave it, and text of each file that replaces the one of the program.
  /// - Throws: `HorizonError` for the first mistake found: not YAML, an unknown, missing or repeated key, a value of the
  ///   wrong type, a repeated or unknown name, a bad date, `from` after `through`, a negative weight, weights that add up to nothing.
  public static func load(overrides: [ModelFile: (name: String, text: String)]) throws -> ReferenceData {
    func document(_ file: ModelFile) throws -> YAMLValue {
      let source = overrides[file] ?? (file.builtInName, file.builtInText)
      return try YAMLValue.document(source.text, file: source.name)
    }
    let areas = try AreasReader.read(document(.areas))
    let measures = try MeasuresReader.read(document(.measures))
    let groups = try GroupingsReader.read(document(.groupings), measures: measures)
    let names = KnownNames(
      measures: measures.map(\.name), groups: groups.map(\.name),
      identities: Dictionary((measures + groups).map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first }))
    // The partnerships of the built-in priorities need not be among the user's areas.
    let partnerships = overrides[.priorities] == nil ? nil : areas.map(\.csp)
    let harmWeights = try HarmWeightsReader.read(document(.harmWeights), names: names)
    // The built-in profiles need not find their harm weights among the user's.
    let schemes = try ScoringReader.read(
      document(.scoringProfiles), harmWeights: overrides[.scoringProfiles] == nil ? nil : harmWeights.map(\.name))
    var reference = ReferenceData(
      areas: AreaRegistry(districts: areas), measures: MeasureRegistry(measures: measures, groups: groups),
      outcomes: try OutcomesReader.read(document(.outcomes)),
      harmWeights: harmWeights,
      breaks: try breaks(overrides[.breaks], names),
      priorities: try PrioritiesReader.read(document(.priorities), names: names, partnerships: partnerships),
      sources: try SourcesReader.read(document(.sources)),
      // Nor need the districts of the built-in footprints.
      footprints: try FootprintsReader.read(
        document(.footprints), districts: overrides[.footprints] == nil ? nil : AreaRegistry(districts: areas)),
      coverage: try CoverageReader.read(document(.coverage)),
      signals: try SignalsReader.read(
        document(.signals), names: names, partnerships: overrides[.signals] == nil ? nil : areas.map(\.csp)),
      fingerprint: try SHA256.hexadecimal(
        of:
          ModelFile.allCases.flatMap { Array((overrides[$0]?.text ?? $0.builtInText).utf8) + [0] }))
    reference.scoringSchemes = schemes
    if overrides[.priorities] != nil {
      // Names that the user's measures no longer have make a difference, too.
      let shipped = try? PrioritiesReader.read(
        YAMLValue.document(ModelFile.priorities.builtInText, file: ModelFile.priorities.builtInName), names: names,
        partnerships: nil)
      let own = reference.priorities.byPartnership
      reference.priorities.edited = Set(own.keys.filter { own[$0] != shipped?.byPartnership[$0] })
    }
    reference.peerGroups = try PeerGroupsReader.read(document(.peerGroups))
    reference.impactScores = try ImpactScoresReader.read(document(.impactScores), names: names, schemes: schemes)
    return reference
  }

  /// The calendar of the program, or the user's own, which may ask for the program's entries too.
  private static func breaks(_ own: (name: String, text: String)?, _ names: KnownNames) throws -> BreakCalendar {
    func builtIn() throws -> BreakCalendar {
      let document = try YAMLValue.document(ModelFile.breaks.builtInText, file: ModelFile.breaks.builtInName)
      // The measures may be the user's own, and need not have those that the program's calendar names.
      return try BreaksReader.read(document, names: nil) { BreakCalendar(entries: []) }.asBuiltIn
    }
    guard let own else { return try builtIn() }
    return try BreaksReader.read(YAMLValue.document(own.text, file: own.name), names: names, builtIn: builtIn)
      .recognising(builtIn())
  }
}
