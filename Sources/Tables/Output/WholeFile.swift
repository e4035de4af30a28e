import Diagnostics
import Foundation

/// Writes one file whole or not at all.
public enum WholeFile {
  /// Writes what `body` passes on to a temporary file beside `path`, then renames it into place. A link is followed; a
  /// device or pipe, which cannot be replaced, is written to as it is.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite), and what `body` throws; nothing is left behind then.
  public static func write(to path: String, _ body: (_ add: ([UInt8]) throws -> Void) throws -> Void) throws {
    let failure = HorizonError(
      .cannotWrite, "cannot write \(path)", remedy: "Check that its folder exists and may be written to")
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var status = stat()
    let exists = stat(target, &status) == 0
    let isReplaced = !exists || status.st_mode & S_IFMT == S_IFREG
    if exists && status.st_mode & S_IFMT == S_IFDIR { throw failure }
    let folder = (target as NSString).deletingLastPathComponent
    let name = ".\((target as NSString).lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial"
    let temporary = isReplaced ? (folder as NSString).appendingPathComponent(name) : target

    // The mode of a file that is replaced stays; a new one gets what the user's mask allows.
    if isReplaced { unlink(temporary) }
    let descriptor = open(temporary, O_WRONLY | O_CLOEXEC | (isReplaced ? O_CREAT | O_EXCL : 0), 0o666)
    guard descriptor >= 0 else { throw failure }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let interruption = DeferredInterruption()
    defer { interruption.end() }
    do {
      try body { bytes in
        guard !interruption.isRequested else { throw CancellationError() }
        do { try file.write(contentsOf: Data(bytes)) } catch { throw failure }
      }
      if isReplaced {
        if exists { fchmod(descriptor, status.st_mode & 0o7777) }
        guard !interruption.isRequested else { throw CancellationError() }
        guard rename(temporary, target) == 0 else { throw failure }
      }
    } catch {
      if isReplaced { unlink(temporary) }
      throw error
    }
  }

  /// Writes these bytes, whole or not at all.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite).
  public static func write(_ bytes: [UInt8], to path: String) throws { try write(to: path) { try $0(bytes) } }
}
