import TimeSeries

/// How much of a combination's forecast comes from which kind of member, and how its intervals are stretched.
struct Blend: Hashable, Sendable {
  /// Share of the classical members (``Combination/classical``), in equal parts, within 0...1; the rest is the counts
  /// model's.
  var classical: Double
  /// Factor on the distance of every quantile from the median; above 0.
  var stretch = 1.0
  /// Series whose held-out periods the numbers were learnt from; 0 where they are the defaults.
  var evidence = 0

  /// Equal weight for every member, that of the counts model included.
  static func equal(mean: Double) -> Blend {
    let members = Double(Combination.classical(.init(mean: mean)).count)
    return Blend(classical: members / (members + 1))
  }
  /// For series that are not counts.
  static let classicalOnly = Blend(classical: 1)

  /// Below this mean count a series is left to the counts model unless held-out periods of its pool say otherwise: what a
  /// count of 20 scatters by chance (22 %) outweighs what models of the level disagree on.
  static let smallestMean = 20.0
  /// Shares below this are taken for none: they move no quantile by a whole count, and members cost time.
  static let leastShare = 0.04

  /// Where nothing was learnt: m / (m + 100) for a series of mean m, no more than equal weight for every member. The variance of a count
  /// is m + m² / r; at m = r the chance of counting, which only the counts model knows, and what moves the rate, which
  /// the classical members know as well, weigh the same. A size r of 100 is that of the calmest recorded-crime series.
  init(mean: Double) {
    self.init(classical: mean < Blend.smallestMean ? 0 : min(Blend.equal(mean: mean).classical, mean / (mean + 100)))
  }

  /// A blend.
  init(classical: Double, stretch: Double = 1, evidence: Int = 0) {
    self.classical = classical
    self.stretch = stretch
    self.evidence = evidence
  }
}

/// Bands of mean count within which blends are learnt.
enum CountBand {
  static let edges = [2.0, 12, 50, 200]
  /// The band of a mean count, from 0.
  static func index(_ mean: Double) -> Int { edges.reduce(0) { $0 + (mean >= $1 ? 1 : 0) } }
}

extension Series {
  /// Mean of the finite values; 0 where there is none.
  var observedMean: Double {
    var sum = 0.0
    var n = 0.0
    for value in values where value.isFinite {
      sum += value
      n += 1
    }
    return n > 0 ? sum / n : 0
  }
}

extension Blend {
  /// Why a series gets this blend, in a few words.
  var reason: String {
    let share = "\(Int((100 * classical).rounded())) % classical models, the rest the count model"
    return "combination, \(share): "
      + (evidence > 0 ? "from the last periods of \(evidence) series of its measure and size" : "by its size")
  }
}
