import Dispatch
import Synchronization

/// Runs `work` on consecutive parts of `0 ..< count`, as many as `threads` at once, and returns the results in the order of the parts.
///
/// For work that waits for nothing and cannot wait itself; the caller's thread takes a part too. How `count` is divided depends on
/// `threads`, so that results must be of a kind that can be joined however they were divided.
public func inParts<T: Sendable>(of count: Int, threads: Int, _ work: @Sendable (Range<Int>) -> T) -> [T] {
  let parts = max(1, min(threads, count))
  guard parts > 1 else { return [work(0..<count)] }
  let results = Mutex([T?](repeating: nil, count: parts))
  DispatchQueue.concurrentPerform(iterations: parts) { part in
    let made = work(count * part / parts..<count * (part + 1) / parts)
    results.withLock { $0[part] = made }
  }
  return results.withLock { $0.compactMap { $0 } }
}
