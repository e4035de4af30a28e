import Synchronization

/// Runs asynchronous work to its end on the thread that asks for it: no thread is woken, and every run takes the same path.
final class TaskLoop: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var next = 0
    var done = false
  }

  private let state = Mutex(State())

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
  }

  /// Runs `work`, and what it waits for, here.
  func run(_ work: @escaping @Sendable () async -> Void) {
    Task.detached(executorPreference: self) {
      await work()
      self.state.withLock { $0.done = true }
    }
    while let job = following() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    let done = state.withLock { state in
      defer { state = State() }
      return state.done
    }
    precondition(done, "the work waits for something that is not on this thread")
  }

  private func following() -> UnownedJob? {
    state.withLock { state in
      guard state.next < state.jobs.count else { return nil }
      defer { state.next += 1 }
      return state.jobs[state.next]
    }
  }
}
