import Foundation

/// A program that is given bytes and a time to finish.
enum Subprocess {
  struct Result {
    let status: Int32
    let output: [UInt8]
    let errors: String
  }

  /// Runs `command` (a whole path, then arguments) with nothing of this process's environment but the path and the language.
  static func run(_ command: [String], input: [UInt8], seconds: Int) throws(DeliveryFailure) -> Result {
    guard let path = command.first, FileManager.default.isExecutableFile(atPath: path) else {
      throw .later("there is no program \(command.first ?? "")")
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    let manager = FileManager.default
    defer { try? manager.removeItem(at: folder) }
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      // Files rather than pipes: nothing can fill up and block.
      func handle(_ name: String, _ bytes: [UInt8] = []) throws -> FileHandle {
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        return try FileHandle(forUpdating: url)
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = Array(command.dropFirst())
      process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin", "LANG": "C.UTF-8"]
      process.standardInput = try handle("in", input)
      process.standardOutput = try handle("out")
      process.standardError = try handle("err")
      try process.run()
      let end = ContinuousClock.now + .seconds(seconds)
      while process.isRunning && ContinuousClock.now < end { usleep(5_000) }
      guard !process.isRunning else {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        throw DeliveryFailure.later("\(path) did not finish in \(seconds) seconds")
      }
      process.waitUntilExit()
      let output = Array(try Data(contentsOf: folder.appendingPathComponent("out")).prefix(65_536))
      let errors = try Data(contentsOf: folder.appendingPathComponent("err")).prefix(2000)
      return Result(status: process.terminationStatus, output: output, errors: String(decoding: errors, as: UTF8.self))
    } catch let failure as DeliveryFailure {
      throw failure
    } catch {
      throw .later("\(path) cannot be run: \(error)")
    }
  }
}
