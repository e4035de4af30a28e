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
    let theta = tilt(standard, to: target)
    let top = theta > 0 ? standard[standard.count - 1] : standard[0]
    var weights = standard
    for (rank, x) in standard.enumerated() {
      weights[rank] = rank > 0 && x == standard[rank - 1] ? weights[rank - 1] : exponential(theta * (x - top))
    }
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

  /// The θ that gives draws a mean, by Newton's method within bounds that halve where it would leave them: the mean rises with θ
  /// at the pace of the variance.
  ///
  /// - Parameters:
  ///   - sorted: draws with mean 0 and variance 1, rising.
  ///   - target: the mean, in standard deviations.
  private static func tilt(_ sorted: [Double], to target: Double) -> Double {
    // Of counts most draws are equal to others.
    var values: [Double] = []
    var counts: [Double] = []
    for x in sorted {
      if let last = values.last, last == x {
        counts[counts.count - 1] += 1
      } else {
        values.append(x)
        counts.append(1)
      }
    }
    // No sample needs more than 64.
    var (low, high) = target < 0 ? (-64.0, 0.0) : (0.0, 64.0)
    var theta = target
    for _ in 0..<60 {
      let top = theta > 0 ? values[values.count - 1] : values[0]
      var (total, sum, squares) = (0.0, 0.0, 0.0)
      for (x, count) in zip(values, counts) {
        let weight = count * exponential(theta * (x - top))
        total += weight
        sum += weight * x
        squares += weight * x * x
      }
      let mean = sum / total
      if mean < target { low = theta } else { high = theta }
      let gap = target - mean
      if abs(gap) < 1e-12 { break }
      let variance = squares / total - mean * mean
      let next = variance > 0 ? theta + gap / variance : .nan
      theta = next > low && next < high ? next : (low + high) / 2
      if high - low < 1e-12 { break }
    }
    return theta
  }
}
