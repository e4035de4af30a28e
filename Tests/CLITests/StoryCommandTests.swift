import Foundation
import Testing

/// `horizon exceptions` beyond its fixed shape: episodes, filters, evidence, charts, detectability.
@Suite struct StoryCommandTests {
  /// The long table with the last three months of every area raised by 30.
  private func raised(areas: [String] = ["North", "South", "West"]) -> String {
    longTable(areas: areas).split(separator: "\n").map { line -> String in
      let cells = line.split(separator: ",")
      guard let count = Int(cells[2]), cells[1] >= "2023-10-01" else { return String(line) }
      return "\(cells[0]),\(cells[1]),\(count + 30)"
    }.joined(separator: "\n") + "\n"
  }

  private func exceptions(_ arguments: [String], _ input: String) throws -> HorizonProcess {
    try HorizonProcess(["exceptions", "-", "--frequency", "monthly"] + arguments, input: input)
  }

  @Test func aSharedRiseIsOneRowWithWhatEachAreaAdds() throws {
    let run = try exceptions(["--last", "3", "--episodes", "--format", "csv"], raised())
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.first
        == "unique_id,onset,opened,last,closed,state,direction,shape,periods,flags,observed,expected,excess,excess_percent,p_value,q_value,fdr,contributions"
    )
    #expect(lines.count == 2)
    let row = try #require(lines.last)
    #expect(row.hasPrefix("All areas|Burglary,2023-10-01,2023-10-01,2023-12-01,,continuing,higher,"))
    for area in ["North +", "South +", "West +"] { #expect(row.contains(area)) }
    #expect(run.errors.contains("1 episode: 0 new, 1 continuing"))
    let apart = try exceptions(["--episodes", "--no-totals", "--format", "csv"], raised())
    #expect(apart.output.split(separator: "\n").count == 4)
  }

  @Test func jsonHoldsTheEvidence() throws {
    struct Row: Decodable {
      struct Explanation: Decodable {
        struct Baseline: Decodable {
          let from: String
          let periods_used: Int
        }
        let sentences: [String]
        let rule: String
        let alpha: Double
        let baseline: Baseline?
        let known_breaks: [String]
        let doubts: [String]
        let reason: String?
      }
      let unique_id: String
      let explanation: Explanation
    }
    let input = raised().replacingOccurrences(of: "West|Burglary,2023-12-01,", with: "West|Burglary,2023-12-01,#")
      .split(separator: "\n").filter { !$0.contains("#") }.joined(separator: "\n")
    let run = try exceptions(["--last", "1", "--all", "--explain", "--format", "json"], input)
    let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
    #expect(rows.map(\.unique_id) == ["North|Burglary", "South|Burglary", "West|Burglary"])
    #expect(rows[0].explanation.sentences.count == 2 && rows[0].explanation.baseline?.from == "2020-01-01")
    #expect(rows[0].explanation.rule.hasPrefix("p_value below 0.01"))
    #expect(rows[2].explanation.rule == "not judged" && rows[2].explanation.baseline == nil)
    #expect(rows[2].explanation.doubts.first == "No figure has been recorded for Dec 2023.")
    let lines = try exceptions(["--episodes", "--format", "ndjson"], raised()).output.split(separator: "\n")
    #expect(lines.count == 1 && lines[0].contains("\"contributions\":[{") && lines[0].contains("\"explanation\":{"))
  }

  @Test func filtersAddColumnsAndLeaveVerdictsAlone() throws {
    let shape = "unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged"
    let plain = try exceptions(["--all", "--format", "csv"], raised()).output.split(separator: "\n")
    let filtered = try exceptions(["--all", "--fdr", "0.1", "--minimum-excess", "1", "--format", "csv"], raised())
      .output.split(separator: "\n")
    #expect(plain.first.map(String.init) == shape)
    #expect(filtered.first.map(String.init) == "\(shape),fdr,exception")
    #expect(plain.count == filtered.count)
    for (a, b) in zip(plain, filtered) { #expect(b.hasPrefix(a)) }
    let none = try exceptions(["--minimum-excess", "1000", "--format", "csv", "--exit-code"], raised())
    #expect(none.output.split(separator: "\n").count == 1 && none.exitCode == 0)
    #expect(try exceptions(["--fdr", "0.1", "--exit-code", "--format", "csv"], raised()).exitCode == 10)
  }

  @Test func chartsAreWrittenWholeOrNotAtAll() throws {
    try withTemporaryFolder { folder in
      let charts = folder.appendingPathComponent("charts").path
      for _ in 0..<2 {
        #expect(try exceptions(["--episodes", "--charts", charts], raised()).exitCode == 0)
        let files = try FileManager.default.contentsOfDirectory(atPath: charts).sorted()
        #expect(files == ["all-areas-burglary--2023-10-higher.svg", "manifest.json"])
      }
      let svg = try String(contentsOfFile: charts + "/all-areas-burglary--2023-10-higher.svg", encoding: .utf8)
      #expect(svg.contains("role=\"img\"") && svg.contains("<title") && svg.contains("<desc"))
      let foreign = folder.appendingPathComponent("foreign")
      try FileManager.default.createDirectory(at: foreign, withIntermediateDirectories: true)
      try Data().write(to: foreign.appendingPathComponent("letter.txt"))
      let refused = try exceptions(["--episodes", "--charts", foreign.path], raised())
      #expect(refused.exitCode == 73 && refused.errors.contains("--charts"))
    }
  }

  @Test func detectabilityIsThreeRowsASeries() throws {
    let run = try exceptions(["--detectability", "--format", "csv"], longTable())
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "unique_id,ds,within,expected,rise,rise_percent,reason")
    #expect(lines.count == 1 + 2 * 3)
    let rises = lines[1...3].compactMap { Double($0.split(separator: ",")[4]) }
    #expect(rises.count == 3 && rises[0] > rises[2])
    #expect(try exceptions(["--detectability", "--format", "csv", "--threads", "1"], longTable()).output == run.output)
  }

  @Test func whatCannotBeMeantIsRefused() throws {
    for arguments in [
      ["--fdr", "0"], ["--fdr", "1"], ["--minimum-excess", "-1"], ["--episodes", "--detectability"],
      ["--detectability", "--charts", "x"],
    ] {
      #expect(try exceptions(arguments, longTable()).exitCode == 64)
    }
    let twice = try exceptions(["--episodes"], longTable() + "North|Burglary,2023-12-01,5\n")
    #expect(twice.exitCode == 65 && twice.errors.contains("2023-12"))
  }
}
