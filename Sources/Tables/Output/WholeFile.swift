import Diagnostics
import Foundation

/// Writes one file whole or not at all.
public enum WholeFile {
  /// Writes what `body` passes on to a temporary file beside `path`, then renames it into place. A link is followed; a
  /// device or pipe, which cannot be replaced, is written to as it is.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite), and what `body` throws; nothing is left behind then.
  public static func write(to path: String, _ body: (_ add: ([UInt8]) throws -> Void) throws -> Void) throws {
    let file = try PartialFile(path)
    defer { file.end() }
    do {
      try body(file.add)
      try file.commit()
    } catch {
      file.abandon()
      throw error
    }
  }

  /// The same, where what passes the bytes on waits for threads.
  public static func write(
    to path: String, awaiting body: (_ add: ([UInt8]) throws -> Void) async throws -> Void
  ) async throws {
    let file = try PartialFile(path)
    defer { file.end() }
    do {
      try await body(file.add)
      try file.commit()
    } catch {
      file.abandon()
      throw error
    }
  }

  /// Writes these bytes, whole or not at all.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite).
  public static func write(_ bytes: [UInt8], to path: String) throws { try write(to: path) { try $0(bytes) } }
}

/// A file that is being written, under a name of its own until it is whole.
private struct PartialFile {
  private let file: FileHandle
  private let descriptor: Int32
  private let target: String
  private let temporary: String
  private let isReplaced: Bool
  /// Mode of the file that is replaced; nil where there is none.
  private let mode: mode_t?
  private let interruption: DeferredInterruption
  private let failure: HorizonError

  init(_ path: String) throws {
    failure = HorizonError(
      .cannotWrite, "cannot write \(path)", remedy: "Check that its folder exists and may be written to")
    target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var status = stat()
    let exists = stat(target, &status) == 0
    isReplaced = !exists || status.st_mode & S_IFMT == S_IFREG
    if exists && status.st_mode & S_IFMT == S_IFDIR { throw failure }
    mode = exists ? status.st_mode & 0o7777 : nil
    let folder = (target as NSString).deletingLastPathComponent
    let name = ".\((target as NSString).lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial"
    temporary = isReplaced ? (folder as NSString).appendingPathComponent(name) : target

    // The mode of a file that is replaced stays; a new one gets what the user's mask allows.
    if isReplaced { unlink(temporary) }
    descriptor = open(temporary, O_WRONLY | O_CLOEXEC | (isReplaced ? O_CREAT | O_EXCL : 0), 0o666)
    guard descriptor >= 0 else { throw failure }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    interruption = DeferredInterruption()
  }

  func add(_ bytes: [UInt8]) throws {
    guard !interruption.isRequested else { throw CancellationError() }
    do { try file.write(contentsOf: Data(bytes)) } catch { throw failure }
  }

  func commit() throws {
    guard isReplaced else { return }
    if let mode { fchmod(descriptor, mode) }
    guard !interruption.isRequested else { throw CancellationError() }
    guard rename(temporary, target) == 0 else { throw failure }
  }

  func abandon() { if isReplaced { unlink(temporary) } }

  func end() { interruption.end() }
}
