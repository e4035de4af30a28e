import ArgumentParser
import Simulation
import Tables

/// `horizon simulate`: panels with known truth.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Writes simulated data with known truth.",
    discussion: "Example: horizon simulate oxfordshire --out data", subcommands: [Oxfordshire.self])

  /// `horizon simulate oxfordshire`: the shipped dataset.
  struct Oxfordshire: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "oxfordshire",
      abstract:
        "Five simulated Oxfordshire districts, 144 months to 2025-12, with planted changes listed in truth.csv.",
      discussion: "Example: horizon simulate oxfordshire --out data")

    @Option(name: .shortAndLong, help: "Folder to write; a dataset that is already there is replaced whole.")
    var out: String = "oxfordshire-simulated"

    @Option(help: "Seed; the shipped dataset uses the default.")
    var seed: UInt64 = OxfordshireSimulation.shippedSeed

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    /// The dataset is known by its name.
    private static let mark = FolderMark.dataset(name: OxfordshireSimulation.datasetName)

    func run() throws {
      try OutputFolder.check(out, replacing: Oxfordshire.mark)
      let files = try OxfordshireSimulation(seed: seed).files()
      try OutputFolder.write(files, to: out, replacing: Oxfordshire.mark)
      Console.note("Wrote \(files.count) files to \(out).", quiet: quiet)
    }
  }
}
