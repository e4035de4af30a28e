import ArgumentParser
import ExceptionDetection
import Reporting
import TimeSeries

/// `horizon changes`: when did it begin.
struct ChangesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "Finds when the level of each count changed, looking back over all of its history.",
    discussion: """
      Season and lengths of months are taken out first. Writes one row for each stretch of one level: its start and end, the mean \
      count, the change from the stretch before in per cent with a 95 % interval, and the periods between which the change \
      probably began. A steady rise or fall competes with steps, and levels wander by what the series show together: `shape`, \
      `trend_percent` and `wander_percent` say so. In series without a step a change is found in the share given by --false-rate.

      Example: horizon changes counts.csv --output changes.csv
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: "Share of unchanged series in which a change may be found all the same.")
  var falseRate: Double = 0.05

  @Option(help: "Seed of the simulated series from which the threshold is set.")
  var seed: UInt64 = 1

  @Flag(help: "Write only the stretches that begin with a change.")
  var changedOnly = false

  func validate() throws {
    guard falseRate >= 0.001 && falseRate <= 0.5 else {
      throw ValidationError("--false-rate must be from 0.001 to 0.5.")
    }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    progress.begin("Looking for changes")
    var detector = ChangePointDetector(interventions: session.interventions)
    detector.falseRate = falseRate
    // Enough for the rarest to be seen about twenty times.
    detector.simulations = max(399, Int((20 / falseRate).rounded(.up)) - 1)
    detector.seed = seed
    detector.threads = run.threads
    let changes = try await detector.run(session.panel)
    progress.finish()
    try output.write(.changes(changes, style: session.style, changedOnly: changedOnly))
    let looked = changes.count { $0.reason == nil }
    Console.note(
      "\(changes.count { $0.latest != nil }) of \(looked) series changed; with nothing new "
        + "\(Console.about(Double(looked) * falseRate)) would seem to."
        + (looked < changes.count ? " \(changes.count - looked) series were not looked at." : ""), quiet: run.quiet)
  }
}
