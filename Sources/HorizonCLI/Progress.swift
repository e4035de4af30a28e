import Foundation
import Synchronization

/// One line of progress on a terminal, shown once a job has run for a second.
final class Progress: Sendable {
  private struct State {
    var shown = false
    var lastDrawn: ContinuousClock.Instant?
    /// When the step under way began.
    var begun = ContinuousClock.now
  }
  private let state = Mutex(State())
  private let started = ContinuousClock.now
  private let enabled: Bool

  init(quiet: Bool) { enabled = !quiet && Console.canShowProgress }

  /// A new step of the job.
  func begin(_ step: String) {
    state.withLock { $0.begun = .now }
    draw(step, force: true)
  }

  /// Progress within a step, with an estimate of what remains once that is more than a few seconds.
  func update(_ step: String, done: Int, total: Int) {
    guard enabled else { return }
    guard total > 0 else { return draw(step, force: false) }
    let spent = ContinuousClock.now - state.withLock { $0.begun }
    let left = Progress.left(spent: Double(spent.components.seconds), done: done, total: total)
    draw("\(step) \(min(100, done * 100 / total)) %\(left)", force: false)
  }

  /// `, about 3 min left`; nothing before a tenth is done or where little remains.
  static func left(spent: Double, done: Int, total: Int) -> String {
    guard done * 10 >= total, done < total, spent > 0 else { return "" }
    let left = spent / Double(done) * Double(total - done)
    guard left >= 5 else { return "" }
    return left < 90
      ? ", about \(Int((left / 5).rounded()) * 5) s left" : ", about \(Int((left / 60).rounded())) min left"
  }

  /// Removes the line.
  func finish() {
    state.withLock { state in
      if state.shown { Console.raw("\r\u{1B}[K") }
      state.shown = false
    }
  }

  private func draw(_ text: String, force: Bool) {
    guard enabled else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - started > .seconds(1) else { return }
      if !force, let last = state.lastDrawn, now - last < .milliseconds(100) { return }
      state.lastDrawn = now
      state.shown = true
      Console.raw("\r\u{1B}[K\(text) ...")
    }
  }
}

/// Counts what several threads have done of a job.
final class Counter: Sendable {
  private let done = Atomic<Int>(0)
  private let total: Int

  init(of total: Int) { self.total = total }

  /// One more; every hundredth part of the job is reported, with the number done and the total.
  func step(_ report: (Int, Int) -> Void) {
    let now = done.add(1, ordering: .relaxed).newValue
    if now % max(1, total / 100) == 0 { report(now, total) }
  }
}
