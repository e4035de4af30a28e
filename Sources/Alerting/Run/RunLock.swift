import Diagnostics
import Foundation
import StateFiles

/// One run at a time over a state file: a lock that the system lets go of when its process ends, however it ends.
public final class RunLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, a file beside the state.
  ///
  /// - Throws: ``HorizonError``: tryLater where another run holds it, cannotWrite.
  public init(state path: String) throws {
    descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw HorizonError(
        .cannotWrite, "cannot write \(path).lock", remedy: FileRights.remedy(for: path + ".lock"))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw HorizonError(
        .tryLater, "another run works on \(path)",
        remedy: "Try again when it is done; it lets go of the state by itself")
    }
  }

  deinit { close(descriptor) }
}
