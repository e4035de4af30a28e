import Foundation

/// Runs the real binary.
struct HorizonProcess {
  let exitCode: Int32
  let output: String
  let errors: String

  /// The binary that was built with these tests, beside the test runner.
  static let binary: URL = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = runner.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("horizon")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: ".build/tests/release/horizon")
  }()

  /// Runs `horizon` with these arguments and standard input, in `folder`, with another PATH if one is given.
  init(_ arguments: [String], input: String = "", in folder: URL? = nil, path: String? = nil) throws {
    let process = Process()
    process.executableURL = HorizonProcess.binary
    process.arguments = arguments
    if let path { process.environment = ProcessInfo.processInfo.environment.merging(["PATH": path]) { _, new in new } }
    if let folder { process.currentDirectoryURL = folder }
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    // Files rather than pipes: nothing can fill up and block.
    func handle(_ name: String, _ contents: String = "") throws -> (URL, FileHandle) {
      let url = scratch.appendingPathComponent(name)
      try Data(contents.utf8).write(to: url)
      return (url, try FileHandle(forUpdating: url))
    }
    let (_, standardInput) = try handle("in", input)
    let (outputURL, standardOutput) = try handle("out")
    let (errorsURL, standardError) = try handle("err")
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardError
    try process.run()
    process.waitUntilExit()
    exitCode = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    output = try String(decoding: Data(contentsOf: outputURL), as: UTF8.self)
    errors = try String(decoding: Data(contentsOf: errorsURL), as: UTF8.self)
  }
}

/// A new folder that is removed when the test is done with it.
func withTemporaryFolder<T>(_ body: (URL) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Three years of a seasonal monthly series in two areas, as a long CSV.
func longTable(areas: [String] = ["North", "South"], months: Int = 48) -> String {
  var text = "unique_id,ds,y\n"
  for (a, area) in areas.enumerated() {
    for month in 0..<months {
      let count = 20 + 5 * (month % 12 < 6 ? 1 : -1) + (month * 7 + a * 3) % 5
      text += "\(area)|Burglary,\(2020 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-01,\(count)\n"
    }
  }
  return text
}
