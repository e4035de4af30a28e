import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Reporting
import Tables

extension ScheduleFiles.Interval: ExpressibleByArgument {}

/// `horizon alert schedule`: what a machine needs to run alerts by itself.
struct AlertScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Writes systemd units, a cron line and a runbook for `alert run`.",
    discussion: """
      Installs nothing: the folder holds what an administrator reads and installs. Paths are made whole from here, those \
      in a --config from its folder.

      Example: horizon alert schedule counts.csv --state alerts.sqlite --folder messages --out schedule
      """)

  @Argument(help: "The inputs of the runs.")
  var inputs: [String]

  @Option(help: ArgumentHelp("State file of the runs.", valueName: "file"))
  var state: String

  @OptionGroup var ways: AlertWayOptions

  @Option(help: ArgumentHelp("Folder to write.", valueName: "folder"))
  var out: String

  @Option(help: "How often.")
  var every = ScheduleFiles.Interval.monthly

  @Option(help: ArgumentHelp("User as whom runs are made.", valueName: "name"))
  var user: String = "horizon"

  func validate() throws {
    guard ways.isGiven else { throw ValidationError("Name the --config or --folder of the runs.") }
    guard !inputs.contains("-") else { throw ValidationError("A schedule cannot read standard input.") }
  }

  func run() throws {
    let whole = { (path: String) in URL(fileURLWithPath: path).standardizedFileURL.path }
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    var command = [program, "alert", "run"] + inputs.map(whole) + ["--state", whole(state)]
    if let config = ways.config { command += ["--config", whole(config)] }
    if let folder = ways.folder { command += ["--folder", whole(folder)] }
    if ways.stdout { command.append("--stdout") }
    var folders = [URL(fileURLWithPath: whole(state)).deletingLastPathComponent().path]
    for channel in try ways.configuration().channels {
      switch channel.kind {
      case .folder(let path): folders.append(whole(path))
      case .atom(let path): folders.append(URL(fileURLWithPath: whole(path)).deletingLastPathComponent().path)
      case .stdout, .webhook, .alertmanager, .mail, .smtp: break
      }
    }
    let files = try ScheduleFiles(
      command: command, folders: Set(folders).sorted(), state: whole(state), user: user, interval: every
    ).files
    for input in inputs.map(whole) where !FileManager.default.fileExists(atPath: input) {
      Console.note("horizon: note: there is no \(input) yet; a run without it exits 66.", quiet: false)
    }
    if getpwnam(user) == nil {
      Console.note("horizon: note: this machine has no user \(user) yet.", quiet: false)
    }
    try OutputFolder.write(
      files + [try FolderManifest(files, version: HorizonVersion.current).file()], to: out, replacing: .horizon)
  }
}
