import Diagnostics
import Foundation
import Workshop

/// The ranking with what was entered so far, made when it is asked for and something was entered since: one at a time, however many ask.
actor Standing {
  /// The workbooks' scores with those entered live.
  struct Now: Sendable {
    let step: Int
    let record: WorkshopRecord
    let ranking: WorkshopRanking
    /// Scores that contradict a workbook's, which stands until one of the two is changed.
    let contradictions: [HorizonError]
  }

  private let evidence: PackEvidence
  private let base: WorkshopRecord
  private let state: WorkshopState
  private var known: Now?
  private var making: Task<Now, any Error>?

  init(evidence: PackEvidence, base: WorkshopRecord, state: WorkshopState) {
    (self.evidence, self.base, self.state) = (evidence, base, state)
  }

  /// The ranking now.
  func now() async throws -> Now {
    if let making { return try await making.value }
    let task = Task.detached(priority: .utility) { [evidence, base, state, known] in
      let step = try await state.step()
      if let known, known.step == step { return known }
      let form = try await state.form(evidence, matching: .samePack)
      // On a thread of its own: tasks share as many threads as there are processors, and scores have to be taken meanwhile.
      return await withCheckedContinuation { continuation in
        DispatchQueue.global(qos: .utility).async {
          var record = base
          let contradictions = record.add(form)
          continuation.resume(
            returning: Now(
              step: step, record: record, ranking: WorkshopRanking(evidence, record), contradictions: contradictions))
        }
      }
    }
    making = task
    defer { making = nil }
    let now = try await task.value
    known = now
    return now
  }
}
