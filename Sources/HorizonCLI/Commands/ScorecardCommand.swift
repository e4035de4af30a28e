import ArgumentParser
import CommunitySafety
import ModelFiles
import Reporting
import Scorecard
import Tables
import TimeSeries
import Wording

/// `horizon scorecard`: a quarter by exception.
struct ScorecardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard",
    abstract: "Writes the scorecard of a quarter: the exceptions first, then every measure in every place.",
    discussion: """
      Page one lists the exceptions alone, each a sentence with a slot for the cause and one for the action, and says how many \
      figures were judged and stayed ordinary. A quarter that is not over is compared like for like, and said. The folder has a \
      comments.yaml with the slots: fill it in, keep it, and give it again with --comments; nothing writes over it.

      A file of targets has a list `targets` of measure, figure (count, rate, share, change, rank, quartile), side (at most, \
      at least, ask), value, by (2025/26, 2025/26-Q3, 2026-01), and of a change its baseline_year, or its baseline where a number was \
      agreed. Ranks and quartiles are by rate per 1,000 among the districts of the force, or a group of peer-groups.yaml (see \
      `horizon profile export`); 1 is the lowest.

      Example: horizon scorecard counts.csv --quarter 2025/26-Q3 --out card
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var run: RunOptions
  @OptionGroup var card: CardOptions

  @Option(
    help: ArgumentHelp(
      "Quarter, as 2025/26-Q3. (default: the last that the data holds all of)", valueName: "quarter"))
  var quarter: String?

  @Option(name: .shortAndLong, help: "Folder to write; a scorecard that is already there is replaced whole.")
  var out: String = "scorecard"

  @Option(help: ArgumentHelp("Causes and actions that people wrote (YAML).", valueName: "file"))
  var comments: String?

  @Flag(help: "Also writes the tables as a workbook, scorecard.xlsx: real numbers and charts that can be edited.")
  var workbook = false

  func validate() throws {
    guard (1...12).contains(card.yearBegins) else { return }
    _ = try asked()
  }

  private func asked() throws -> ReportingQuarter? {
    try quarter.map { text in
      guard let quarter = ReportingQuarter(text, firstMonth: card.yearBegins) else {
        let example = ReportingQuarter(year: 2025, number: 3, firstMonth: card.yearBegins).name
        throw ValidationError("--quarter \(text) is no quarter; write it as \(example).")
      }
      return quarter
    }
  }

  func run() async throws {
    try OutputFolder.check(out, replacing: .scorecard)
    let said = try comments.map { path in
      let text = try TextFile.read(path)
      return (
        comments: try CommentsReader.read(text: text, file: path, firstMonth: card.yearBegins),
        file: WrittenFile(kind: "comments", path: path, text: text)
      )
    }
    let goals = try card.goals()
    let progress = Progress(quiet: run.quiet)
    let (session, data, span) = try await card.open(input, run, progress: progress)
    let windows = try ScorecardWindows(try asked(), of: span, firstMonth: card.yearBegins)
    let judged = windows.known.upperBound - windows.known.lowerBound + 1
    let assessment = try await card.assessor(
      session, data, asOf: windows.end, judging: judged, goals: goals?.goals ?? [], run, progress
    ).assess(data)
    progress.begin("Judging")
    let whole = try await Scorecard(
      assessment, windows: windows, goals: goals?.goals ?? [], goalsFile: card.targets ?? "", threads: run.threads)
    let scorecard = card.publish ? whole.published(assessment) : whole
    var report = ScorecardReport(
      scorecard, of: assessment, comments: said?.comments ?? ScorecardComments(), isPublic: card.publish,
      version: HorizonVersion.current)
    report.written = [goals?.file, said?.file].compactMap(\.self)
    progress.begin("Writing the scorecard")
    let files = try await report.files(workbook: workbook, threads: run.threads)
    try OutputFolder.write(files, to: out, replacing: .scorecard)
    progress.finish()
    for stray in report.strayComments {
      Console.note(
        "horizon: warning: \(comments ?? ""):\(stray.line): no figure is called \(stray.measure)\(stray.area.map { " in \($0)" } ?? ""), so that its comment stands nowhere.",
        quiet: run.quiet)
    }
    let tally = scorecard.tally
    let kept = card.publish ? "\(NumberText.grouped(scorecard.withheld.count)) withheld, " : ""
    Console.note(
      "\(windows.quarter.name)\(windows.isComplete ? "" : ", not complete"): \(tally.judged) figures judged, \(tally.exceptions) \(tally.exceptions == 1 ? "exception" : "exceptions"), \(kept)\(tally.notJudged) not judged; \(scorecard.withoutData.count) measures without data.",
      quiet: run.quiet)
    Console.note("Wrote \(files.count) files to \(out); open \(out)/index.html.", quiet: run.quiet)
  }
}
