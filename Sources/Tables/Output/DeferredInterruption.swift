import Foundation
import Synchronization

/// Holds back SIGINT and SIGTERM while a folder is written, so that an interrupted run leaves nothing half-written.
///
/// The writer asks ``isRequested`` between files, cleans up, and calls ``end()``, which lets the signal do what it would
/// have done. A signal that the process ignores (a job under `nohup`, say) stays ignored.
struct DeferredInterruption {
  private static let received = Atomic<Int32>(0)
  private let previous: [(number: Int32, handler: __sighandler_t?)]

  /// Begins to hold signals back.
  init() {
    // Touched before a handler can run, which must not be what initialises it.
    DeferredInterruption.received.store(0, ordering: .sequentiallyConsistent)
    previous = [SIGINT, SIGTERM].map { number in
      let handler = signal(number) { DeferredInterruption.received.store($0, ordering: .sequentiallyConsistent) }
      if unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
      return (number, handler)
    }
  }

  /// Whether the run has been asked to stop.
  var isRequested: Bool { DeferredInterruption.received.load(ordering: .sequentiallyConsistent) != 0 }

  /// Lets signals through again, the one held back first.
  func end() {
    for (number, handler) in previous { signal(number, handler) }
    let number = DeferredInterruption.received.load(ordering: .sequentiallyConsistent)
    guard number != 0 else { return }
    // The threads of a task pool block signals, and `raise` speaks to the calling thread only.
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
  }
}
