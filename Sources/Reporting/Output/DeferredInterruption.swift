import Foundation
import Synchronization

/// Holds back SIGINT and SIGTERM while a folder is written, so that an interrupted run leaves nothing half-written.
///
/// The writer asks ``isRequested`` between files, cleans up, and calls ``end()``, which lets the signal do what it would
/// have done.
struct DeferredInterruption {
  private static let received = Atomic<Int32>(0)
  private static let signals = [SIGINT, SIGTERM]

  /// Begins to hold signals back.
  init() {
    // Touched before a handler can run, which must not be what initialises it.
    DeferredInterruption.received.store(0, ordering: .sequentiallyConsistent)
    for number in DeferredInterruption.signals {
      signal(number) { DeferredInterruption.received.store($0, ordering: .sequentiallyConsistent) }
    }
  }

  /// Whether the run has been asked to stop.
  var isRequested: Bool { DeferredInterruption.received.load(ordering: .sequentiallyConsistent) != 0 }

  /// Lets signals through again, the one held back first.
  func end() {
    for number in DeferredInterruption.signals { signal(number, SIG_DFL) }
    let number = DeferredInterruption.received.load(ordering: .sequentiallyConsistent)
    if number != 0 { raise(number) }
  }
}
