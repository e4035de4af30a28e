import NumericCore

/// Draws re-weighted to another mean: of all distributions on the same values with that mean the nearest in relative entropy,
/// whose weights are exp(θx).
///
/// It is what is left of parts drawn apart when their sum becomes known, where they are many: conditioning on the sum tilts every
/// part by one θ (the Gibbs conditioning principle: Csiszár 1984, *Annals of Probability* 12, 768-793). Values are those that were
/// drawn, so that counts stay whole and never fall below 0; paths are taken whole, so that their periods hang together as before.
enum TiltedDraws {
  /// The most that draws are tilted by, in standard deviations of the mean that it aims at: beyond, few would carry all weight.
  static let most = 2.5

  /// Which draws make a sample of the same size with another mean, as far as ``most`` allows.
  ///
  /// Draws come rank for rank in the places of those before, so that what hung together by ranks still does.
  ///
  /// - Returns: for each place the draw that takes it; the places themselves where the mean is the draws' own.
  static func order(_ draws: [Double], mean wanted: Double) -> [Int32] {
    let places = draws.indices.map { Int32($0) }
    let count = Double(draws.count)
    let mean = draws.reduce(0, +) / max(1, count)
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count)
    guard variance > 0, wanted.isFinite, abs(wanted - mean) > 1e-12 * max(1, abs(mean)) else { return places }
    let deviation = variance.squareRoot()
    // Equal draws in the order that they come.
    let byDraw = orderByLot(draws, lots: places.map { Double($0) / max(1, count) })
    let standard = byDraw.map { (draws[$0] - mean) / deviation }
    let target = min(most, max(-most, (wanted - mean) / deviation))
    // The mean rises with θ: bisection between bounds that no sample needs more than.
    var (low, high) = target < 0 ? (-64.0, 0.0) : (0.0, 64.0)
    for _ in 0..<40 {
      let theta = (low + high) / 2
      if tiltedMean(standard, theta) < target { low = theta } else { high = theta }
    }
    let theta = (low + high) / 2
    let top = theta > 0 ? standard[standard.count - 1] : standard[0]
    let weights = standard.map { exponential(theta * ($0 - top)) }
    let total = weights.reduce(0, +)
    var order = places
    var (next, cumulative) = (0, weights[0])
    for rank in standard.indices {
      let mark = (Double(rank) + 0.5) / count * total
      while cumulative < mark && next + 1 < weights.count {
        next += 1
        cumulative += weights[next]
      }
      order[byDraw[rank]] = Int32(byDraw[next])
    }
    return order
  }

  private static func tiltedMean(_ sorted: [Double], _ theta: Double) -> Double {
    let top = theta > 0 ? sorted[sorted.count - 1] : sorted[0]
    var (sum, total) = (0.0, 0.0)
    for x in sorted {
      let weight = exponential(theta * (x - top))
      sum += weight * x
      total += weight
    }
    return sum / total
  }
}
