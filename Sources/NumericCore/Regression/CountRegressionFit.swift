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
