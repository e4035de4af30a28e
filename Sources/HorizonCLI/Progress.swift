import Foundation
import Synchronization

/// One line of progress on a terminal, shown once a job has run for a second.
final class Progress: Sendable {
  private struct State {
    var step = ""
    var shown = false
    var lastDrawn: ContinuousClock.Instant?
  }
  private let state = Mutex(State())
  private let started = ContinuousClock.now
  private let enabled: Bool

  init(quiet: Bool) { enabled = !quiet && Console.canShowProgress }

  /// A new step of the job.
  func begin(_ step: String) { draw(step, force: true) }

  /// Progress within a step.
  func update(_ step: String, done: Int, total: Int) {
    draw(total > 0 ? "\(step) \(min(100, done * 100 / total)) %" : step, force: false)
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
