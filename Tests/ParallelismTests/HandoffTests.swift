import Parallelism
import Testing

/// A value made in one task and used up in another.
@Suite struct HandoffTests {
  private final class Large: Sendable {}

  @Test func isTakenOnce() {
    let handoff = Handoff([1, 2, 3])
    #expect(handoff.take() == [1, 2, 3])
    #expect(handoff.take() == nil)
  }

  @Test func keepsNothingOfWhatWasTaken() {
    weak var kept: Large?
    let handoff: Handoff<Large>
    do {
      let large = Large()
      kept = large
      handoff = Handoff(large)
    }
    #expect(kept != nil)
    do { #expect(handoff.take() != nil) }
    #expect(kept == nil)
    #expect(handoff.take() == nil)
  }

  @Test func oneOfManyTasksGetsIt() async {
    for _ in 0..<50 {
      let handoff = Handoff(7)
      let taken = await withTaskGroup(of: Int?.self) { group in
        for _ in 0..<16 { group.addTask { handoff.take() } }
        var taken: [Int] = []
        for await one in group { if let one { taken.append(one) } }
        return taken
      }
      #expect(taken == [7])
    }
  }
}
