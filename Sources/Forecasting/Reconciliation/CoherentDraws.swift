import NumericCore

/// Joint draws of all nodes of a structure that add up in every draw, with means that add up too.
///
/// They are made of the leaves' own draws in three steps, each of which keeps counts whole and not negative:
///
/// 1. means are reconciled (``Reconciler``), those of leaves with those of totals;
/// 2. a leaf whose mean moved takes paths anew, weighted so that its total has that mean: what it is given that the totals are what they are
///    forecast to be (``TiltedDraws``; the idea of reconciliation by conditioning, Zambon, Azzimonti & Corani 2024, *Statistics and
///    Computing* 34, 21, and Zambon, Agosto, Giudici & Corani 2024, *International Journal of Forecasting* 40, 1438-1457, whose
///    importance weights for thousands of leaves at once would fall on a single draw);
/// 3. paths are put together as futures in which totals are as uncertain as their own forecasts say (``CoherentFutures``).
///
/// Medians and bounds of a total are those of its draws: medians of parts do not add up to it, means do.
public struct CoherentDraws: Sendable {
  /// Of each node its mean, one a step. Totals are the sums of their parts to the last digit.
  public let means: [[Double]]
  /// Of each node its draws; path `i` of a total is the sum of paths `i` of its parts, to the last digit where they are counts.
  public let paths: [SamplePaths]

  /// What a node's own forecast says of the window: the steps that draws are put together by.
  public struct Own: Sendable, Hashable {
    /// Mean of the total over the window.
    public let mean: Double
    /// Its standard deviation.
    public let deviation: Double

    /// A forecast of the window.
    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }

    /// The mean and the deviation of what draws add up to, of their steps in a window.
    public init(_ paths: SamplePaths, window: Int) {
      let totals = paths.totals { $0 < window }
      let count = Double(max(1, totals.count))
      let mean = totals.reduce(0, +) / count
      self.mean = mean
      deviation = (totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
  }

  /// Coherent draws.
  ///
  /// - Parameters:
  ///   - means: coherent means, one row a node, one value a step.
  ///   - leaves: of each leaf its own draws, by position in ``SummingStructure/leaves``, all of one number and horizon.
  ///   - base: each node's own means as `means`; only leaves' are read.
  ///   - own: each node's own forecast over the window; nil for a total without one.
  ///   - window: steps that paths are put together by, such as those of a year.
  ///   - seed: of what leaves share.
  /// - Throws: ``ReconciliationError/shape(_:)``.
  public init(
    _ structure: SummingStructure, means: [[Double]], leaves: [SamplePaths], base: [[Double]], own: [Own?], window: Int,
    seed: UInt64
  ) throws(ReconciliationError) {
    let (count, horizon) = (leaves.first?.count ?? 0, leaves.first?.horizon ?? 0)
    guard leaves.count == structure.leaves.count, leaves.allSatisfy({ $0.count == count && $0.horizon == horizon }),
      means.count == structure.count, base.count == structure.count
    else { throw .shape("draws and means are needed of each leaf and node") }
    let span = min(window, horizon)
    var drawn: [SamplePaths] = []
    var levels: [[Double]] = []
    for (column, node) in structure.leaves.enumerated() {
      let paths = leaves[column]
      let level = paths.totals { $0 < span }
      // As much as the mean moves, draws' mean does: it scatters about the forecast's own.
      let before = base[node].prefix(span).reduce(0, +)
      let after = means[node].prefix(span).reduce(0, +)
      guard after != before, before > 0 else {
        drawn.append(paths)
        levels.append(level)
        continue
      }
      let mean = level.reduce(0, +) / Double(max(1, count))
      let order = TiltedDraws.order(level, mean: mean * (after / before))
      drawn.append(paths.taking(order))
      levels.append(order.map { level[Int($0)] })
    }
    let futures = try CoherentFutures(
      structure, levels: levels, own: own.map { $0.map { ($0.mean, $0.deviation) } }, seed: seed)
    var all = [[Double]](repeating: [], count: structure.count)
    for (column, node) in structure.leaves.enumerated() {
      all[node] = drawn[column].taking(futures.orders[column]).values
    }
    for total in structure.totals {
      var sum = all[structure.parts[total][0]]
      for part in structure.parts[total].dropFirst() {
        all[part].withUnsafeBufferPointer { part in
          sum.withUnsafeMutableBufferPointer { sum in for i in sum.indices { sum[i] += part[i] } }
        }
      }
      all[total] = sum
    }
    self.means = means
    paths = all.map { SamplePaths(horizon: horizon, count: count, values: $0) }
  }

  private init(means: [[Double]], paths: [SamplePaths]) {
    self.means = means
    self.paths = paths
  }

  /// The same with node `i` at position `positions[i]`.
  func placed(at positions: [Int]) -> CoherentDraws {
    var (means, paths) = (means, paths)
    for (node, position) in positions.enumerated() {
      means[position] = self.means[node]
      paths[position] = self.paths[node]
    }
    return CoherentDraws(means: means, paths: paths)
  }
}

extension SamplePaths {
  /// Paths in another order, some perhaps more than once.
  func taking(_ order: [Int32]) -> SamplePaths {
    var taken = values
    for (to, from) in order.enumerated() where Int(from) != to {
      for h in 0..<horizon { taken[to * horizon + h] = values[Int(from) * horizon + h] }
    }
    return SamplePaths(horizon: horizon, count: count, values: taken)
  }
}
