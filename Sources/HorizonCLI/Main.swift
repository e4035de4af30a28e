import ArgumentParser
import CMalloc
import CommunitySafety
import Diagnostics
import Foundation
import Wording
import Worker

/// Entry point: runs the command and turns errors into messages and exit codes.
@main
enum Main {
  static func main() async {
    growHeapInLargeSteps()
    do {
      try checkCommand()
      var command = try Horizon.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as HorizonError {
      if ProcessInfo.processInfo.environment["HORIZON_ERRORS"] == "json" {
        Console.write(String(decoding: ErrorRecord(error).json, as: UTF8.self) + "\n")
      } else {
        Console.error(error.description)
      }
      exit(error.kind.exitCode)
    } catch {
      Horizon.exit(withError: error)
    }
  }

  /// The parser takes a command that there is none of for an argument too many, and offers nothing.
  ///
  /// - Throws: ``HorizonError`` (usage) with the nearest command.
  private static func checkCommand() throws {
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") else { return }
    let known = Horizon.configuration.subcommands.compactMap { command in command.configuration.commandName } + ["help"]
    guard !known.contains(word) else { return }
    throw HorizonError(
      .usage, "there is no command \(SafeText.printable(word))",
      remedy: NearestName.nearest(to: word, among: known).map { "Perhaps `horizon \($0)` was meant" }
        ?? "Use one of: \(known.joined(separator: ", "))")
  }
}

/// Has glibc take memory for the heap of a thread 64 MB at a time: by itself it takes 128 kB, with a system call each, which was
/// a twentieth of the time of reading and forecasting a large table. Pages that are not touched are not used.
private func growHeapInLargeSteps() {
  _ = mallopt(M_TOP_PAD, 64 << 20)
}

extension HorizonError.Kind {
  /// The codes of `sysexits.h` for each kind of failure.
  var exitCode: Int32 {
    switch self {
    case .usage: 64
    case .data: 65
    case .noInput: 66
    case .cannotWrite: 73
    case .tryLater: 75
    }
  }
}
