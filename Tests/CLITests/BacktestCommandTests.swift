import Foundation
import Testing

@Suite struct BacktestCommandTests {
  private let quick = ["--model", "counts,seasonal-naive", "--origins", "2", "--horizon", "6"]

  @Test func aRowAModelWithEveryScore() throws {
    let run = try HorizonProcess(["backtest", "-", "--format", "csv"] + quick, input: longTable(months: 60))
    #expect(run.exitCode == 0)
    let lines = run.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let header = lines[0].map(String.init)
    for column in [
      "model", "forecasts", "mase", "rmsse", "smape", "owa", "coverage_80", "coverage_95", "msis_80", "msis_95",
      "scaled_pinball", "wql", "scaled_crps", "log_score", "exact_densities", "pit_1", "pit_10",
    ] { #expect(header.contains(column)) }
    #expect(lines.count == 3 && lines.allSatisfy { $0.count == header.count })
    #expect(lines[1][0] == "counts" && lines[2][0] == "seasonal-naive")
    // Two series from two origins.
    #expect(lines[1][1] == "4" && lines[1][2] == "24")
    // The counts model knows its distributions, the other one is read off quantiles.
    let exact = try #require(header.firstIndex(of: "exact_densities"))
    #expect(lines[1][exact] == "24" && lines[2][exact] == "0")
    #expect(run.errors.contains("as they would have been made at the end of Jun 2023 and Jun 2024"))
    #expect(run.errors.contains("Burglary in North") && run.errors.contains("were recorded"))
  }

  /// Outlooks are a row a series and origin; two tables at once, or options that neither has, are refused.
  @Test func outlooksBesideWhatWasRecorded() throws {
    let run = try HorizonProcess(
      ["backtest", "-", "--outlooks", "--origins", "2", "--format", "csv"], input: longTable(months: 60))
    let lines = run.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(run.exitCode == 0 && lines.count == 5)
    #expect(
      lines[0].first == "origin" && lines[0].last == "happened" && lines.allSatisfy { $0.count == lines[0].count })
    #expect(run.errors.contains("The 80 % range held"))
    for wrong in [["--outlooks", "--ranking"], ["--ranking", "--horizon", "6"], ["--outlooks", "--page", "x.html"]] {
      #expect(try HorizonProcess(["backtest", "-"] + wrong, input: longTable()).exitCode == 64)
    }
    // Two series are no ranking.
    let few = try HorizonProcess(["backtest", "-", "--ranking"], input: longTable(months: 60))
    #expect(few.exitCode == 65 && few.errors.contains("--outlooks") && few.output.isEmpty)
  }

  @Test func threadsChangeNothing() throws {
    let one = try HorizonProcess(["backtest", "-", "--threads", "1"] + quick, input: longTable())
    let many = try HorizonProcess(["backtest", "-", "--threads", "4"] + quick, input: longTable())
    #expect(one.output == many.output && one.errors == many.errors && !one.output.isEmpty)
  }

  @Test(arguments: [("horizon", 6), ("band", 1), ("measure", 1), ("origin", 2)])
  func groups(by group: String, count: Int) throws {
    let run = try HorizonProcess(
      ["backtest", "-", "--group-by", group, "--format", "json", "--quiet"] + quick, input: longTable(months: 60))
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 2 * count && rows.allSatisfy { $0[group] != nil && $0["mase"] is Double })
    #expect(run.errors.isEmpty)
  }

  @Test func thePageIsWholeInOneFile() throws {
    try withTemporaryFolder { folder in
      let page = folder.appendingPathComponent("page.html")
      let run = try HorizonProcess(["backtest", "-", "--page", page.path] + quick, input: longTable())
      #expect(run.exitCode == 0)
      let html = try String(contentsOf: page, encoding: .utf8)
      #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
      for id in ["last-year", "models", "coverage", "calibration", "horizon", "method"] {
        #expect(html.contains("<section id=\"\(id)\""))
      }
      #expect(!html.contains("<script") && !html.contains("<link"))

      let nowhere = folder.appendingPathComponent("no/such/page.html").path
      let refused = try HorizonProcess(["backtest", "-", "--page", nowhere] + quick, input: longTable())
      #expect(refused.exitCode == 73 && refused.output.isEmpty)
    }
  }

  @Test func shortHistoriesAreSaid() throws {
    let run = try HorizonProcess(
      ["backtest", "-", "--model", "counts", "--origins", "4"], input: longTable(months: 40))
    #expect(
      run.exitCode == 0 && run.errors.contains("was left out as an origin: no series has 13 observed months by then"))
    let none = try HorizonProcess(["backtest", "-", "--model", "counts"], input: longTable(months: 14))
    #expect(none.exitCode == 65 && none.errors.contains("no origin can be used"))
  }

  @Test func usage() throws {
    for arguments in [
      ["--model", "auto,crystal-ball"], ["--origins", "0"], ["--step", "0"], ["--horizon", "0"], ["--group-by", "age"],
    ] { #expect(try HorizonProcess(["backtest", "-"] + arguments, input: longTable()).exitCode == 64) }
  }
}
