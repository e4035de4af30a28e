import ArgumentParser

/// `horizon workshop`: people score the problems of a pack, and the ranking answers.
struct WorkshopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workshop",
    abstract: "Makes the forms that a workshop scores a pack's problems in, reads them back, or serves them live.",
    discussion: "Example: horizon workshop export pack --out scoring.xlsx",
    subcommands: [WorkshopExportCommand.self, WorkshopImportCommand.self, WorkshopServeCommand.self])
}
