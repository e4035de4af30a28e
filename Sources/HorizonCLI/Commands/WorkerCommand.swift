import ArgumentParser
import Diagnostics
import Foundation
import ModelFiles
import Reporting
import Worker

/// `horizon worker`: series in frames, for a cluster.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Answers frames of series on standard input; run by the Python package on Spark.",
    discussion: """
      Reads a hello that says what to do, then frames of series, and answers each before it reads the next. Python/PROTOCOL.md \
      has the frames and their limits.

      Example: horizon worker
      """)

  func run() async throws {
    let session = WorkerSession(version: HorizonVersion.current, reference: try ModelFileLoader.builtIn())
    let reader = FrameReader { buffer in
      while true {
        let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        guard errno == EINTR else {
          throw HorizonError(
            .noInput, "cannot read standard input", remedy: "Check that whoever runs the worker is there")
        }
      }
    }
    try await session.run(reader) { try Console.output(try $0.bytes()) }
  }
}
