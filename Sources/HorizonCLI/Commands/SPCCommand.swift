import ArgumentParser
import CommunitySafety
import ControlCharts
import Diagnostics
import ExceptionDetection
import Reporting
import Tables
import TimeSeries
import Wording

/// `horizon spc`: control charts.
struct SPCCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spc",
    abstract: "Draws control charts with the Making Data Count rules, and says what the latest point means.",
    discussion: """
      Counts and values get XmR charts, proportions p-charts widened by their scatter. Writes the latest state of every series: \
      the value, its mean and limits, improvement, concern or common cause and by which rules, since when, and whether the \
      target is consistently hit or missed: from 13 points on, and under 12 the limits are trial limits. false_alarm_rate is how \
      often a series like it in which nothing is new would stand out all the same, by the four rules together and by each: \
      control charts know nothing of season or drift; `horizon exceptions` does. Shares and values that are 12-month or \
      year-to-date figures get a warning instead of limits and rules.

      Steps of the break calendar rebase the chart, and untypical stretches are left out of the limits. Any other rebase is a \
      person's decision: --propose-rebases says where the level seems to have changed, --rebase "2023-04=cause, who" accepts.

      Example: horizon spc counts.csv --charts charts
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(
    help: ArgumentHelp(
      "Target as Measure=number; a number alone is for every series. May be repeated.", valueName: "target"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp(
      "Which way is better, as Measure=higher, lower or neither. May be repeated.", valueName: "measure"))
  var better: [String] = []

  @Option(
    help: ArgumentHelp(
      "Start new limits in this period, as \"2023-04=cause, who decided\". May be repeated.", valueName: "period=cause")
  )
  var rebase: [String] = []

  @Flag(help: "Look for changes of level that may be rebases, and say where they are; no chart is rebased by it.")
  var proposeRebases = false

  @Option(
    help: ArgumentHelp(
      "New or empty folder for the charts: index.html and an SVG for each; one that holds earlier charts is replaced.",
      valueName: "folder"))
  var charts: String?

  @Option(help: "Security marking of the page of charts.")
  var marking: String = "OFFICIAL"

  @Option(help: "Simulated series behind each false-alarm rate; 0 for none.")
  var simulations: Int = 1000

  @Option(help: "Seed of the simulated series.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (0...100_000).contains(simulations) else { throw ValidationError("--simulations must be from 0 to 100000.") }
    _ = try targets()
    _ = try directions()
  }

  func run() async throws {
    if let charts { try OutputFolder.check(charts, replacing: .horizon, option: "--charts") }
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    progress.begin("Drawing charts")
    let (targets, asked) = (try targets(), try directions())
    let panel = session.panel
    let names = Set(panel.series.map { $0.key.measure ?? $0.key.area })
    for name in (Array(targets.keys) + Array(asked.keys)).sorted() where !name.isEmpty && !names.contains(name) {
      throw HorizonError(
        .usage, "no series is of a measure \"\(name)\"", remedy: "Name one of the data, as `horizon series` lists them")
    }
    let registry = session.reference.measures
    var drawing = ControlCharts(interventions: session.interventions)
    for series in panel.series {
      let name = series.key.measure ?? series.key.area
      let measure = registry.measure(name, kind: series.kind)
      drawing.directions[series.key] = asked[name] ?? SPCDirection(measure.polarity)
      drawing.targets[series.key] = targets[name] ?? targets[""] ?? measure.target(forOneOf: panel.frequency)
    }
    drawing.rebases = try rebase.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let first = parts.first, let period = PeriodStyle.parse(first, frequency: panel.frequency)?.period else {
        throw HorizonError(
          .usage, "--rebase \(text) is no \(panel.frequency.noun)",
          remedy: "Write it as \(panel.span.map { panel.style.format($0.upperBound) } ?? "2023-04")=cause, who decided")
      }
      guard parts.dropFirst().first?.hasPrefix("=") != true else {
        throw HorizonError(
          .usage, "--rebase \(text) has two equals signs", remedy: "Write it as \(first)=cause, who decided")
      }
      return .init(period, reason: parts.dropFirst().first { $0.contains { !$0.isWhitespace } })
    }
    drawing.proposesRebases = proposeRebases
    drawing.simulations = simulations
    drawing.seed = seed
    drawing.threads = run.threads
    let drawn = try await drawing.run(panel)
    progress.finish()
    if let charts {
      let pictures = ControlChartPictures(drawn)
      try OutputFolder.write(
        pictures.files(marking: marking, version: HorizonVersion.current), to: charts, replacing: .horizon,
        option: "--charts")
      let shown = pictures.shown.count
      Console.note("Wrote \(NumberText.counted(shown, "chart")) to \(charts)/index.html.", quiet: run.quiet)
    }
    try output.write(.controlCharts(drawn, style: session.style))
    let rates = drawn.map(\.falseAlarms.any).filter(\.isFinite)
    let standing = drawn.count { $0.variation != .commonCause && $0.variation != .notJudged }
    Console.note(
      "\(standing) of \(drawn.count) series show\(standing == 1 ? "s" : "") special cause"
        + (rates.isEmpty ? "." : "; with nothing new \(Console.about(rates.reduce(0, +))) would."),
      quiet: run.quiet)
    for rebase in drawing.rebases {
      if let words = SPCCommand.shortfall(of: rebase.period, drawn, style: panel.style) {
        Console.note(words, quiet: run.quiet)
      }
      if rebase.reason == nil {
        let period = panel.style.format(rebase.period)
        Console.note(
          "--rebase \(period) says neither why nor who decided: write it as \"\(period)=cause, who decided\".",
          quiet: run.quiet)
      }
    }
    warn(of: drawn, quiet: run.quiet)
  }

  /// Says which charts have no limits because their figures overlap, and how many rebases are proposed.
  private func warn(of charts: [ControlChart], quiet: Bool) {
    for kind in OverlappingFigures.allCases {
      let overlapping = charts.count { $0.overlap == kind }
      guard overlapping > 0 else { continue }
      Console.note(
        "\(NumberText.grouped(overlapping)) series \(overlapping == 1 ? "is" : "are") taken for \(kind.rawValue), "
          + "whose neighbours overlap: no limits and no rules. Chart the single periods.", quiet: quiet)
    }
    let proposed = charts.count { $0.proposal != nil }
    if proposed > 0 {
      Console.note(
        "\(NumberText.counted(proposed, "rebase")) proposed, none drawn: accept one with --rebase \"period=cause, who decided\".",
        quiet: quiet)
    }
  }

  /// Says of a rebase that was asked for how many charts begin new limits there; nil if all do.
  private static func shortfall(of rebase: Period, _ charts: [ControlChart], style: PeriodStyle) -> String? {
    let rebased = charts.count { chart in
      chart.stretches.contains { $0.reason != nil && chart.points[$0.range.lowerBound].period == rebase }
    }
    guard rebased < charts.count else { return nil }
    let charts = rebased == 0 ? "no chart" : "only \(rebased) of \(charts.count) charts"
    return "--rebase \(style.format(rebase)) changed \(charts): "
      + "\(rebased == 0 ? "no series has" : "the others have no") figures both before it and from it on."
  }

  /// Targets by measure; "" is for every series.
  private func targets() throws -> [String: Double] {
    var targets: [String: Double] = [:]
    for text in target {
      let (name, value) = SPCCommand.split(text)
      guard let number = Double(value), number.isFinite else {
        throw ValidationError("--target \(text) has no number; write it as Burglary=20.")
      }
      targets[name] = number
    }
    return targets
  }

  private func directions() throws -> [String: SPCDirection] {
    var directions: [String: SPCDirection] = [:]
    for text in better {
      let (name, value) = SPCCommand.split(text)
      guard let direction = SPCDirection(rawValue: value), !name.isEmpty else {
        throw ValidationError("--better \(text) is not understood; write it as Burglary=lower (or higher, or neither).")
      }
      directions[name] = direction
    }
    return directions
  }

  /// A name and what stands after its last equals sign; no name without one.
  private static func split(_ text: String) -> (name: String, value: String) {
    guard let sign = text.lastIndex(of: "=") else { return ("", text) }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }
}
