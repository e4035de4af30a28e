/// A fitted count regression.
public struct CountRegressionFit: Sendable {
  /// One a column of the design.
  public let coefficients: [Double]
  /// Covariance of the coefficients: the inverse of the penalised Fisher information, the size taken as known.
  public let covariance: Matrix
  /// Fitted means, one a row.
  public let fitted: [Double]
  /// Size of the negative binomial; infinite is Poisson.
  public let size: Double
  /// Scoring steps taken.
  public let iterations: Int
  private let problem: CountRegressionProblem

  init(
    problem: CountRegressionProblem, state: CountRegressionProblem.State, size: Double, iterations: Int
  ) throws(CountRegressionError) {
    self.problem = problem
    coefficients = state.coefficients
    covariance = try problem.covariance(fitted: state.fitted, size: size)
    fitted = state.fitted
    self.size = size
    self.iterations = iterations
  }

  /// Weighted log-likelihood, without the priors.
  public var logLikelihood: Double {
    var sum = 0.0
    for i in fitted.indices where problem.weights[i] > 0 {
      let distribution = NegativeBinomial(mean: fitted[i], size: size)
      sum += problem.weights[i] * distribution.logProbability(problem.counts[i])
    }
    return sum
  }

  /// The diagonal of the weighted hat matrix: each row's share in its own fitted value. Their sum is the effective
  /// number of parameters (the number of columns, without priors).
  public var leverages: [Double] { problem.leverages(fitted: fitted, size: size, covariance: covariance) }

  /// (count - mean) / sqrt(variance), one a row.
  public var pearsonResiduals: [Double] {
    fitted.indices.map { i in
      (problem.counts[i] - fitted[i]) / (fitted[i] + fitted[i] * fitted[i] / size).squareRoot()
    }
  }

  /// Anscombe residuals, one a row; see ``anscombeResidual(count:mean:size:)``.
  public var anscombeResiduals: [Double] {
    fitted.indices.map { anscombeResidual(count: problem.counts[$0], mean: fitted[$0], size: size) }
  }

  /// Covariance of the coefficients as estimators, where prior weights only say how much a row is listened to and the
  /// variance of each count is the model's own: C (sum_i w_i² mean_i / (1 + mean_i / size) x_i x_i' + P) C, with C
  /// ``covariance`` and P the priors' precisions. With unit weights it equals ``covariance``.
  public var samplingCovariance: Matrix {
    let squared = problem.weightedInformation(fitted: fitted, size: size)
    return covariance.product(squared).product(covariance)
  }

  /// Mean and variance of a new count, with the uncertainty of the coefficients.
  public struct Prediction: Hashable, Sendable {
    /// Estimate of the log mean.
    public let logMean: Double
    /// Variance of that estimate.
    public let logMeanVariance: Double
    /// Predictive mean.
    public let mean: Double
    /// Predictive variance: the mean of the conditional variance plus the variance of the conditional mean.
    public let variance: Double
  }

  /// Predicts a new row of the design.
  ///
  /// Given the data, the conditional mean is taken to be gamma distributed with mean exp(`logMean`) and squared
  /// coefficient of variation `logMeanVariance`. For a Poisson level with a flat prior on its logarithm that is exact;
  /// a log-normal of the same mode and curvature would expect half a count too many.
  ///
  /// - Parameters:
  ///   - row: one element a coefficient.
  ///   - offset: added to the log mean.
  ///   - covariance: of the coefficients; nil for ``covariance``.
  /// - Throws: ``CountRegressionError/shape(_:)`` if the row or the covariance does not fit.
  public func predict(
    row: [Double], offset: Double = 0, covariance other: Matrix? = nil
  ) throws(CountRegressionError) -> Prediction {
    let covariance = other ?? covariance
    guard covariance.rows == row.count, covariance.columns == row.count, row.count == coefficients.count else {
      throw .shape("a row of \(row.count) does not fit \(coefficients.count) coefficients")
    }
    var logMean = offset
    var spread = 0.0
    for j in row.indices {
      logMean += row[j] * coefficients[j]
      for k in row.indices { spread += row[j] * covariance[j, k] * row[k] }
    }
    let mean = exponential(logMean)
    let variance = mean + mean * mean * ((1 + spread) / size + spread)
    return Prediction(logMean: logMean, logMeanVariance: spread, mean: mean, variance: variance)
  }
}

/// The Anscombe residual of a count: the residual on the scale on which the distribution is nearly normal,
/// A(count) - A(mean) over variance(mean)^(1/6), where A is the integral of variance(t)^(-1/3).
///
/// For the Poisson (infinite size) it is 3/2 (count^(2/3) mean^(-1/6) - mean^(1/2)) (Anscombe 1953; McCullagh & Nelder
/// 1989, section 2.4.2; Hilbe 2011, Negative Binomial Regression, section 5.1). For a finite size the integral is taken by
/// Gauss-Legendre quadrature in t^(2/3). A mean of 0 gives NaN unless the count is 0 (then 0).
public func anscombeResidual(count: Double, mean: Double, size: Double) -> Double {
  if mean <= 0 { return count == 0 && mean == 0 ? 0 : .nan }
  let variance = mean + mean * mean / size
  let scale = power(variance, 1.0 / 6)
  let from = power(mean, 2.0 / 3)
  let to = count > 0 ? power(count, 2.0 / 3) : 0
  guard size.isFinite else { return 1.5 * (to - from) / scale }
  // dt t^(-1/3) = 3/2 ds for s = t^(2/3); what remains, (1 + s^(3/2) / size)^(-1/3), is smooth.
  let half = (to - from) / 2
  let centre = (to + from) / 2
  var sum = 0.0
  for k in 0..<8 {
    let s = centre + half * gaussLegendreNodes[k]
    sum += gaussLegendreWeights[k] * power(1 + s * s.squareRoot() / size, -1.0 / 3)
  }
  return 1.5 * half * sum / scale
}

// Gauss-Legendre, 8 points on [-1, 1] (Abramowitz & Stegun 1964, table 25.4).
private let gaussLegendreNodes = [
  -0.9602898564975363, -0.7966664774136267, -0.5255324099163290, -0.1834346424956498,
  0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363,
]
private let gaussLegendreWeights = [
  0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.3626837833783620,
  0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
]
