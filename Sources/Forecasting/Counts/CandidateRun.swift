/// The level processes run over the history of a series: on its own level, then, in a pool that has a level of its own,
/// relative to that.
///
/// Expected counts lie eight processes to a block, so that likelihoods are worked out with vectors of eight.
struct CandidateRun: ~Copyable {
  /// Eight a period, block after block.
  private let means: UnsafeMutablePointer<SIMD8<Double>>
  private let periods: Int
  /// Where each process ends.
  let states: [LevelState]
  /// The processes of each block, lane by lane; nil for a lane that holds none.
  let blocks: [[Int?]]
  /// Sums of the expected counts of observed periods, one vector a block.
  let sums: [SIMD8<Double>]
  /// The smallest and the largest expected count.
  let reach: ClosedRange<Double>

  /// Where the groups of four processes on the own level lie: block and half of it.
  private static let ownPlaces = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]

  init(own: FilterInput, pooled: FilterInput?) {
    let n = own.values.count
    // Groups of four: the four of steady and reverting levels fill two blocks, that of trending ones half of one.
    let places = [CandidateRun.ownPlaces, [(3, 0), (3, 1), (4, 0), (4, 1), (2, 1)]]
    let count = pooled == nil ? 3 : 5
    means = .allocate(capacity: max(1, count * n))
    let numbers = UnsafeMutableRawPointer(means).assumingMemoryBound(to: Double.self)
    var states: [LevelState] = []
    var blocks = [[Int?]](repeating: [Int?](repeating: nil, count: 8), count: count)
    var sums = [SIMD8<Double>](repeating: .zero, count: count)
    var reach: ClosedRange<Double>?
    let runs = LevelLanes.filter(
      [own] + (pooled.map { [$0] } ?? []), means: numbers,
      offsets: places.map { $0.map { Int64(8 * n * $0.0 + 4 * $0.1) } })
    for (run, places) in zip(runs, places) {
      for (group, (block, half)) in places.enumerated() {
        for lane in 0..<4 {
          blocks[block][4 * half + lane] = states.count + 4 * group + lane
          sums[block][4 * half + lane] = run.sums[group][lane]
        }
      }
      states += run.states
      reach =
        reach.map { min($0.lowerBound, run.reach.lowerBound)...max($0.upperBound, run.reach.upperBound) } ?? run.reach
    }
    if pooled == nil {
      // The half of a block that holds no process repeats the other.
      for t in 0..<n { means[2 * n + t].highHalf = means[2 * n + t].lowHalf }
      sums[2].highHalf = sums[2].lowHalf
    }
    periods = n
    self.states = states
    self.blocks = blocks
    self.sums = sums
    self.reach = reach ?? 1...1
  }

  deinit { means.deallocate() }

  /// Sums of (count + size) log(mean + size) for four sizes and the processes of a block.
  func logSums(_ block: Int, _ counts: CountLogSums, sizes: SIMD4<Double>) -> InlineArray<4, SIMD8<Double>> {
    counts.sums(means + block * periods, sizes: sizes, reach: reach)
  }

  /// What a process on the own level, by its place in ``LevelProcess/grid``, expected of a period.
  func expectation(of process: Int, at period: Int) -> Double {
    let group = process / 4
    let (block, half) = CandidateRun.ownPlaces[group]
    return means[block * periods + period][4 * half + process % 4]
  }

  /// One-step expectations, averaged over the processes by weight.
  func expectations(weights: [Double]) -> [Double] {
    var average = [Double](repeating: 0, count: periods)
    for (block, processes) in blocks.enumerated() {
      for lane in 0..<8 {
        guard let process = processes[lane], weights[process] > 0 else { continue }
        for t in average.indices { average[t] += weights[process] * means[block * periods + t][lane] }
      }
    }
    return average
  }
}
