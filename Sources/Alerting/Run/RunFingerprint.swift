import Diagnostics
import Foundation
import Hashing

/// Everything that decides what a run sees, as one digest: of two runs with the same, the second can see nothing new.
public struct RunFingerprint: Hashable, Sendable {
  /// In hexadecimal.
  public let text: String

  /// The digest of a version, of arguments and of what lies in the files and folders that they name; nil where an input can be read
  /// only once.
  ///
  /// - Parameters:
  ///   - arguments: of the command line, those left out that name what a run writes or when it is.
  ///   - version: of the program.
  /// - Throws: ``HorizonError`` (noInput) for a file that cannot be read.
  public init?(_ arguments: [String], version: String) throws {
    guard !arguments.contains("-") else { return nil }
    let hash = try SHA256()
    func add(_ text: String) throws {
      try Array("\(text.utf8.count):\(text)".utf8).withUnsafeBytes { try hash.update($0) }
    }
    func addFile(_ path: String) throws {
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw HorizonError(.noInput, "cannot read \(path)", remedy: "Check its path and rights")
      }
      defer { try? handle.close() }
      var length = 0
      while let part = try handle.read(upToCount: 1 << 22), !part.isEmpty {
        length += part.count
        try part.withUnsafeBytes { try hash.update($0) }
      }
      try add("\(length)")
    }
    try add(version)
    let manager = FileManager.default
    for argument in arguments {
      try add(argument)
      var isFolder: ObjCBool = false
      // An option may be joined to its file: --config=alerts.yaml.
      let path =
        argument.hasPrefix("--")
        ? argument.split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init) : argument
      guard let path, !path.isEmpty, manager.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      guard isFolder.boolValue else {
        try addFile(path)
        // What a store has been told since its last checkpoint.
        if manager.fileExists(atPath: path + "-wal") { try addFile(path + "-wal") }
        continue
      }
      for name in (manager.subpaths(atPath: path) ?? []).sorted() {
        let inner = (path as NSString).appendingPathComponent(name)
        guard manager.fileExists(atPath: inner, isDirectory: &isFolder), !isFolder.boolValue else { continue }
        try add(name)
        try addFile(inner)
      }
    }
    text = try hash.hexadecimal()
  }
}
