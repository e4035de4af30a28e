import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct SPCCommandTests {
  /// Steady months, then half as many again for the last `high`.
  private static func table(high: Int = 12, months: Int = 60) -> String {
    var text = "unique_id,ds,y\n"
    for month in 0..<months {
      let count = 40 + [0, 5, -4, 2, -6, 3, 1, -2][month * 5 % 8] + (month >= months - high ? 20 : 0)
      text += "North|Burglary,\(2019 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1),\(count)\n"
    }
    return text
  }

  private func rows(_ run: HorizonProcess) -> [[String: String]] {
    let lines = run.output.split(separator: "\n")
    guard let header = lines.first?.split(separator: ",") else { return [] }
    return lines.dropFirst().map { line in
      Dictionary(
        zip(header, line.split(separator: ",", omittingEmptySubsequences: false)).map { (String($0), String($1)) },
        uniquingKeysWith: { a, _ in a })
    }
  }

  @Test func theLatestStateHasItsWordsAndItsFalseAlarmRate() throws {
    let run = try HorizonProcess(
      ["spc", "-", "--target", "Burglary=90", "--simulations", "200", "--format", "csv"], input: Self.table())
    #expect(run.exitCode == 0)
    let row = try #require(rows(run).first)
    #expect(row["variation"] == "concern (high)" && row["chart"] == "XmR" && row["began"] == "2023-01")
    #expect(row["rules"]?.contains("7 on one side") == true)
    #expect(row["assurance"] == "consistently hits")
    let rate = try #require(row["false_alarm_rate"].flatMap { Double($0) })
    // A level that has moved may move again; one that stayed is seldom taken for news.
    let steady = try HorizonProcess(
      ["spc", "-", "--simulations", "200", "--format", "csv"], input: Self.table(high: 0))
    let calm = try #require(rows(steady).first?["false_alarm_rate"].flatMap { Double($0) })
    #expect(calm < 0.15 && calm < rate && rate < 1, "\(calm) \(rate)")
    let side = try #require(row["false_alarm_one_side"].flatMap { Double($0) })
    #expect(side > 0 && side <= rate)
    let rebased = try HorizonProcess(
      ["spc", "-", "--rebase", "2023-01", "--better", "Burglary=higher", "--format", "csv"],
      input: Self.table(high: 13, months: 61))
    #expect(rows(rebased).first?["variation"] == "common cause" && rows(rebased).first?["rebased"] == "2023-01")
  }

  @Test func chartsAreWrittenAsAccessibleDrawings() throws {
    try withTemporaryFolder { folder in
      let run = try HorizonProcess(["spc", "-", "--charts", "charts", "--quiet"], input: Self.table(), in: folder)
      #expect(run.exitCode == 0)
      let page = try String(contentsOf: folder.appendingPathComponent("charts/index.html"), encoding: .utf8)
      let drawing = try String(contentsOf: folder.appendingPathComponent("charts/north-burglary.svg"), encoding: .utf8)
      #expect(page.contains("Concern (high)") && page.contains("<svg"))
      #expect(drawing.contains("role=\"img\"") && drawing.contains("<title") && drawing.contains("class=\"concern\""))
      #expect(XMLParser(data: Data(drawing.utf8)).parse())
    }
  }

  @Test func chartsReplaceTheirOwnFolderAndNoOther() throws {
    try withTemporaryFolder { folder in
      let arguments = ["spc", "-", "--charts", "charts"]
      #expect(try HorizonProcess(arguments, input: Self.table(), in: folder).exitCode == 0)
      let again = try HorizonProcess(arguments, input: Self.table(), in: folder)
      #expect(again.exitCode == 0 && again.errors.contains("Wrote 1 chart to charts/index.html."), "\(again.errors)")
      // A folder with something else in it is left alone.
      try Data("mine".utf8).write(to: folder.appendingPathComponent("charts/notes.txt"))
      let refused = try HorizonProcess(arguments, input: Self.table(), in: folder)
      #expect(refused.exitCode == 73 && refused.errors.contains("notes.txt"))
      #expect(refused.errors.contains("--charts") && !refused.errors.contains("--out"), "\(refused.errors)")
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("charts/notes.txt").path))
    }
  }

  @Test func aRebaseThatChangesNothingIsNamed() throws {
    func errors(_ period: String) throws -> String {
      let run = try HorizonProcess(["spc", "-", "--rebase", period, "--simulations", "0"], input: Self.table())
      #expect(run.exitCode == 0)
      return run.errors
    }
    for period in ["2031-01", "2019-01", "2001-06"] {
      #expect(try errors(period).contains("--rebase \(period) changed no chart"))
    }
    #expect(try errors("2023-01").contains("says neither why nor who decided"))
    #expect(try !errors("2023-01=new system (A N)").contains("--rebase"))
    let named = try HorizonProcess(
      ["spc", "-", "--rebase", "2022-01=new system (A N)", "--simulations", "0", "--format", "csv"], input: Self.table()
    )
    #expect(rows(named).first?["rebase_reason"] == "new system (A N)" && rows(named).first?["rebased"] == "2022-01")
    // Of two series one ends before the rebase.
    let two =
      Self.table()
      + Self.table(months: 24).replacingOccurrences(of: "North", with: "South")
      .split(separator: "\n").dropFirst().joined(separator: "\n")
    let run = try HorizonProcess(["spc", "-", "--rebase", "2022-01", "--simulations", "0"], input: two)
    #expect(run.exitCode == 0 && run.errors.contains("--rebase 2022-01 changed only 1 of 2 charts"), "\(run.errors)")
  }

  @Test func notesCountInWordsThatFit() throws {
    let run = try HorizonProcess(["spc", "-", "--simulations", "200"], input: Self.table())
    #expect(run.errors.contains("1 of 1 series shows special cause; with nothing new about 1 would."), "\(run.errors)")
    let steady = try HorizonProcess(["spc", "-", "--simulations", "200"], input: Self.table(high: 0))
    #expect(
      steady.errors.contains("0 of 1 series show special cause; with nothing new fewer than one would."),
      "\(steady.errors)")
    let changes = try HorizonProcess(["changes", "-"], input: Self.table())
    #expect(changes.errors.contains("1 of 1 series changed; with nothing new fewer than one would seem to."))
    let often = try HorizonProcess(["changes", "-", "--false-rate", "0.5"], input: Self.table())
    #expect(often.errors.contains("with nothing new about 1 would seem to."), "\(often.errors)")
  }

  @Test func wrongOptionsAreNamed() throws {
    for (options, word) in [
      (["--target", "Theft=3"], "Theft"), (["--target", "Burglary"], "no number"),
      (["--better", "Burglary=up"], "lower"),
      (["--rebase", "soon"], "soon"),
    ] {
      let run = try HorizonProcess(["spc", "-"] + options, input: Self.table())
      #expect(run.exitCode == 64 && run.errors.contains(word), "\(run.errors)")
    }
  }

  @Test func changesAreDated() throws {
    let run = try HorizonProcess(["changes", "-", "--format", "csv"], input: Self.table())
    #expect(run.exitCode == 0)
    let segments = rows(run)
    #expect(segments.count == 2)
    #expect(segments.last?["start"] == "2023-01" && segments.last?["end"] == "2023-12")
    let change = try #require(segments.last?["change_percent"].flatMap { Double($0) })
    #expect(change > 35 && change < 65)
    #expect(run.errors.contains("1 of 1 series changed"))
    let none = try HorizonProcess(["changes", "-", "--changed-only", "--format", "csv"], input: Self.table(high: 0))
    #expect(rows(none).isEmpty)
    let threads = try ["1", "4"].map {
      try HorizonProcess(["changes", "-", "--threads", $0, "--format", "csv"], input: longTable()).output
    }
    #expect(threads[0] == threads[1])
    #expect(try HorizonProcess(["changes", "-", "--false-rate", "0"], input: Self.table()).exitCode == 64)
  }
}
