import NumericCore

/// Limits of a funnel plot of rates: how far from the rate of all together chance alone would take a place of so many residents
/// (Spiegelhalter 2005, Funnel plots for comparing institutional performance, *Statistics in Medicine* 24, 1185-1202).
///
/// Counts are taken for Poisson about the common rate, approximately normal; where places scatter more than that, as places that differ
/// do, the limits are widened by the root of the dispersion: the mean of squared z-scores, the outer tenth on either side brought in to
/// the tenth and ninetieth percentile before (his sections 4.2 and 4.3), and never less than 1.
public struct FunnelLimits: Sendable, Hashable {
  /// The rate of all places together, counts a resident.
  public let centre: Double
  /// How much more places scatter about it than chance would have them; 1 or more.
  public let dispersion: Double

  /// Limits about some places; nil of fewer than two, of one without residents, or where nothing was counted.
  public init?(_ entries: [PeerRanks.Entry]) {
    let residents = entries.reduce(0) { $0 + $1.residents }
    let count = entries.reduce(0) { $0 + $1.count }
    guard entries.count > 1, entries.allSatisfy({ $0.residents > 0 && $0.count.isFinite }), count > 0 else {
      return nil
    }
    let centre = count / residents
    let scores = entries.map { ($0.count / $0.residents - centre) / (centre / $0.residents).squareRoot() }
    let sorted = scores.sorted()
    let ends = (lower: quantile(0.1, ofSorted: sorted), upper: quantile(0.9, ofSorted: sorted))
    let squares = scores.map { score in
      let kept = min(max(score, ends.lower), ends.upper)
      return kept * kept
    }
    self.centre = centre
    dispersion = max(1, squares.reduce(0, +) / Double(squares.count))
  }

  /// The limits of a place of so many residents at a central level of chance, 0.95 say, counts a resident; the lower never under 0.
  public func limits(residents: Double, level: Double) -> (lower: Double, upper: Double) {
    let z = Normal.quantile((1 + level) / 2)
    let half = z * (dispersion * centre / residents).squareRoot()
    return (max(0, centre - half), centre + half)
  }

  /// Where a rate lies: outside at a level, above or below; nil within.
  public func isAbove(_ rate: Double, residents: Double, level: Double) -> Bool? {
    let limits = limits(residents: residents, level: level)
    return rate > limits.upper ? true : rate < limits.lower ? false : nil
  }
}
