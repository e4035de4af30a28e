import Diagnostics
import Foundation

/// A program on the PATH that turns files of a folder into others.
struct ExternalProgram: Sendable {
  let name: String
  private let file: String
  /// What it is needed for, and what it makes.
  private let option: String
  private let product: String

  /// Seconds until a program that does not end is stopped.
  private static let patience = 120

  /// Looks for the program on the PATH.
  ///
  /// - Parameters:
  ///   - package: the Debian package that has it; nil where none does.
  ///   - option: what it is needed for.
  ///   - product: what it makes.
  /// - Throws: ``HorizonError`` (cannotWrite) where there is none.
  init(
    _ name: String, package: String?, for option: String, product: String = "the document",
    path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws {
    let places = path.split(separator: ":").map { "\($0)/\(name)" }
    guard let file = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw HorizonError(
        .cannotWrite, "\(option) needs the program \(name), which is not on the PATH",
        remedy: "Install it\(package.map { " (Debian: apt install \($0))" } ?? ""), or leave \(option) out")
    }
    (self.name, self.file, self.option, self.product) = (name, file, option, product)
  }

  /// Runs it in a folder. Dates that it writes are one that never changes.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) with the first line of what it said where it fails or does not end.
  func run(_ arguments: [String], in folder: URL) throws {
    let log = folder.appendingPathComponent("\(UUID().uuidString).log")
    let process = Process()
    do {
      try Data().write(to: log)
      let errors = try FileHandle(forWritingTo: log)
      process.executableURL = URL(fileURLWithPath: file)
      process.arguments = arguments
      process.currentDirectoryURL = folder
      process.environment = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path,
        "SOURCE_DATE_EPOCH": "946684800",
      ]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = errors
      try process.run()
    } catch {
      throw failure("it cannot be run")
    }
    let end = ContinuousClock.now + .seconds(ExternalProgram.patience)
    while process.isRunning && ContinuousClock.now < end { usleep(2_000) }
    guard !process.isRunning else {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      throw failure("it did not end in \(ExternalProgram.patience) seconds")
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let said = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
      throw failure(said.split(separator: "\n").first.map(String.init) ?? "it ended with \(process.terminationStatus)")
    }
  }

  private func failure(_ reason: String) -> HorizonError {
    HorizonError(.cannotWrite, "\(name) could not make \(product): \(reason)", remedy: "Leave \(option) out")
  }
}
