import ArgumentParser
import Assessment
import CommunitySafety
import Diagnostics
import Foundation
import Ingest
import ModelFiles
import Reporting
import Scorecard
import Session
import TimeSeries

/// Options of a scorecard and of an annual report.
struct CardOptions: ParsableArguments {
  @Option(help: "Month in which the reporting year begins.")
  var yearBegins: Int = ReportingQuarter.april

  @Option(help: ArgumentHelp("Targets (YAML).", valueName: "file"))
  var targets: String?

  @Flag(
    help: """
      Write it for the public: by quarter, from sources and measures that are public, without counts under 5 and what would give \
      one away, and without comments. Give the same history each time.
      """)
  var publish = false

  @OptionGroup var publication: PublicationOptions

  @Option(help: "False-discovery rate over the figures of the scorecard.")
  var fdr: Double = 0.10

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = AssessmentConfiguration().seed

  func validate() throws {
    guard (1...12).contains(yearBegins) else { throw ValidationError("--year-begins must be a month, from 1 to 12.") }
    guard fdr > 0 && fdr < 1 else { throw ValidationError("--fdr must be between 0 and 1.") }
  }

  /// The targets with the file that they are from; nil where none are given.
  func goals() throws -> (goals: [MeasureGoal], file: WrittenFile)? {
    try targets.map { path in
      let text = try TextFile.read(path)
      return (
        try GoalsReader.read(text: text, file: path, firstMonth: yearBegins),
        WrittenFile(kind: "targets", path: path, text: text)
      )
    }
  }

  /// What is worked on: the session, its data, by quarters for the public, and the span of its places.
  func open(_ input: InputOptions, _ run: RunOptions, progress: Progress) async throws
    -> (session: Session, data: IngestedData, span: ClosedRange<Period>)
  {
    let session = try await input.open(run, progress: progress, digests: true, lateReports: .noted) {
      if publish { $0.audience = .public }
    }
    let data = try publish ? quarters(session.data) : session.data
    let places = data.panel.filterMap { data.areas[$0.key.area]?.level == .residual ? nil : $0 }
    guard let span = places.span else {
      throw HorizonError(
        .data, "there is no series to judge", remedy: "Check --areas and --as-of against `horizon series`")
    }
    return (session, data, publish ? span : span.lowerBound...min(span.upperBound, session.asOf ?? span.upperBound))
  }

  private func quarters(_ data: IngestedData) throws -> IngestedData {
    guard let quarters = data.byQuarter, [1, 4, 7, 10].contains(yearBegins) else {
      throw HorizonError(
        .usage, "--publish tells figures by calendar quarters, which these are not",
        remedy: "Give monthly or quarterly data, and years that begin in month 1, 4, 7 or 10")
    }
    return quarters
  }

  /// What assesses the data as known at the end of a period, with what the targets need.
  func assessor(
    _ session: Session, _ data: IngestedData, asOf end: Period, judging periods: Int, goals: [MeasureGoal],
    _ run: RunOptions,
    _ progress: Progress
  ) -> Assessor {
    var configuration = session.configuration
    configuration.asOf = end
    configuration.horizon = data.panel.frequency.periodsPerYear
    configuration.judgedPeriods = periods
    configuration.falseDiscoveryRate = fdr
    configuration.seed = seed
    publication.apply(to: &configuration)
    if publish { configuration.audience = .public }
    var assessor = Assessor(
      configuration: configuration, reference: session.reference, threads: run.threads,
      progress: { progress.begin($0.rawValue) })
    assessor.parts = goals.isEmpty ? .fitted : [.fitted, .draws]
    assessor.peersAhead = Set(goals.filter(\.figure.isStanding).map(\.measure))
    assessor.looksBack = false
    return assessor
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
