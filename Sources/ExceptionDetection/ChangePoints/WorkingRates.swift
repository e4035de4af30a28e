import NumericCore

/// The counts of a series as measurements of the logarithm of its level, so that constant, trend, steps and a level that wanders
/// are compared on one scale.
///
/// A count y about a smooth level m of its neighbours says log m + (y - m) / m, with variance 1 / m and what the negative
/// binomial adds: the working response of a log-linear model (McCullagh & Nelder 1989, *Generalized Linear Models*, section
/// 2.5), linearised where every shape that is compared lies close by. The smooth level weighs neighbours by exp(-0.15 x
/// distance): a memory of half a year either side of a month. Once steps are known it stops at them, or months beside a large
/// step would be linearised far from their level and look like a ramp.
struct WorkingRates: Sendable {
  /// Logarithms of rates, their mean taken off.
  let values: [Double]
  /// Their variances.
  let variances: [Double]
  /// Time in years, its mean taken off.
  let years: [Double]
  /// Months since the observation before; of the first, nothing.
  let gaps: [Double]

  /// Decay of a neighbour's weight a step.
  private static let decay = 0.15

  /// Rates that are known, a month apart where their ordinals follow each other.
  init(values: [Double], variances: [Double], ordinals: [Int]) {
    self.values = values.centred
    self.variances = variances
    years = ordinals.map { Double($0) / 12 }.centred
    gaps = ordinals.indices.map { $0 == 0 ? 0 : Double(ordinals[$0] - ordinals[$0 - 1]) }
  }

  /// - Parameters:
  ///   - ordinals: places of the counts, rising.
  ///   - counts: >= 0, one a place.
  ///   - exposures: > 0.
  ///   - size: of the negative binomial at exposure 1; infinite is Poisson.
  ///   - monthsPerPeriod: length of a period.
  ///   - steps: first places of new levels that are known, rising.
  init(ordinals: [Int], counts: [Double], exposures: [Double], size: Double, monthsPerPeriod: Double, steps: [Int] = [])
  {
    let (sums, spans) = (WorkingRates.smooth(counts, steps), WorkingRates.smooth(exposures, steps))
    var values: [Double] = []
    var variances: [Double] = []
    for i in counts.indices {
      // Half a count where there is none at all keeps the logarithm finite.
      let rate = max(sums[i], 0.5) / spans[i]
      let expected = rate * exposures[i]
      values.append(logarithm(rate) + (counts[i] - expected) / expected)
      variances.append(1 / expected + (size.isFinite ? 1 / (size * exposures[i]) : 0))
    }
    self.values = values.centred
    self.variances = variances
    years = ordinals.map { Double($0 - ordinals[0]) * monthsPerPeriod / 12 }.centred
    gaps = ordinals.indices.map { $0 == 0 ? 0 : Double(ordinals[$0] - ordinals[$0 - 1]) * monthsPerPeriod }
  }

  /// Sums with weights that fall off both ways, within stretches between steps.
  private static func smooth(_ x: [Double], _ steps: [Int]) -> [Double] {
    let keep = exponential(-decay)
    let starts = Set(steps)
    var sums = x
    for i in x.indices.dropFirst() where !starts.contains(i) { sums[i] += keep * sums[i - 1] }
    var ahead = 0.0
    for i in x.indices.reversed() {
      sums[i] += ahead
      ahead = starts.contains(i) ? 0 : keep * (ahead + x[i])
    }
    return sums
  }
}

extension [Double] {
  /// Less their mean.
  fileprivate var centred: [Double] {
    let mean = reduce(0, +) / Double(Swift.max(count, 1))
    return map { $0 - mean }
  }
}
