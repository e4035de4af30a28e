import CommunitySafety
import Diagnostics
import Testing

@testable import ModelFiles

/// A mistake in a model file and the message it must get.
struct Mistake: CustomTestStringConvertible, Sendable {
  let file: ModelFile
  let text: String
  let line: Int
  let says: [String]
  var testDescription: String { "\(file): \(says.joined(separator: ", "))" }

  init(_ file: ModelFile, line: Int, says: String..., text: String) {
    (self.file, self.text, self.line, self.says) = (file, text, line, says)
  }
}

/// A footprint file with these areas on its second line.
private func footprint(_ areas: String) -> String {
  "footprints:\n  - {id: a, name: A, kind: authority, source: s, areas: \(areas)}\n"
}

/// The scoring profiles that are built in, with one line of them another.
private func scoring(_ line: String, _ other: String) -> String {
  let text = ModelFile.scoringProfiles.builtInText
  precondition(text.contains(line), "the file has no such line")
  return text.replacing(line, with: other, maxReplacements: 1)
}

/// A file of one priority with this said of it, on its fourth line.
private func priority(_ more: String) -> String {
  "partnerships:\n  - csp: Cherwell\n    priorities:\n      - {name: A, measures: [], \(more)}\n"
}

private let lastPart = """
        - part: forecast
          cuts:
            - {from: 0, level: 1}
            - {from: 0.225, level: 2}
            - {from: 0.5, level: 3}
            - {from: 0.775, level: 4}

  """

