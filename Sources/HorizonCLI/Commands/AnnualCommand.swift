import ArgumentParser
import CommunitySafety
import Diagnostics
import Reporting
import Scorecard
import Tables
import TimeSeries
import Wording

/// `horizon annual`: a year looked back on.
struct AnnualCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annual",
    abstract: "Writes the annual report: last year's forecasts scored, its priorities, and what may come.",
    discussion: """
      The forecasts are those that would have been made on the day before the year began, from the same inputs and nothing later. \
      What came as foreseen and what did not stand in the same form, one after the other.

      Example: horizon annual counts.csv --year 2024/25 --out annual
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var run: RunOptions
  @OptionGroup var card: CardOptions

  @Option(
    help: ArgumentHelp("Reporting year, as 2024/25. (default: the last that the data holds all of)", valueName: "year"))
  var year: String?

  @Option(name: .shortAndLong, help: "Folder to write; an annual report that is already there is replaced whole.")
  var out: String = "annual"

  func validate() throws {
    guard (1...12).contains(card.yearBegins), let year else { return }
    guard ReportingQuarter.year(year, firstMonth: card.yearBegins) != nil else {
      throw ValidationError(
        "--year \(year) is no reporting year; write it as \(ReportingQuarter.yearName(2024, firstMonth: card.yearBegins))."
      )
    }
  }

  func run() async throws {
    try OutputFolder.check(out, replacing: .horizon)
    let goals = try card.goals()
    let progress = Progress(quiet: run.quiet)
    let (session, data, span) = try await card.open(input, run, progress: progress)
    let windows = try windows(span)
    let now = try await card.assessor(
      session, data, asOf: windows.end, judging: windows.end - windows.known.lowerBound + 1, goals: goals?.goals ?? [],
      run,
      progress
    ).assess(data)
    progress.begin("Going back a year")
    let before = windows.year.lowerBound - 1
    guard before >= span.lowerBound else {
      throw HorizonError(
        .data, "there is nothing from before \(windows.quarter.yearName), which could have been forecast from",
        remedy: "Give a longer history, or choose a later --year")
    }
    let then = try await card.assessor(session, data, asOf: before, judging: 1, goals: [], run, progress).assess(
      data)
    progress.begin("Writing the annual report")
    let whole = try await Scorecard(
      now, windows: windows, goals: goals?.goals ?? [], goalsFile: card.targets ?? "", threads: run.threads)
    let review = AnnualReview(card.publish ? whole.published(now) : whole, now: now, then: then)
    let files = try AnnualReport(
      review, of: now, written: [goals?.file].compactMap(\.self), isPublic: card.publish,
      version: HorizonVersion.current
    ).files()
    try OutputFolder.write(files, to: out, replacing: .horizon)
    progress.finish()
    let hits =
      review.scored.isEmpty
      ? "nothing could be scored: \(AnnualReport.whyNotScored)"
      : "\(review.scored.count(where: \.isHit)) of \(NumberText.counted(review.scored.count, "forecast")) came within their interval"
    Console.note(
      "\(review.yearName): \(hits). Wrote \(files.count) files to \(out); open \(out)/index.html.",
      quiet: run.quiet)
  }

  /// The windows of the last quarter of the year.
  private func windows(_ span: ClosedRange<Period>) throws -> ScorecardWindows {
    let last = try ScorecardWindows(nil, of: span, firstMonth: card.yearBegins).quarter
    let wanted = year.flatMap { ReportingQuarter.year($0, firstMonth: card.yearBegins) }
    let quarter = ReportingQuarter(
      year: wanted ?? (last.number == 4 ? last.year : last.year - 1), number: 4, firstMonth: card.yearBegins)
    let windows = try ScorecardWindows(quarter, of: span, firstMonth: card.yearBegins)
    guard windows.isComplete else {
      throw HorizonError(
        .data, "\(quarter.yearName) is not over in the data", remedy: "Choose an earlier --year, or give newer data")
    }
    return windows
  }
}
