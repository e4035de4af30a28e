import Foundation
import Testing

@Suite struct ScorecardCommandTests {
  /// Writes files, runs in their folder.
  private func run(_ arguments: [String], _ files: [String: String] = [:], in folder: URL) throws -> HorizonProcess {
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return try HorizonProcess(arguments, in: folder)
  }

  private func text(_ path: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  private let register = """
    sources:
      - {id: made, name: Made, matches: ["*.csv"], owner: us, sharing: public, retention: no limit, cadence: monthly, supports: [counts], cannot_support: [nothing], licence: none}

    """

  /// A quarter in full: pages, data, slots that nobody writes over, and comments that come back.
  @Test func aScorecardKeepsWhatPeopleWrote() throws {
    try withTemporaryFolder { folder in
      let first = try run(
        ["scorecard", "counts.csv", "--quarter", "2023/24-Q3", "--out", "card"], ["counts.csv": longTable()], in: folder
      )
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(first.errors.contains("2023/24-Q3: "))
      for path in [
        "index.html", "measures/burglary.html", "register.html", "scorecard.csv", "scorecard.json",
        "schemas/scorecard.csv.schema.json",
      ] {
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("card/\(path)").path), "\(path)")
      }
      let page = try text("card/index.html", in: folder)
      #expect(page.contains("stayed ordinary") && page.contains("no data yet: ask "))
      let again = try run(["scorecard", "counts.csv", "--quarter", "2023/24-Q3", "--out", "card"], in: folder)
      #expect(again.exitCode == 0)
      let edited = """
        comments:
          - {quarter: 2023/24-Q2, measure: Burglary, cause: "Keys left in doors.", action: Leaflets., by: "A. Name"}
          - {quarter: 2023/24-Q2, measure: Arson, cause: None., by: "A. Name"}

        """
      let refused = try run(
        ["scorecard", "counts.csv", "--quarter", "2023/24-Q3", "--out", "card"], ["card/comments.yaml": edited],
        in: folder)
      #expect(refused.exitCode == 73 && refused.errors.contains("comments.yaml has been edited"))
      #expect(try text("card/comments.yaml", in: folder) == edited)
      let carried = try run(
        ["scorecard", "counts.csv", "--quarter", "2023/24-Q3", "--comments", "card/comments.yaml", "--out", "next"],
        in: folder)
      #expect(carried.exitCode == 0 && carried.errors.contains("no figure is called Arson"))
      #expect(try text("next/scorecard.csv", in: folder).contains("Keys left in doors."))
      #expect(try text("next/comments.yaml", in: folder).contains("Keys left in doors."))
    }
  }

  /// Where nothing could be judged nothing is called ordinary, and there is no "No exceptions".
  @Test func whatCouldNotBeJudgedIsNoGoodNews() throws {
    try withTemporaryFolder { folder in
      for (areas, said) in [
        (["North"], "The one figure could not be judged"), (["North", "South"], "figures could be judged"),
      ] {
        let made = try run(
          ["scorecard", "short.csv", "--out", "card"], ["short.csv": longTable(areas: areas, months: 9)], in: folder)
        #expect(made.exitCode == 0 && made.errors.contains(" 0 figures judged"), "\(made.errors)")
        let page = try text("card/index.html", in: folder)
        #expect(page.contains("Nothing could be judged") && page.contains(said), "\(said)")
        #expect(!page.contains("No exceptions") && !page.contains("stayed ordinary"))
      }
    }
  }

  /// Burglary doubles over its last year, so that there is an exception with a page of its own.
  private var rising: String {
    var text = "unique_id,ds,y\n"
    for area in ["North", "South"] {
      for month in 0..<72 {
        let count = (month >= 60 ? 80 : 40) + (month * 7 + area.utf8.count) % 5
        text += "\(area)|Burglary,\(2018 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-01,\(count)\n"
      }
    }
    return text
  }

  /// Every link and picture of every page leads to a file of the folder, and every anchor to an element.
  @Test(arguments: [["scorecard"], ["scorecard", "--publish", "--sources", "sources.yaml"], ["annual"]])
  func everyLinkLeadsSomewhere(_ command: [String]) throws {
    try withTemporaryFolder { folder in
      let made = try run(
        [command[0], "counts.csv"] + command.dropFirst() + ["--out", "made", "--year-begins", "1"],
        ["counts.csv": rising, "sources.yaml": register], in: folder)
      #expect(made.exitCode == 0, "\(made.errors)")
      let root = folder.appendingPathComponent("made").standardizedFileURL
      let paths = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
      let pages = paths.filter { $0.hasSuffix(".html") }.sorted()
      #expect(command[0] == "annual" || pages.contains("measures/burglary.html"))
      var links = 0
      for page in pages {
        let source = try text("made/\(page)", in: folder)
        for match in source.matches(of: /(?:href|src)="([^"]*)"/) {
          let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
          let target =
            parts[0].isEmpty
            ? root.appendingPathComponent(page)
            : root.appendingPathComponent(page).deletingLastPathComponent().appendingPathComponent(String(parts[0]))
          let file = target.standardizedFileURL
          #expect(file.path.hasPrefix(root.path), "\(page) -> \(match.1)")
          guard FileManager.default.fileExists(atPath: file.path) else {
            Issue.record("\(page) -> \(match.1)")
            continue
          }
          if parts.count == 2 {
            let aim = try String(contentsOf: file, encoding: .utf8)
            #expect(aim.contains("id=\"\(parts[1])\""), "\(page) -> \(match.1)")
          }
          links += 1
        }
      }
      #expect(links > pages.count)
      if command[0] == "scorecard" {
        let own = try text("made/measures/burglary.html", in: folder)
        #expect(own.contains("Nobody has said yet") == (command.count == 1))
        #expect(try text("made/index.html", in: folder).contains("finding-burglary"))
      }
    }
  }

  /// Files that people wrote are told from the manifest as inputs are.
  @Test func theManifestNamesWhatPeopleWrote() throws {
    try withTemporaryFolder { folder in
      let targets = "targets:\n  - {measure: Burglary, figure: count, side: at most, value: 500, by: 2023/24}\n"
      let comments = "comments:\n  - {quarter: 2023/24-Q3, measure: Burglary, cause: Keys., by: A}\n"
      func manifest(_ comments: String) throws -> String {
        let made = try run(
          ["scorecard", "counts.csv", "--targets", "t.yaml", "--comments", "c.yaml", "--out", "card"],
          ["counts.csv": longTable(), "t.yaml": targets, "c.yaml": comments], in: folder)
        #expect(made.exitCode == 0, "\(made.errors)")
        let text = try text("card/manifest.json", in: folder)
        try FileManager.default.removeItem(at: folder.appendingPathComponent("card"))
        return text
      }
      let first = try manifest(comments)
      #expect(first.contains("\"name\" : \"t.yaml\"") && first.contains("\"name\" : \"c.yaml\""), "\(first)")
      #expect(first.contains("\"quarter\" : \"2023/24-Q3\""))
      #expect(try manifest(comments) == first)
      // Another remark that no page shows: only its file's hash tells.
      #expect(try manifest(comments + "# later\n") != first)
    }
  }

  /// A target that is over is met or missed; one that is not may be beyond its figure already.
  @Test func whatIsOverIsNotSaidToBeOpen() throws {
    try withTemporaryFolder { folder in
      let run = try run(
        ["scorecard", "counts.csv", "--targets", "t.yaml", "--out", "card"],
        [
          "counts.csv": longTable(),
          "t.yaml":
            "targets:\n  - {measure: Burglary, figure: count, side: at most, value: 5, by: 2023/24, wording: T1}\n  - {measure: Burglary, figure: count, side: at most, value: 5, by: 2022/23, wording: T2}\n  - {measure: Burglary, figure: count, side: at least, value: 100000, by: 2022/23, wording: T3}\n  - {measure: Burglary, figure: count, side: at least, value: 5, by: 2023/24, wording: T4}\n",
        ], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      let page = try text("card/index.html", in: folder)
      func row(_ name: String) throws -> Substring {
        let start = try #require(page.range(of: ">\(name)<")).upperBound
        return page[start...].prefix(upTo: try #require(page[start...].range(of: "</tr>")).lowerBound)
      }
      #expect(try row("T1").contains("missed, even if nothing more is recorded"))
      for name in ["T2", "T3"] {
        #expect(try row(name).contains(">missed<") && !row(name).contains("nothing more"))
      }
      #expect(try row("T4").contains("met, whatever is still recorded"))
    }
  }

  @Test func mistakesSayWhere() throws {
    try withTemporaryFolder { folder in
      let late = try run(
        ["scorecard", "counts.csv", "--quarter", "2030/31-Q1", "--out", "card"], ["counts.csv": longTable()], in: folder
      )
      #expect(late.exitCode == 65 && late.errors.contains("has nothing of 2030/31-Q1"))
      #expect(try run(["scorecard", "counts.csv", "--quarter", "2023-Q3"], in: folder).exitCode == 64)
      let twice = try run(
        ["scorecard", "counts.csv", "--comments", "c.yaml"],
        [
          "c.yaml":
            "comments:\n  - {quarter: 2023/24-Q3, measure: Burglary, by: A}\n  - {quarter: 2023/24-Q3, measure: Burglary, by: B}\n"
        ],
        in: folder)
      #expect(twice.exitCode == 65 && twice.errors.contains("c.yaml:3") && twice.errors.contains("line 2 and line 3"))
      let baseline = try run(
        ["scorecard", "counts.csv", "--targets", "t.yaml"],
        ["t.yaml": "targets:\n  - {measure: Burglary, figure: change, side: at most, value: -0.05, by: 2023/24}\n"],
        in: folder)
      #expect(
        baseline.exitCode == 65 && baseline.errors.contains("t.yaml:2") && baseline.errors.contains("no baseline"))
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("scorecard").path))
    }
  }

  /// Targets stand on page one, and a wording that leaves the side open is shown both ways.
  @Test func targetsAreShown() throws {
    try withTemporaryFolder { folder in
      let run = try run(
        ["scorecard", "counts.csv", "--targets", "t.yaml", "--out", "card"],
        [
          "counts.csv": longTable(),
          "t.yaml":
            "targets:\n  - {measure: Burglary, figure: change, side: at most, value: -0.05, by: 2023/24, baseline: 2022/23, wording: \"Burglary -5 %\"}\n  - {measure: Burglary, figure: count, side: ask, value: 500, by: 2023/24, wording: not below 500}\n",
        ], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      let page = try text("card/index.html", in: folder)
      #expect(page.contains("Burglary -5 %") && page.contains("does not say which side"))
      #expect(page.contains("if at most: ") && page.contains("if at least: "))
    }
  }

  /// For the public only what is public, by quarter, and no comments.
  @Test func aPublicationIsOfPublicSources() throws {
    try withTemporaryFolder { folder in
      let refused = try run(
        ["scorecard", "counts.csv", "--publish", "--out", "card"],
        ["counts.csv": longTable(), "sources.yaml": register], in: folder)
      #expect(refused.exitCode == 65 && refused.errors.contains("--audience public"))
      let made = try run(
        ["scorecard", "counts.csv", "--publish", "--sources", "sources.yaml", "--out", "card"], in: folder)
      #expect(made.exitCode == 0, "\(made.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("card/comments.yaml").path))
      #expect(!(try text("card/manifest.json", in: folder)).contains("counted"))
      #expect(!(try text("card/index.html", in: folder)).contains("Nobody has said yet"))
    }
  }

  @Test func theAnnualReportScoresLastYearsForecasts() throws {
    try withTemporaryFolder { folder in
      let made = try run(
        ["annual", "counts.csv", "--year", "2022/23", "--out", "annual"], ["counts.csv": longTable()], in: folder)
      #expect(made.exitCode == 0, "\(made.errors)")
      let page = try text("annual/index.html", in: folder)
      #expect(page.contains("Came as foreseen: ") && page.contains("Did not come as foreseen"))
      let early = try run(["annual", "counts.csv", "--year", "2019/20"], in: folder)
      #expect(early.exitCode == 65)
      let late = try run(["annual", "counts.csv", "--year", "2023/24"], in: folder)
      #expect(late.exitCode == 65 && late.errors.contains("has nothing of 2023/24-Q4"))
    }
  }

  @Test func anEvaluationIsARowAMeasure() throws {
    try withTemporaryFolder { folder in
      let counts = longTable(areas: ["North", "South", "East", "West"])
      let made = try run(
        [
          "evaluate", "counts.csv", "--treated", "North", "--control", "South,East", "--from", "2023-06", "--page",
          "page.html", "--format", "csv",
        ],
        ["counts.csv": counts], in: folder)
      #expect(made.exitCode == 0, "\(made.errors)")
      #expect(
        made.output.hasPrefix("measure,treated,control,") && made.output.contains("\nBurglary,North,South; East,"))
      #expect(try text("page.html", in: folder).contains("Weighted displacement difference"))
      let plan = try run(
        [
          "evaluate", "counts.csv", "--treated", "North", "--control", "South", "--plan", "--measure", "Burglary",
          "--format", "csv",
        ], in: folder)
      #expect(plan.exitCode == 0 && plan.output.contains("detectable_fall"))
      for months in ["0", "100000000000"] {
        let endless = try run(
          ["evaluate", "counts.csv", "--treated", "North", "--control", "South", "--plan", "--months", months],
          in: folder)
        #expect(endless.exitCode == 64 && endless.errors.contains("--months must be from 1 to 600"))
      }
      let twice = try run(
        ["evaluate", "counts.csv", "--treated", "North", "--control", "North", "--from", "2023-06"], in: folder)
      #expect(twice.exitCode == 64 && twice.errors.contains("its own control"))
      let near = try run(
        ["evaluate", "counts.csv", "--treated", "Nort", "--control", "South", "--from", "2023-06"], in: folder)
      #expect(near.exitCode == 64 && near.errors.contains("'North' was meant"))
    }
  }

  /// A place whose name has a comma is one place.
  @Test func aPlaceMayHaveACommaInItsName() throws {
    try withTemporaryFolder { folder in
      let made = try run(
        [
          "evaluate", "counts.csv", "--treated", "Ouse, Upper", "--control", "South, Ouse, East", "--from",
          "2023-06", "--format", "csv",
        ],
        [
          "counts.csv": longTable(areas: ["Ouse, Upper", "South", "Ouse", "East"]).replacing(
            /(?m)^Ouse, Upper\|Burglary/, with: "\"Ouse, Upper|Burglary\"")
        ], in: folder)
      #expect(made.exitCode == 0, "\(made.errors)")
      #expect(made.output.contains("\"Ouse, Upper\",South; Ouse; East,"), "\(made.output)")
    }
  }
}
