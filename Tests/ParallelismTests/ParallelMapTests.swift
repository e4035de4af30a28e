import Parallelism
import Synchronization
import Testing

/// Work that is divided gives what undivided work gives.
@Suite struct ParallelMapTests {
  private struct Failure: Error, Equatable { let index: Int }

  @Test(arguments: [0, 1, 2, 7, 64, 1_000], [1, 2, 3, 16])
  func isInOrderWhateverTheThreads(count: Int, threads: Int) async throws {
    for grain in [-1, 1, 3, 5_000] {
      let squares = try await parallelMap(count: count, threads: threads, grain: grain) { $0 * $0 }
      #expect(squares == (0..<count).map { $0 * $0 })
    }
  }

  /// Whatever ends first, the message is that of the first that failed.
  @Test(arguments: [1, 2, 8]) func throwsTheErrorOfTheLowestIndex(threads: Int) async {
    await #expect(throws: Failure(index: 3)) {
      _ = try await parallelMap(count: 40, threads: threads) { index -> Int in
        if index == 3 || index > 20 { throw Failure(index: index) }
        return index
      }
    }
  }

  @Test func worksOnNoMoreAtOnceThanAsked() async throws {
    let running = Atomic(0)
    let most = Mutex(0)
    _ = try await parallelMap(count: 200, threads: 3) { index -> Int in
      let now = running.add(1, ordering: .sequentiallyConsistent).newValue
      most.withLock { $0 = max($0, now) }
      var sum = 0
      for i in 0..<20_000 { sum &+= i ^ index }
      running.subtract(1, ordering: .sequentiallyConsistent)
      return sum
    }
    #expect(most.withLock { $0 } <= 3)
  }

  /// Parts follow each other without a gap, and there are as many as threads at most.
  @Test(arguments: [0, 1, 2, 5, 100], [-1, 1, 2, 7]) func partsAreWholeAndInOrder(count: Int, threads: Int) {
    let parts = inParts(of: count, threads: threads) { $0 }
    #expect(parts.flatMap { Array($0) } == Array(0..<count))
    #expect(parts.count == max(1, min(threads, count)))
    if let least = parts.map(\.count).min(), let most = parts.map(\.count).max() { #expect(most - least <= 1) }
  }
}
