import Foundation
import Testing

/// What could not be judged, ranked or scored is never told of as ordinary.
@Suite struct NotJudgedTests {
  /// Counts of one area and measure from January 2018 on.
  private static func rows(_ area: String, _ months: Int, from first: Int = 0) -> String {
    (first..<first + months).map { month in
      let period = "\(2018 + month / 12)-\(String(101 + month % 12).dropFirst())"
      return "\(area),Burglary,\(period),\(20 + (month * 7) % 5)\n"
    }.joined()
  }

  private static let header = "area,measure,period,count\n"

  @Test(arguments: [[], ["--all"], ["--fdr", "0.1"], ["--episodes"]], [true, false])
  func nothingJudgedIsAWarning(_ options: [String], quiet: Bool) throws {
    let input = Self.header + Self.rows("A", 8) + Self.rows("B", 8)
    let run = try HorizonProcess(["exceptions", "-"] + options + (quiet ? ["--quiet"] : []), input: input)
    #expect(run.exitCode == 0)
    #expect(run.errors.contains("horizon: warning: none of 6 periods could be judged, "), "\(run.errors)")
    #expect(run.errors.contains("no verdict does not mean that nothing was unusual"))
    #expect(!run.errors.contains("Nothing exceptional"))
  }

  @Test func whatWasJudgedAndWhatWasNotAreCountedApart() throws {
    let input = Self.header + Self.rows("A", 72) + Self.rows("B", 8, from: 64)
    let run = try HorizonProcess(["exceptions", "-"], input: input)
    #expect(
      run.errors.contains(
        "Nothing exceptional: 3 periods judged, none flagged. 3 more could not be judged, "), "\(run.errors)")
    let whole = try HorizonProcess(["exceptions", "-"], input: Self.header + Self.rows("A", 72))
    #expect(whole.errors.contains("Nothing exceptional: 3 periods judged, none flagged.\n"), "\(whole.errors)")
    #expect(try HorizonProcess(["exceptions", "-", "--quiet"], input: input).errors.isEmpty)
  }

  @Test(arguments: [[], ["--level", "all"]], [true, false])
  func nothingRankedIsAWarning(_ options: [String], quiet: Bool) throws {
    let input = Self.header + Self.rows("A", 2)
    let run = try HorizonProcess(["risks", "-"] + options + (quiet ? ["--quiet"] : []), input: input)
    #expect(run.exitCode == 0)
    #expect(run.errors.contains("could be ranked: the columns confidence_reasons and caveats say why"), "\(run.errors)")
    let ranked = try HorizonProcess(["risks", "-"] + options, input: Self.header + Self.rows("A", 72))
    #expect(!ranked.errors.contains("could be ranked"), "\(ranked.errors)")
  }

  @Test func aYearOfWhichNothingIsScoredSaysWhy() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Two months before the year, from which nothing is foreseen.
    let input = Self.header + Self.rows("A", 14, from: 1)
    let run = try HorizonProcess(["annual", "-", "--year", "2018/19", "--out", "annual"], input: input, in: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    let why = "no forecast was possible, or part of the year is not known or was not typical"
    #expect(run.errors.contains("2018/19: nothing could be scored: \(why)."), "\(run.errors)")
    let page = try String(contentsOf: folder.appendingPathComponent("annual/index.html"), encoding: .utf8)
    #expect(page.contains("could be scored: \(why).") && page.contains("None could be scored."))
    #expect(!page.contains("place that has it ()"))
  }
}
