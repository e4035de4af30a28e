import ArgumentParser
import Assessment
import CommunitySafety
import Diagnostics
import Foundation
import ModelFiles
import Reporting
import Scorecard
import Session
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

      A file of targets has a list `targets` of measure, figure (count, rate, share, change), side (at most, at least, ask), value, \
      by (2025/26, 2025/26-Q3, 2026-01), and of a change its baseline.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var run: RunOptions

  @Option(
    help: ArgumentHelp(
      "Quarter, as 2025/26-Q3. (default: the last that the data holds all of)", valueName: "quarter"))
  var quarter: String?

  @Option(help: "Month in which the reporting year begins.")
  var yearBegins: Int = ReportingQuarter.april

  @Option(name: .shortAndLong, help: "Folder to write; a scorecard that is already there is replaced whole.")
  var out: String = "scorecard"

  @Option(help: ArgumentHelp("Causes and actions that people wrote (YAML).", valueName: "file"))
  var comments: String?

  @Option(help: ArgumentHelp("Targets (YAML).", valueName: "file"))
  var targets: String?

  @Option(help: "Name of the partnership, for the title.")
  var title: String?

  @Option(help: "Security marking printed on every page.")
  var marking: String = "OFFICIAL"

  @Option(help: "Date the data was extracted, as it should be printed.")
  var extractionDate: String?

  @Option(help: "False-discovery rate over the figures of the scorecard.")
  var fdr: Double = 0.10

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = AssessmentConfiguration().seed

  func validate() throws {
    guard (1...12).contains(yearBegins) else { throw ValidationError("--year-begins must be a month, from 1 to 12.") }
    guard fdr > 0 && fdr < 1 else { throw ValidationError("--fdr must be between 0 and 1.") }
    _ = try asked()
  }

  private func asked() throws -> ReportingQuarter? {
    try quarter.map { text in
      guard let quarter = ReportingQuarter(text, firstMonth: yearBegins) else {
        let example = ReportingQuarter(year: 2025, number: 3, firstMonth: yearBegins).name
        throw ValidationError("--quarter \(text) is no quarter; write it as \(example).")
      }
      return quarter
    }
  }

  func run() async throws {
    try OutputFolder.check(out, replacing: .scorecard)
    let said = try comments.map {
      try CommentsReader.read(text: try TextFile.read($0), file: $0, firstMonth: yearBegins)
    }
    let goals = try targets.map {
      try GoalsReader.read(text: try TextFile.read($0), file: $0, firstMonth: yearBegins)
    }
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, digests: true, lateReports: .noted)
    guard let span = session.panel.span else {
      throw HorizonError(.data, "there is no series to judge", remedy: "Check --areas and --as-of against `horizon series`")
    }
    let used = span.lowerBound...min(span.upperBound, session.asOf ?? span.upperBound)
    let windows = try ScorecardWindows(try asked(), of: used, firstMonth: yearBegins)
    var configuration = session.configuration
    configuration.asOf = windows.end
    configuration.judgedPeriods = windows.known.upperBound - windows.known.lowerBound + 1
    configuration.falseDiscoveryRate = fdr
    configuration.seed = seed
    configuration.title = title
    configuration.marking = marking
    configuration.extractionDate = extractionDate
    var assessor = Assessor(
      configuration: configuration, reference: session.reference, threads: run.threads,
      progress: { progress.begin($0.rawValue) })
    assessor.parts = goals == nil ? [.fitted] : [.fitted, .draws]
    assessor.looksBack = false
    let assessment = try await assessor.assess(session.data)
    progress.begin("Judging")
    let scorecard = try await Scorecard(
      assessment, windows: windows, goals: goals ?? [], goalsFile: targets ?? "", threads: run.threads)
    let report = ScorecardReport(
      scorecard, of: assessment, comments: said ?? ScorecardComments(), version: HorizonVersion.current)
    progress.begin("Writing the scorecard")
    let files = try report.files()
    try OutputFolder.write(files, to: out, replacing: .scorecard)
    progress.finish()
    for stray in report.strayComments {
      Console.note(
        "horizon: warning: \(comments ?? ""):\(stray.line): no figure is called \(stray.measure)\(stray.area.map { " in \($0)" } ?? ""), so that its comment stands nowhere.",
        quiet: run.quiet)
    }
    let tally = scorecard.tally
    Console.note(
      "\(windows.quarter.name)\(windows.isComplete ? "" : ", not complete"): \(tally.judged) figures judged, \(tally.exceptions) \(tally.exceptions == 1 ? "exception" : "exceptions"), \(tally.notJudged) not judged; \(scorecard.withoutData.count) measures without data.",
      quiet: run.quiet)
    Console.note("Wrote \(files.count) files to \(out); open \(out)/index.html.", quiet: run.quiet)
  }
}

/// Small text files that people write.
enum TextFile {
  /// Reads a file.
  ///
  /// - Throws: `HorizonError`: noInput for one that is not there, data for one that is no UTF-8.
  static func read(_ path: String) throws -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw HorizonError(.noInput, "cannot read \(path)", remedy: "Check its path")
    }
    guard let text = String(bytes: bytes, encoding: .utf8) else {
      throw HorizonError(.data, "the file is no UTF-8 text", at: .init(file: path), remedy: "Save it as UTF-8")
    }
    return text
  }
}