@Suite struct ErrorTests {
  static let mistakes: [Mistake] = [
    // Scoring profiles.
    Mistake(.scoringProfiles, line: 1, says: "no scoring profile", text: "profiles: []\n"),
    Mistake(
      .scoringProfiles, line: 30, says: "no key 'verson'", "'version' was meant",
      text: scoring("    version: \"2026.1\"", "    verson: \"2026.1\"")),
    Mistake(
      .scoringProfiles, line: 96, says: "weights of the dimensions add up to nothing", "above 0",
      text: scoring("{id: overall, name: Impact}", "{id: overall, name: Impact, weight: 0}")),
    Mistake(
      .scoringProfiles, line: 47, says: "no set of harm weights 'cchi-2062'", "'cchi-2026' was meant",
      text: scoring("weights: cchi-2026", "weights: cchi-2062")),
    Mistake(
      .scoringProfiles, line: 54, says: "no part 'volum'", "'volume' was meant",
      text: scoring("- part: volume", "- part: volum")),
    Mistake(
      .scoringProfiles, line: 56, says: "cuts do not rise", "least to the greatest",
      text: scoring("{from: 60, level: 2}", "{from: 600, level: 2}")),
    Mistake(
      .scoringProfiles, line: 49, says: "no level of this profile",
      text: scoring("{from: 5, level: 2}", "{from: 5, level: 3}")),
    Mistake(
      .scoringProfiles, line: 55, says: "one part of likelihood, and here are 4",
      text: scoring("    impact:\n", "    matrix: true\n    impact:\n")),
    Mistake(
      .scoringProfiles, line: 54, says: "has no forecast", "part: forecast",
      text: scoring(lastPart + "    bands:", "    bands:")),
    // Impact as people scored it.
    Mistake(
      .impactScores, line: 2, says: "'scorer' is missing",
      text:
        "scores:\n  - {place: A, measure: Robbery, profile: four-by-four, date: 2026-07-14, reason: r, impact: {overall: 4}}\n"
    ),
    Mistake(
      .impactScores, line: 2, says: "no scoring profile '4x4'", "impact-likelihood, four-by-four",
      text:
        "scores:\n  - {place: A, measure: Robbery, profile: 4x4, scorer: s, date: 2026-07-14, reason: r, impact: {overall: 4}}\n"
    ),
    Mistake(
      .impactScores, line: 2, says: "no level of four-by-four", "4 (critical)",
      text:
        "scores:\n  - {place: A, measure: Robbery, profile: four-by-four, scorer: s, date: 2026-07-14, reason: r, impact: {overall: 5}}\n"
    ),
    // Whom a place is compared with.
    Mistake(
      .peerGroups, line: 2, says: "'source' is missing", text: "groups:\n  - {name: A, areas: [Oxford, Exeter]}\n"),
    Mistake(
      .peerGroups, line: 2, says: "no peers but itself",
      text: "groups:\n  - {name: A, areas: [Oxford], for: Oxford, source: s}\n"),
    Mistake(
      .peerGroups, line: 3, says: "Oxford is compared with 'A' already",
      text:
        "groups:\n  - {name: A, areas: [Oxford, Exeter], source: s}\n  - {name: B, for: Oxford, areas: [Norwich], source: s}\n"
    ),
    Mistake(
      .peerGroups, line: 2, says: "'Oxford'", text: "groups:\n  - {name: A, areas: [Oxford, Oxford], source: s}\n"),
    // YAML itself.
    Mistake(.measures, line: 1, says: "empty", text: ""),
    Mistake(.measures, line: 1, says: "empty", text: "# only a comment\n"),
    Mistake(.measures, line: 2, says: "not valid YAML", text: "measures:\n\t- name: A\n"),
    Mistake(.measures, line: 3, says: "not valid YAML", text: "measures:\n  - name: A\n    note: b: c\n"),
    Mistake(.measures, line: 2, says: "'name' stands twice", text: "measures:\n  - name: A\n    name: B\n"),
    Mistake(.measures, line: 2, says: "another document", text: "measures: []\n---\nmeasures: []\n"),
    Mistake(.measures, line: 2, says: "cannot be read", text: "measures:\n  - name: \u{1}\n"),
    // Keys and types.
    Mistake(.measures, line: 1, says: "keys and values", text: "just a text\n"),
    Mistake(.measures, line: 1, says: "'measurs'", "'measures' was meant", text: "measurs: []\n"),
    Mistake(.measures, line: 1, says: "must be a list", text: "measures: 3\n"),
    Mistake(
      .measures, line: 4, says: "no key 'polarty'", "'polarity' was meant",
      text: "# é\nmeasures:\n  - name: A\n    polarty: neither\n"),
    Mistake(.measures, line: 2, says: "'polarity' is missing", text: "measures:\n  - name: A\n"),
    Mistake(.measures, line: 2, says: "name is empty", text: "measures:\n  - {name: , polarity: neither}\n"),
    Mistake(.measures, line: 2, says: "name must be a text", text: "measures:\n  - {name: [A], polarity: neither}\n"),
    Mistake(
      .measures, line: 2, says: "no polarity 'up'", "lower is better, higher",
      text: "measures:\n  - {name: A, polarity: up}\n"
    ),
    Mistake(
      .measures, line: 2, says: "true or false", text: "measures:\n  - {name: A, polarity: neither, is_crime: maybe}\n"),
    Mistake(
      .measures, line: 3, says: "measure 'A' stands twice", "line 2",
      text: "measures:\n  - {name: A, polarity: neither}\n  - {name: A, polarity: neither}\n"),
    // Footprints.
    Mistake(
      .footprints, line: 2, says: "'areas' is missing",
      text: "footprints:\n  - {id: a, name: A, kind: authority, source: s}\n"),
    Mistake(.footprints, line: 2, says: "no areas", text: footprint("[]")),
    Mistake(
      .footprints, line: 2, says: "no kind of area 'unitary'", "district, csp, authority",
      text: "footprints:\n  - {id: a, name: A, kind: unitary, source: s, areas: [{name: X, districts: [E07000177]}]}\n"),
    Mistake(
      .footprints, line: 3, says: "id 'a' stands twice", "line 2",
      text: "footprints:\n"
        + ["a", "A"].map {
          "  - {id: \($0), name: A, kind: authority, source: s, areas: [{name: X, districts: [E07000177]}]}\n"
        }.joined()),
    Mistake(
      .footprints, line: 2, says: "no spaces",
      text:
        "footprints:\n  - {id: a b, name: A, kind: authority, source: s, areas: [{name: X, districts: [E07000177]}]}\n"),
    Mistake(
      .footprints, line: 2, says: "through lies before from",
      text:
        "footprints:\n  - {id: a, name: A, kind: csp, source: s, from: 2020-01-02, through: 2020-01-01, areas: [{name: X, districts: [E07000177]}]}\n"
    ),
    Mistake(
      .footprints, line: 2, says: "area 'X' stands twice",
      text: footprint("[{name: X, districts: [E07000177]}, {name: X, districts: [E07000178]}]")),
    Mistake(
      .footprints, line: 2, says: "E07000177 is in two areas, 'X' and 'Y'",
      text: footprint("[{name: X, districts: [E07000177]}, {name: Y, districts: [E07000177]}]")),
    Mistake(
      .footprints, line: 2, says: "E01000001 is in two areas",
      text: footprint("[{name: X, lsoas: [E01000001]}, {name: Y, lsoas: [E01000001]}]")),
    Mistake(
      .footprints, line: 2, says: "E07000177 stands twice in 'X'",
      text: footprint("[{name: X, districts: [E07000177, E07000177]}]")),
    Mistake(
      .footprints, line: 2, says: "no district 'E07099177'", text: footprint("[{name: X, districts: [E07099177]}]")),
    Mistake(
      .footprints, line: 2, says: "no ONS code", "Write its code, E07000178",
      text: footprint("[{name: X, districts: [Oxford]}]")),
    Mistake(
      .footprints, line: 2, says: "Wycombe, E07000007, is a district that ended", "E06000060, Buckinghamshire",
      text: footprint("[{name: X, districts: [E07000007]}]")),
    Mistake(.footprints, line: 2, says: "no ONS code of an LSOA", text: footprint("[{name: X, lsoas: [E02000001]}]")),
    Mistake(.footprints, line: 2, says: "'X' is made of nothing", text: footprint("[{name: X}]")),
    Mistake(
      .footprints, line: 2, says: "an area has no key 'district'", "'districts' was meant",
      text: footprint("[{name: X, district: [E07000177]}]")),
    Mistake(.footprints, line: 2, says: "must be a list", text: footprint("[{name: X, lsoas: file}]")),
    // Areas.
    Mistake(
      .areas, line: 3, says: "district 'A' stands twice",
      text: "districts:\n  - {name: A, code: 1, csp: A, force: f}\n  - {name: A, code: 2, csp: A, force: f}\n"),
    Mistake(
      .areas, line: 3, says: "code '1' stands twice", "line 2",
      text: "districts:\n  - {name: A, code: 1, csp: A, force: f}\n  - {name: B, code: 1, csp: A, force: f}\n"),
    Mistake(
      .areas, line: 2, says: "whole number",
      text: "districts:\n  - {name: A, code: 1, csp: A, force: f, population: many}\n"),
    Mistake(
      .areas, line: 2, says: "whole number",
      text: "districts:\n  - {name: A, code: 1, csp: A, force: f, population: 99999999999999999999}\n"),
    Mistake(
      .areas, line: 2, says: "small letters", "Write devon-and-cornwall",
      text: "districts:\n  - {name: A, code: 1, csp: A, force: Devon & Cornwall}\n"),
    Mistake(
      .areas, line: 4, says: "no district 'Cherwel'", "'Cherwell' was meant",
      text:
        "districts:\n  - {name: Cherwell, code: 1, csp: A, force: f}\nformer:\n  - {name: B, code: 2, successor: Cherwel}\n"
    ),
    Mistake(
      .areas, line: 4, says: "ended lies before began", "Set the last day on or after the first",
      text:
        "districts:\n  - {name: C, code: 1, csp: A, force: f}\nformer:\n  - {name: B, code: 2, successor: C, began: 2020-04-01, ended: 2019-03-31}\n"
    ),
    // Groups.
    Mistake(
      .groupings, line: 3, says: "no measure 'Burglry'", "'Burglary' was meant",
      text: "groups:\n  - name: G\n    members: [Burglry]\n"),
    Mistake(
      .groupings, line: 2, says: "no measure 'Zebra crossings'", "Add it to measures.yaml",
      text: "groups:\n  - {name: G, members: [Zebra crossings]}\n"),
    Mistake(.groupings, line: 2, says: "no members", text: "groups:\n  - {name: G, members: []}\n"),
    Mistake(
      .groupings, line: 2, says: "'Drugs' stands twice", text: "groups:\n  - {name: G, members: [Drugs, Drugs]}\n"),
    Mistake(
      .groupings, line: 2, says: "a measure is called 'Drugs'", text: "groups:\n  - {name: Drugs, members: [Drugs]}\n"),
    // Weights.
    Mistake(
      .harmWeights, line: 5, says: "weight of Drugs is negative",
      text: "sets:\n  - {name: s, unit: u,\n     source: x,\n     weights: {Robbery: 2,\n     Drugs: -1}}\n"),
    Mistake(
      .harmWeights, line: 2, says: "must be a number",
      text: "sets:\n  - {name: s, unit: u, source: x, weights: {Drugs: nan}}\n"),
    Mistake(
      .harmWeights, line: 2, says: "no measure 'Drug'", "'Drugs' was meant",
      text: "sets:\n  - {name: s, unit: u, source: x, weights: {Drug: 1}}\n"),
    Mistake(
      .harmWeights, line: 2, says: "'Drugs' stands twice",
      text: "sets:\n  - {name: s, unit: u, source: x, weights: {Drugs: 1}, unweighted: {Drugs: why}}\n"),
    Mistake(.harmWeights, line: 1, says: "no set of weights", text: "sets: []\n"),
    // Coverage.
    Mistake(
      .coverage, line: 2, says: "from is no month", "2019-07",
      text: "coverage:\n  - {force: gwent, from: soon, state: absent, note: n, source: s}\n"),
    Mistake(
      .coverage, line: 2, says: "through lies before from",
      text: "coverage:\n  - {force: gwent, from: 2019-07, through: 2019-06, state: absent, note: n, source: s}\n"),
    Mistake(
      .coverage, line: 2, says: "no state 'gone'", "absent, partial",
      text: "coverage:\n  - {force: gwent, from: 2019-07, state: gone, note: n, source: s}\n"),
    Mistake(
      .coverage, line: 3, says: "in another entry too",
      text:
        "coverage:\n  - {force: gwent, from: 2019-01, through: 2019-09, state: absent, note: n, source: s}\n  - {force: gwent, from: 2019-09, state: absent, note: m, source: s}\n"
    ),
    // Breaks.
    Mistake(
      .breaks, line: 3, says: "from is not a date",
      text: "breaks:\n  - id: a\n    from: 2025-02-30\n    kind: recording change\n    note: n\n"),
    Mistake(
      .breaks, line: 4, says: "through lies before from",
      text:
        "breaks:\n  - id: a\n    from: 2025-02-03\n    through: 2025-02-02\n    kind: recording change\n    note: n\n"),
    Mistake(
      .breaks, line: 4, says: "no kind of break 'lockdown'", "recording change, boundary change, COVID restriction",
      text: "breaks:\n  - id: a\n    from: 2025-02-03\n    kind: lockdown\n    note: n\n"),
    Mistake(
      .breaks, line: 2, says: "no measure 'Robbry'", "'Robbery' was meant",
      text: "breaks:\n  - {id: a, from: 2025-02-03, kind: recording change, note: n, measures: [Robbry]}\n"),
    Mistake(
      .breaks, line: 3, says: "id 'a' stands twice", "line 2",
      text:
        "breaks:\n  - {id: a, from: 2025-02-03, kind: recording change, note: n}\n  - {id: a, from: 2025-02-03, kind: recording change, note: n}\n"
    ),
    Mistake(
      .breaks, line: 2, says: "areas is empty",
      text: "breaks:\n  - {id: a, from: 2025-02-03, kind: recording change, note: n, areas: []}\n"),
    Mistake(
      .breaks, line: 2, says: "offences is empty",
      text: "breaks:\n  - {id: a, from: 2025-02-03, kind: recording change, note: n, offences: []}\n"),
    Mistake(
      .breaks, line: 2, says: "to_be_checked must be true or false",
      text: "breaks:\n  - {id: a, from: 2025-02-03, kind: recording change, note: n, to_be_checked: later}\n"),
    Mistake(
      .breaks, line: 1, says: "include the built-in one only", "include: built-in",
      text: "include: national\nbreaks: []\n"),
    Mistake(
      .breaks, line: 2, says: "no spaces",
      text: "breaks:\n  - {id: a b, from: 2025-02-03, kind: recording change, note: n}\n"),
    // Priorities.
    Mistake(
      .priorities, line: 2, says: "no partnership 'Cherwel'", "'Cherwell' was meant",
      text: "partnerships:\n  - {csp: Cherwel, priorities: []}\n"),
    Mistake(
      .priorities, line: 4, says: "has one owner", "under note",
      text: priority("owner: [A. Name, B. Name]")),
    Mistake(.priorities, line: 4, says: "has one owner", text: priority("owner: A. Name; B. Name")),
    Mistake(.priorities, line: 4, says: "'owner' stands twice", text: priority("owner: A, owner: B")),
    Mistake(
      .priorities, line: 4, says: "no status 'curent'", "'current' was meant", text: priority("status: curent")),
    Mistake(
      .priorities, line: 4, says: "review lies before from",
      text: priority("from: 2026-04-01, review: 2025-04-01")),
    Mistake(.priorities, line: 4, says: "'holder' is missing", text: priority("needs: [{source: s}]")),
    Mistake(
      .priorities, line: 4, says: "no pestelo 'socail'", "'social' was meant", text: priority("pestelo: [socail]")),
    Mistake(
      .priorities, line: 5, says: "the id 'a' stands twice", "line 4",
      text:
        "partnerships:\n  - csp: Cherwell\n    priorities:\n      - {name: A, measures: [], id: a}\n      - {name: B, measures: [], id: a}\n"
    ),
    // Areas.
    Mistake(
      .areas, line: 2, says: "population is 0", "leave the line out",
      text: "districts:\n  - {name: A, code: E1, csp: A, force: a, population: 0}\n"),
    Mistake(
      .priorities, line: 4, says: "no measure 'Hate'",
      text: "partnerships:\n  - csp: Cherwell\n    priorities:\n      - {name: Hate, measures: [Hate]}\n"),
  ]

  @Test(arguments: mistakes) func eachMistakeIsNamedWithItsLine(_ mistake: Mistake) throws {
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [mistake.file: (name: "my.yaml", text: mistake.text)])
    }
    #expect(error.kind == .data)
    #expect(error.location?.file == "my.yaml")
    #expect(error.location?.line == mistake.line, "\(error)")
    #expect(error.remedy != nil, "\(error)")
    for words in mistake.says { #expect(error.description.contains(words), "\(error)") }
  }

  @Test func columnsCountFromOneInCharacters() throws {
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [
        .measures: (name: "m", text: "measures:\n  - {name: \"é\", polarity: neither, colour: red}\n")
      ])
    }
    #expect(error.location == .init(file: "m", line: 2, column: 36))
    #expect(error.description.hasPrefix("m:2:36: a measure has no key 'colour'. "))
  }

  @Test func aMeasureTakenAwayIsReportedWhereABuiltInFileNeedsIt() throws {
    let error = try #require(throws: HorizonError.self) {
      try ModelFileLoader.load(overrides: [
        .measures: (name: "m", text: "measures:\n  - {name: Drugs, polarity: neither}\n")
      ])
    }
    #expect(error.location?.file == "groupings.yaml (built in)")
  }
}
