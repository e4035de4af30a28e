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
