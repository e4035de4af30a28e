import CommunitySafety
import Testing
import TimeSeries

@testable import ModelFiles

@Suite struct OverrideTests {
  func load(_ file: ModelFile, _ text: String) throws -> ReferenceData {
    try ModelFileLoader.load(overrides: [file: (name: "my.yaml", text: text)])
  }

  @Test func aBreakIsReadWholly() throws {
    let reference = try load(
      .breaks,
      """
      breaks:
        - id: step
          from: 2025-04-01
          areas: [Cherwell, "South and Vale"]
          measures:
            - Violence and sexual offences
            - All crime (excluding ASB)
          kind: recording change
          note: "counted *and* charged & more: by rule"
          source: >-
            a letter,
            *not* public
        - {id: shut, from: 2020-03-26, through: 2020-07-03, kind: COVID restriction, note: shut}
      """)
    let entries = reference.breaks.entries
    #expect(entries.map(\.id) == ["step", "shut"])
    #expect(entries[0].areas == ["Cherwell", "South and Vale"])
    #expect(entries[0].measures == ["Violence and sexual offences", "All crime (excluding ASB)"])
    #expect(entries[0].from == CivilDate(year: 2025, month: 4, day: 1))
    #expect(entries[0].through == nil)
    #expect(entries[0].note == "counted *and* charged & more: by rule")
    #expect(entries[1].through == CivilDate(year: 2020, month: 7, day: 3))
    #expect(entries[1].areas == nil)
    #expect(entries[1].kind == .covidRestriction)
    #expect(entries[0].source == "a letter, *not* public" && !entries[0].isToBeChecked && !entries[0].isBuiltIn)
  }

  @Test func offencesAreNamedBesideMeasuresOrAlone() throws {
    let start = "breaks:\n  - id: a\n    from: 2018-04-01\n    kind: recording change\n    note: n\n"
    func measures(_ lines: String) throws -> [String]? { try load(.breaks, start + lines).breaks.entries[0].measures }
    #expect(try measures("    offences: [Stalking, 8Q]\n") == ["Stalking", "8Q"])
    #expect(try measures("    measures: [Robbery]\n    offences: [8Q]\n") == ["Robbery", "8Q"])
    #expect(try measures("    measures: [Robbery]\n") == ["Robbery"])
    #expect(try measures("") == nil)
  }

  @Test func anEntryToBeCheckedSaysSo() throws {
    let text = "breaks:\n  - {id: a, from: 2018-04-01, kind: recording change, note: new rule, to_be_checked: true}\n"
    let entry = try load(.breaks, text).breaks.entries[0]
    #expect(entry.isToBeChecked && entry.printedNote == "new rule (to be checked by the analyst)")
    #expect(try load(.breaks, text.replacing("true", with: "no")).breaks.entries[0].printedNote == "new rule")
  }

  @Test func aCalendarMayIncludeTheBuiltInOne() throws {
    let own = "  - {id: covid-2020-spring, from: 2020-03-01, kind: recording change, note: mine}\n"
    let builtIn = try ModelFileLoader.builtIn().breaks
    let both = try load(.breaks, "include: built-in\nbreaks:\n" + own).breaks.entries
    #expect(both.count == builtIn.entries.count)
    #expect(both.last?.note == "mine" && both.dropLast().allSatisfy(\.isBuiltIn) && both.last?.isBuiltIn == false)
    #expect(both.count { $0.id == "covid-2020-spring" } == 1)
    #expect(try load(.breaks, "breaks:\n" + own).breaks.entries.count == 1)
    #expect(try load(.breaks, "include: built-in\nbreaks:\n").breaks == builtIn)
  }

  @Test func theBuiltInCalendarNeedsNoneOfTheUsersMeasures() throws {
    let text = ModelFile.measures.builtInText
    let renamed = text.replacing("name: Public order\n", with: "name: Order\n")
    #expect(renamed != text)
    #expect(throws: Never.self) {
      try ModelFileLoader.load(overrides: [
        .measures: ("m.yaml", renamed),
        .groupings: ("g.yaml", ModelFile.groupings.builtInText.replacing("Public order", with: "Order")),
        .harmWeights: ("h.yaml", ModelFile.harmWeights.builtInText.replacing("Public order", with: "Order")),
        .priorities: ("p.yaml", ModelFile.priorities.builtInText.replacing("Public order", with: "Order")),
      ])
    }
  }

  @Test(arguments: ["breaks:\n", "breaks: []\n", "breaks:\n  # - all taken out\n", "\u{FEFF}breaks: []\r\n"])
  func aCalendarMayBeEmpty(text: String) throws {
    #expect(try load(.breaks, text).breaks.entries.isEmpty)
  }

  @Test func lineEndsOfWindowsAreRead() throws {
    let text = ModelFile.measures.builtInText.replacing("\n", with: "\r\n")
    #expect(try load(.measures, text).measures.measures == ModelFileLoader.builtIn().measures.measures)
  }

  @Test func areasOfOnesOwnReplaceTheBuiltInOnes() throws {
    let areas = try load(.areas, "districts:\n  - {name: North, code: N1, csp: North, force: a-b}\n").areas
    #expect(areas.districts == [.init(name: "North", code: "N1", csp: "North", force: "a-b")])
  }
}
