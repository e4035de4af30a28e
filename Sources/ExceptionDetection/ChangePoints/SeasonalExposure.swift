import NumericCore
import TimeSeries

/// The observed counts of a series and what share of a nominal period's each would have at one level: its length in days and
/// its season. Dividing by it leaves the level.
package struct ExposedCounts: Sendable {
  /// The periods with a count, by ordinal, rising.
  let ordinals: [Int]
  let counts: [Double]
  /// One a count, > 0, with mean 1.
  package var exposures: [Double]

  package init(ordinals: [Int], counts: [Double], exposures: [Double]) {
    self.ordinals = ordinals
    self.counts = counts
    self.exposures = exposures.scaledToMeanOne
  }
}

extension [Double] {
  /// Divided by their mean.
  fileprivate var scaledToMeanOne: [Double] {
    let mean = reduce(0, +) / Double(Swift.max(count, 1))
    return mean > 0 ? map { $0 / mean } : self
  }
}

/// The season of a series whose level may change: harmonics beside a level of its own for every stretch.
///
/// Levels are first those of whole years, which a shift within a year blurs but does not turn into a season, and later those of
/// the segments found.
package struct SeasonFit: Sendable {
  /// Cosine and sine, pair after pair; empty where the history is too short for a season.
  let coefficients: [Double]
  /// Their variances.
  let variances: [Double]

  static let none = SeasonFit(coefficients: [], variances: [])

  /// Fits the season of `series`, an ``ExposedCounts`` whose exposures are lengths in days only.
  ///
  /// - Parameters:
  ///   - stretch: number of the stretch of each count, from 0, rising without gaps.
  ///   - prior: the season of the measure in other areas; nil for none, centred on no season.
  package init(
    _ series: ExposedCounts, frequency: Frequency, stretch: [Int], prior: SeasonFit?, settings: BaselineSettings
  ) {
    let paces = SeasonFit.paces(frequency, ordinals: series.ordinals, settings: settings)
    let total = series.counts.reduce(0, +)
    guard !paces.isEmpty, total > 0 else {
      self = .none
      return
    }
    let stretches = (stretch.last ?? 0) + 1
    let level = logarithm(total / Double(series.counts.count))
    // A stretch without a count has no maximum likelihood; this prior spans a factor of fifty either way.
    var priors = [CountRegression.Prior](
      repeating: .init(mean: level, standardDeviation: 2), count: stretches)
    var columns = (0..<stretches).map { s in stretch.map { $0 == s ? 1.0 : 0 } }
    for (index, pace) in paces.enumerated() {
      columns.append(series.ordinals.map { cosine(pace.radians * Double($0)) })
      columns.append(series.ordinals.map { sine(pace.radians * Double($0)) })
      for k in [2 * index, 2 * index + 1] {
        if let prior, prior.coefficients.indices.contains(k) {
          priors.append(.init(mean: prior.coefficients[k], standardDeviation: pace.deviation / 3))
        } else {
          priors.append(.init(standardDeviation: pace.deviation))
        }
      }
    }
    let regression = CountRegression(size: .pearson, priors: priors, tolerance: 1e-8)
    guard let design = try? Matrix(columns: columns),
      let fit = try? regression.fit(
        design, counts: series.counts, offset: series.exposures.map(logarithm),
        start: [Double](repeating: level, count: stretches) + [Double](repeating: 0, count: 2 * paces.count))
    else {
      // No season is the safe reading of one that cannot be fitted.
      self = prior ?? .none
      return
    }
    coefficients = Array(fit.coefficients[stretches...])
    variances = (stretches..<fit.coefficients.count).map { fit.covariance[$0, $0] }
  }

  init(coefficients: [Double], variances: [Double]) {
    self.coefficients = coefficients
    self.variances = variances
  }

  /// The mean season of several fits of one shape, each coefficient by its precision, in the order given; nil for fewer than
  /// three.
  static func pooled(_ fits: [SeasonFit]) -> SeasonFit? {
    let seasonal = fits.filter { !$0.coefficients.isEmpty }
    guard seasonal.count >= 3, let order = seasonal.map(\.coefficients.count).max() else { return nil }
    var sums = [Double](repeating: 0, count: order)
    var precisions = sums
    for fit in seasonal {
      for k in fit.coefficients.indices where fit.variances[k] > 0 {
        sums[k] += fit.coefficients[k] / fit.variances[k]
        precisions[k] += 1 / fit.variances[k]
      }
    }
    return SeasonFit(
      coefficients: zip(sums, precisions).map { $1 > 0 ? $0 / $1 : 0 },
      variances: precisions.map { $0 > 0 ? 1 / $0 : 0 })
  }

  /// Exposures with this season in them.
  package func exposures(_ series: ExposedCounts, frequency: Frequency, settings: BaselineSettings) -> [Double] {
    guard !coefficients.isEmpty else { return series.exposures }
    let paces = SeasonFit.paces(frequency, ordinals: series.ordinals, settings: settings)
    return zip(series.ordinals, series.exposures).map { ordinal, exposure in
      var eta = 0.0
      for (index, pace) in paces.enumerated() where coefficients.indices.contains(2 * index + 1) {
        eta += coefficients[2 * index] * cosine(pace.radians * Double(ordinal))
        eta += coefficients[2 * index + 1] * sine(pace.radians * Double(ordinal))
      }
      return exposure * exponential(eta)
    }.scaledToMeanOne
  }

  /// Radians a period, and prior deviation, of each pair of harmonics that two cycles of history warrant.
  private static func paces(
    _ frequency: Frequency, ordinals: [Int], settings: BaselineSettings
  ) -> [(radians: Double, deviation: Double)] {
    guard let first = ordinals.first, let last = ordinals.last, ordinals.count >= 2 * frequency.seasonLength else {
      return []
    }
    return settings.cycles(frequency).filter { Double(last - first + 1) >= 2 * $0.length }.flatMap { cycle in
      (1...cycle.pairs).map { pair in
        let deviation = settings.harmonicDeviations[min(pair, settings.harmonicDeviations.count) - 1]
        return (2 * Double.pi * Double(pair) / cycle.length, deviation)
      }
    }
  }
}
