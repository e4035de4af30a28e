import ArgumentParser
import Assessment
import CommunitySafety
import Reporting

/// `horizon risks`: what may get worse next year, ranked.
struct RisksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risks", abstract: "Ranks emerging risks by the change that is forecast.",
    discussion: """
      Writes rank,area,measure,score,probability,expected_change,harm,confidence and the evidence behind them. \
      probability: that the next 12 months exceed the last 12 by 10 % or more.

      Example: horizon risks counts.csv --as-of 2025-06
      """)

  /// Which rows to rank.
  enum Level: String, ExpressibleByArgument, CaseIterable { case base, csp, authority, force, whole, all }

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: "Level of geography; base is that of the input.")
  var level: Level = .base

  @Flag(help: "Rank groups of crime types instead of the types themselves.")
  var groups = false

  @Option(
    help: "Measures that are not in measures.yaml: rank them by their expected rise, or leave them without a rank.")
  var unknownMeasures: UnknownMeasures = .ranked

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = AssessmentConfiguration().seed

  @Option(help: "Set of harm weights.")
  var harmWeights: String = AssessmentConfiguration().harmWeights

  func run() async throws {
    try output.check()
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, lateReports: .noted)
    var configuration = session.configuration
    configuration.harmWeights = harmWeights
    configuration.seed = seed
    configuration.profile.ranksUnknownMeasures = unknownMeasures == .ranked
    var assessor = Assessor(
      configuration: configuration, reference: session.reference, threads: run.threads,
      progress: { progress.begin($0.rawValue) })
    // The ranking rests on forecasts and verdicts alone.
    assessor.parts = []
    let frequency = session.data.panel.frequency
    guard level != .base || groups else {
      let risks = try await assessor.ranking(session.data)
      progress.finish()
      warn(risks.map(\.rank))
      return try output.write(.risks(risks, frequency: frequency))
    }
    let assessment = try await assessor.assess(session.data)
    progress.finish()
    let levels: Set<AreaLevel> =
      switch level {
      case .base: Set(assessment.data.areas.values.map(\.level)).subtracting([.residual])
      case .csp: [.csp]
      case .authority: [.authority]
      case .force: [.force]
      case .whole: [.whole]
      case .all: Set(AreaLevel.allCases)
      }
    let risks = assessment.risks.filter {
      levels.contains($0.area.level) && (level == .all || $0.isGroup == groups)
    }
    warn(risks.map(\.rank))
    try output.write(.risks(risks, frequency: frequency))
  }

  /// Says where nothing is ranked, even when quiet: that is no finding that nothing gets worse.
  private func warn(_ ranks: [Int?]) {
    guard !ranks.isEmpty, ranks.allSatisfy({ $0 == nil }) else { return }
    Console.note(
      "horizon: warning: none of \(ranks.count) rows could be ranked: the columns confidence_reasons and caveats say why",
      quiet: false)
  }
}
