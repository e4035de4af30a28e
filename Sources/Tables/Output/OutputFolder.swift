import Diagnostics
import Foundation

/// Writes a set of files as one folder: whole or not at all.
public enum OutputFolder {
  /// Writes `files` into `path`, replacing a folder of the same kind that is already there.
  ///
  /// The files go to a temporary folder beside `path`, which is then renamed into place; the old folder is removed last.
  /// A folder that holds something else is left untouched.
  ///
  /// - Parameters:
  ///   - mark: how a folder that may be replaced is known; nil to replace nothing.
  ///   - option: the option that names the folder, for messages.
  /// - Throws: ``HorizonError`` (cannotWrite; usage for a blank path).
  public static func write(
    _ files: [OutputFile], to path: String, replacing mark: FolderMark?, option: String = "--out"
  ) throws {
    let manager = FileManager.default
    try check(path, replacing: mark, option: option)
    let target = resolved(path)
    let parent = target.deletingLastPathComponent()
    let process = ProcessInfo.processInfo.processIdentifier
    let temporary = parent.appendingPathComponent(
      ".\(target.lastPathComponent).\(process).partial", isDirectory: true)
    let old = parent.appendingPathComponent(".\(target.lastPathComponent).\(process).old", isDirectory: true)
    let interruption = DeferredInterruption()
    defer {
      try? manager.removeItem(at: temporary)
      interruption.end()
    }
    do {
      try manager.createDirectory(at: temporary, withIntermediateDirectories: true)
      for file in files where !interruption.isRequested {
        let url = temporary.appendingPathComponent(file.path)
        try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.contents).write(to: url)
      }
      guard !interruption.isRequested else { throw CancellationError() }
      if manager.fileExists(atPath: target.path) {
        try manager.moveItem(at: target, to: old)
        do {
          try manager.moveItem(at: temporary, to: target)
        } catch {
          try? manager.moveItem(at: old, to: target)
          throw error
        }
        try manager.removeItem(at: old)
      } else {
        try manager.moveItem(at: temporary, to: target)
      }
    } catch {
      throw HorizonError(
        .cannotWrite, "cannot write the folder \(path): \(reason(error))",
        remedy: "Choose a folder you may write to with \(option)")
    }
  }

  /// Checks, before any work is done, that `path` can be written: it does not exist, is empty, or bears the mark.
  ///
  /// - Parameter current: the folder that people are in.
  /// - Throws: ``HorizonError`` (cannotWrite; usage for a blank path).
  public static func check(
    _ path: String, replacing mark: FolderMark?, option: String = "--out",
    current: String = FileManager.default.currentDirectoryPath
  ) throws {
    let manager = FileManager.default
    guard !path.isEmpty else { throw HorizonError(.usage, "\(option) is blank", remedy: "Name a folder to write") }
    let target = resolved(path)
    var isDirectory: ObjCBool = false
    if manager.fileExists(atPath: target.path, isDirectory: &isDirectory) {
      guard isDirectory.boolValue else {
        throw HorizonError(
          .cannotWrite, "\(path) is a file, not a folder", remedy: "Choose another folder with \(option)")
      }
      let contents = ((try? manager.contentsOfDirectory(atPath: target.path)) ?? []).sorted()
      if !contents.isEmpty { try FolderMark.check(target, contents, named: path, mark: mark, option: option) }
      guard target != resolved(current) else {
        // A shell would be left in the folder that was replaced, and see nothing of the new one.
        throw HorizonError(
          .cannotWrite, "\(path) is the current folder, which cannot be replaced while you are in it",
          remedy: "Name a folder below it with \(option), such as pack")
      }
    }
    var existing = target.deletingLastPathComponent()
    while !manager.fileExists(atPath: existing.path) && existing.path != "/" { existing.deleteLastPathComponent() }
    var parentIsDirectory: ObjCBool = false
    guard manager.fileExists(atPath: existing.path, isDirectory: &parentIsDirectory), parentIsDirectory.boolValue,
      manager.isWritableFile(atPath: existing.path)
    else {
      throw HorizonError(
        .cannotWrite, "cannot write to \(existing.path)", remedy: "Choose a folder you may write to with \(option)")
    }
  }

  /// The folder a path names; of a link, the folder it leads to.
  private static func resolved(_ path: String) -> URL {
    URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.resolvingSymlinksInPath()
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    let text = (error as NSError).localizedDescription
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
