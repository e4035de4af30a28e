/// Runs `transform` over `0 ..< count` on up to `threads` concurrent tasks and returns the results in index order.
///
/// The result depends only on `count` and `transform`, never on `threads`: each index is computed alone.
/// Work is handed out in blocks of `grain` indices from a shared counter of tasks.
///
/// - Throws: the error of the lowest failing index among those run, so that messages do not depend on scheduling when a
///   single index fails.
public func parallelMap<T: Sendable>(
  count: Int, threads: Int, grain: Int = 1, _ transform: @Sendable @escaping (Int) throws -> T
) async throws -> [T] {
  guard count > 0 else { return [] }
  if threads <= 1 || count == 1 { return try (0..<count).map(transform) }
  let blockSize = max(1, grain)
  let blocks = (count + blockSize - 1) / blockSize
  let run: @Sendable (Int) -> (Int, Result<[T], any Error>) = { block in
    let range = (block * blockSize)..<min(count, (block + 1) * blockSize)
    return (block, Result { try range.map(transform) })
  }
  var results = [Result<[T], any Error>?](repeating: nil, count: blocks)
  await withTaskGroup(of: (Int, Result<[T], any Error>).self) { group in
    var next = 0
    while next < min(threads, blocks) {
      let block = next
      group.addTask { run(block) }
      next += 1
    }
    while let (block, result) = await group.next() {
      results[block] = result
      if next < blocks {
        let block = next
        group.addTask { run(block) }
        next += 1
      }
    }
  }
  var output: [T] = []
  output.reserveCapacity(count)
  for result in results {
    if let result { output += try result.get() }
  }
  return output
}
