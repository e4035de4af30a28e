import NumericCore
import TimeSeries

/// A fitted baseline: the expectation of the tested period and how sure it is.
struct BaselineFit: Sendable {
  let span: ClosedRange<Period>
  let periods: Int
  let downWeighted: [Period]
  let model: String
  /// Log of the expected count of the tested period, and its variance.
  let logMean: Double
  let logMeanVariance: Double
  let dispersion: DispersionEstimate

  /// Fits the baseline with past outliers down-weighted on both sides.
  ///
  /// Alternates the regression, the size (Pearson) and the weights for a fixed number of rounds, from a robust first
  /// size, so that neither a lockdown nor an old outbreak sets the level or the spread. Weights follow Noufaily et al.
  /// (2013), Statistics in Medicine 32, 1206-1222, section 3.3 (Anscombe residuals, down-weighting only what is far
  /// out), here on both sides and without a jump: see ``outlierWeight(_:)``.
  static func fit(_ design: BaselineDesign) throws(CountRegressionError) -> BaselineFit {
    var regression = CountRegression(
      size: .poisson, priors: design.priors, maximumIterations: 60, tolerance: 1e-8)
    var fit = try regression.fit(design.matrix, counts: design.counts, offset: design.offsets, weights: design.weights)
    var size = robustSize(fit, design)
    var outlier = [Double](repeating: 1, count: design.counts.count)
    var weights = design.weights
    var dispersion = DispersionEstimate.poisson
    for round in 0..<5 {
      outlier = fit.fitted.indices.map { i in
        outlierWeight(screenedResidual(count: design.counts[i], mean: fit.fitted[i], size: size))
      }
      for i in weights.indices { weights[i] = design.weights[i] * outlier[i] }
      regression.size = .fixed(size)
      fit = try regression.fit(
        design.matrix, counts: design.counts, offset: design.offsets, weights: weights, start: fit.coefficients)
      dispersion = DispersionEstimate(fit, counts: design.counts, weights: weights)
      let next = dispersion.size
      let settled = abs(1 / next - 1 / size) * min(next, size) < 0.01 || next == size
      size = next
      if settled && round > 0 { break }
    }
    // Forgetting says how much a month is listened to, not that it was known less well.
    let prediction = try fit.predict(
      row: design.testedRow, offset: design.testedOffset, covariance: fit.samplingCovariance)
    let periods = design.periods
    return BaselineFit(
      span: periods[0]...periods[periods.count - 1], periods: periods.count,
      downWeighted: periods.indices.filter { outlier[$0] < 0.5 }.map { periods[$0] }, model: design.model,
      logMean: prediction.logMean, logMeanVariance: prediction.logMeanVariance, dispersion: dispersion)
  }

  /// 1 up to an Anscombe residual of 2 either way, its inverse square from 3, and a straight line between.
  static func outlierWeight(_ residual: Double) -> Double {
    let size = abs(residual)
    if size <= 2 { return 1 }
    if size >= 3 { return 1 / (size * size) }
    return 1 - (size - 2) * (1 - 1.0 / 9)
  }

  /// E[w z²] / E[w] of those weights for a standard normal z: what down-weighting takes off the spread of clean data.
  static let outlierWeightConsistency = 0.910085

  /// The Anscombe residual where it can matter; the cheaper Pearson residual bounds it above the mean.
  private static func screenedResidual(count: Double, mean: Double, size: Double) -> Double {
    let pearson = (count - mean) / (mean + mean * mean / size).squareRoot()
    if pearson <= 2 && pearson >= -1 { return pearson }
    return anscombeResidual(count: count, mean: mean, size: size)
  }

  /// A first size from the median squared Pearson residual, which a quarter of bad months does not move much.
  private static func robustSize(_ fit: CountRegressionFit, _ design: BaselineDesign) -> Double {
    let squares = fit.pearsonResiduals.map { $0 * $0 }.sorted()
    guard !squares.isEmpty else { return .infinity }
    // 0.4549 is the median of chi-squared with one degree of freedom.
    let ratio = squares[squares.count / 2] / 0.4549
    var mean = 0.0
    for value in fit.fitted { mean += value / Double(fit.fitted.count) }
    return ratio > 1 && mean > 0 ? mean / (ratio - 1) : .infinity
  }
}
