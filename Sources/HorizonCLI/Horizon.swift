import ArgumentParser

@main
struct Horizon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "horizon",
    abstract: "Forecasts, exceptions and emerging risks for community safety.")
}
