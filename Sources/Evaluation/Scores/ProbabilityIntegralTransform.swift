/// Histogram of the probability integral transform: flat where forecasts are calibrated, a hump where they are too wide,
/// a valley where they are too narrow, a slope where they are biased.
///
/// For counts the non-randomised version of Czado, Gneiting & Held (2009), *Biometrics* 65, 1254-1261, eq. 2: an observation
/// whose probabilities lie between P(Y < y) and P(Y <= y) is spread evenly over that stretch.
public struct PITHistogram: Sendable, Hashable {
  /// Number of bins.
  public static let binCount = 10
  /// Observations in each bin, fractions of them for counts.
  public private(set) var weights = [Double](repeating: 0, count: PITHistogram.binCount)

  /// An empty histogram.
  public init() {}

  /// Observations put in.
  public var total: Double { weights.reduce(0, +) }

  /// Share of the observations in each bin; all NaN for an empty histogram.
  public var shares: [Double] { weights.map { $0 / total } }

  /// Adds an observation for which P(Y < y) is `below` and P(Y <= y) is `upTo`; for a continuous distribution both are
  /// the same. Nothing is added unless 0 <= below <= upTo <= 1.
  public mutating func add(below: Double, upTo: Double) {
    guard below >= 0, below <= upTo, upTo <= 1 else { return }
    let bins = Double(PITHistogram.binCount)
    guard upTo - below > 1e-12 else {
      weights[min(Int(upTo * bins), PITHistogram.binCount - 1)] += 1
      return
    }
    for bin in weights.indices {
      let low = max(Double(bin) / bins, below)
      let high = min(Double(bin + 1) / bins, upTo)
      if high > low { weights[bin] += (high - low) / (upTo - below) }
    }
  }
}

extension PredictiveQuantiles {
  /// P(Y < y) and P(Y <= y) of an actual value: apart for counts, the same for other numbers.
  public func probabilities(of actual: Double, isCount: Bool) -> (below: Double, upTo: Double) {
    guard isCount else {
      let p = cumulative(actual)
      return (p, p)
    }
    let below = cumulative(count: actual - 1)
    return (below, max(below, cumulative(count: actual)))
  }
}
