import Diagnostics
import Foundation
import Hashing

/// Everything that decides what a run sees, as one digest: of two runs with the same, the second can see nothing new.
public struct RunFingerprint: Hashable, Sendable {
  /// In hexadecimal.
  public let text: String

  /// The digest of a version, of settings and of what lies in files and folders; nil where one of them can be read only once,
  /// as standard input, a pipe or a device.
  ///
  /// - Parameters:
  ///   - settings: what was asked for, as text; nothing that one names is read.
  ///   - paths: files and folders that the run reads.
  ///   - version: of the program.
  /// - Throws: ``HorizonError`` (noInput) for a file that cannot be read.
  public init?(_ settings: [String], reading paths: [String], version: String) throws {
    let manager = FileManager.default
    // What a path leads to, through links.
    func kind(_ path: String) -> FileAttributeType? {
      let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      return (try? manager.attributesOfItem(atPath: real))?[.type] as? FileAttributeType
    }
    let readable: [FileAttributeType?] = [.typeRegular, .typeDirectory, nil]
    guard paths.allSatisfy({ $0 != "-" && readable.contains(kind($0)) }) else { return nil }
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
    for setting in settings { try add(setting) }
    for path in paths {
      try add(path)
      switch kind(path) {
      case FileAttributeType.typeRegular?:
        try addFile(path)
        // What a store has been told since its last checkpoint.
        if manager.fileExists(atPath: path + "-wal") { try addFile(path + "-wal") }
      case FileAttributeType.typeDirectory?:
        for name in (manager.subpaths(atPath: path) ?? []).sorted() {
          let inner = (path as NSString).appendingPathComponent(name)
          guard kind(inner) == .typeRegular else { continue }
          try add(name)
          try addFile(inner)
        }
      default: try add("absent")
      }
    }
    text = try hash.hexadecimal()
  }
}
