import ArgumentParser
import Assessment
import ExceptionDetection

/// What counts as an exception beyond a flag, and how flags are told.
struct StoryOptions: ParsableArguments {
  @Flag(
    help: "Write episodes, one row an event, instead of periods; with --all also those that are lower than expected.")
  var episodes = false

  @Option(
    help: ArgumentHelp(
      "Keep what is an exception at this false-discovery rate over the measures and areas of a period.",
      valueName: "rate"))
  var fdr: Double?

  @Option(help: ArgumentHelp("Keep what is at least this many away from what was expected.", valueName: "count"))
  var minimumExcess: Double = 0

  @Option(
    help: ArgumentHelp("Keep what is at least this many per cent away from what was expected.", valueName: "percent"))
  var minimumExcessPercent: Double = 0

  @OptionGroup var totals: TotalOptions

  @Flag(
    help: """
      Write, for each series, the smallest lasting rise that would be found with 80 % probability within 1, 3 and 6 \
      periods.
      """)
  var detectability = false

  @Option(help: "Seed of the simulation behind --detectability.")
  var seed: UInt64 = AssessmentConfiguration().seed

  @Option(help: ArgumentHelp("Folder to write with a chart (SVG) of every episode.", valueName: "folder"))
  var charts: String?

  func validate() throws {
    guard !(episodes && detectability) else {
      throw ValidationError("--episodes and --detectability are different tables: ask for one.")
    }
    guard !(detectability && charts != nil) else { throw ValidationError("--detectability has no charts.") }
    guard fdr.map({ $0 > 0 && $0 < 1 }) ?? true else { throw ValidationError("--fdr must be between 0 and 1.") }
    guard minimumExcess >= 0, minimumExcess.isFinite else {
      throw ValidationError("--minimum-excess must be 0 or more.")
    }
    guard minimumExcessPercent >= 0, minimumExcessPercent.isFinite else {
      throw ValidationError("--minimum-excess-percent must be 0 or more.")
    }
  }

  /// Whether anything is asked for that looks beyond single verdicts.
  var needsFinder: Bool {
    episodes || charts != nil || rule.filters
  }

  /// What counts as an exception.
  var rule: ExceptionRule {
    ExceptionRule(
      falseDiscoveryRate: fdr, minimumExcess: minimumExcess, minimumExcessShare: minimumExcessPercent / 100)
  }

  /// Joins a detector's verdicts into episodes as the options say.
  func finder(_ detector: ExceptionDetector) -> EpisodeFinder {
    EpisodeFinder(
      detector, rule: rule, totalName: totals.name)
  }
}
