import ArgumentParser
import Foundation

/// Options of every command that computes.
struct RunOptions: ParsableArguments {
  @Option(help: "Worker threads, all cores by default; results do not depend on it.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard (1...1024).contains(threads) else { throw ValidationError("--threads must be from 1 to 1024.") }
  }
}
