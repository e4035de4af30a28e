import Synchronization

/// Adds up bytes done over the workers and reports them in rising order.
final class ProgressMeter: Sendable {
  private let total: Int
  private let report: (@Sendable (Int, Int) -> Void)?
  private let done = Mutex(0)

  /// A meter of `total` bytes; 0 where the total is unknown.
  init(total: Int, report: (@Sendable (Int, Int) -> Void)?) {
    self.total = total
    self.report = report
  }

  /// Notes `bytes` more done.
  func add(_ bytes: Int) {
    guard let report, bytes > 0 else { return }
    done.withLock { done in
      done += bytes
      report(done, total)
    }
  }
}
