/// Log-linear regression of counts: Poisson or negative binomial (NB2), fitted by iteratively reweighted least squares.
///
/// log mean_i = offset_i + x_i' b, variance_i = mean_i + mean_i² / size. Each observation's log-likelihood is multiplied
/// by its prior weight and each coefficient may have a normal prior (a ridge penalty), so that what is maximised is
/// sum_i w_i l_i(b) - 1/2 sum_j precision_j (b_j - mean_j)².
///
/// McCullagh & Nelder (1989), Generalized Linear Models, ch. 2 and 6; Venables & Ripley (2002), Modern Applied Statistics
/// with S, section 7.4 (the negative binomial with size estimated). Without priors the results are those of R's
/// `glm(family = poisson)` and `MASS::glm.nb`. Missing rows are the caller's to leave out.
public struct CountRegression: Hashable, Sendable {
  /// Where the negative binomial's size comes from.
  public enum Size: Hashable, Sendable {
    /// No overdispersion: the Poisson distribution.
    case poisson
    /// Given, > 0; `.infinity` is Poisson.
    case fixed(Double)
    /// Profile maximum likelihood (`MASS::theta.ml`), alternating with the coefficients. Efficient, but biased towards too
    /// little dispersion where coefficients are many and rows few.
    case maximumLikelihood
    /// The size at which Pearson's chi-squared equals its degrees of freedom, sum_i w_i (1 - leverage_i)
    /// (`MASS::theta.mm`; Breslow 1984). Less efficient, close to unbiased; the one to use for prediction.
    case pearson
  }

  /// A normal prior of one coefficient.
  public struct Prior: Hashable, Sendable {
    /// Where it is centred.
    public var mean: Double
    /// 1 / variance, >= 0; 0 is no prior.
    public var precision: Double

    /// A prior with this mean and precision.
    public init(mean: Double = 0, precision: Double) {
      self.mean = mean
      self.precision = precision
    }

    /// A prior with this standard deviation (> 0) around a mean.
    public init(mean: Double = 0, standardDeviation: Double) {
      self.init(mean: mean, precision: 1 / (standardDeviation * standardDeviation))
    }

    /// No prior.
    public static let none = Prior(precision: 0)
  }

  /// Where the size comes from.
  public var size: Size
  /// One prior a coefficient; empty for none.
  public var priors: [Prior]
  /// Cap on the scoring steps of one fit of the coefficients, and on its alternations with the size.
  public var maximumIterations: Int
  /// A fit has converged once a step's squared length in standard errors (the Newton decrement) falls below this.
  public var tolerance: Double

  /// A regression.
  public init(
    size: Size = .maximumLikelihood, priors: [Prior] = [], maximumIterations: Int = 100, tolerance: Double = 1e-16
  ) {
    self.size = size
    self.priors = priors
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - design: one row an observation, one column a coefficient (the intercept is a column of ones).
  ///   - counts: one a row, >= 0.
  ///   - offset: added to the log mean, one a row; empty for none.
  ///   - weights: prior weights >= 0, one a row; empty for ones.
  ///   - start: first coefficients; empty starts from the counts themselves.
  /// - Throws: ``CountRegressionError``.
  public func fit(
    _ design: Matrix, counts: [Double], offset: [Double] = [], weights: [Double] = [], start: [Double] = []
  ) throws(CountRegressionError) -> CountRegressionFit {
    let problem = try CountRegressionProblem(
      design: design, counts: counts, offset: offset, weights: weights, priors: priors)
    guard start.isEmpty || start.count == design.columns else { throw .shape("one start a coefficient is needed") }
    guard start.allSatisfy(\.isFinite) else { throw .notFinite }
    var size = Double.infinity
    if case .fixed(let given) = self.size {
      guard given > 0 else { throw .invalidSize }
      size = given
    }
    var state = try problem.solve(size: size, start: start, tolerance: tolerance, cap: maximumIterations)
    var iterations = state.iterations
    if self.size == .maximumLikelihood || self.size == .pearson {
      var rounds = 0
      while true {
        let next = try estimateSize(problem, state, current: size)
        let change = next == size ? 0 : abs(1 / next - 1 / size) * min(next, size)
        size = next
        if change <= 1e-9 { break }
        rounds += 1
        guard rounds <= maximumIterations else { throw .notConverged(iterations: iterations) }
        state = try problem.solve(size: size, start: state.coefficients, tolerance: tolerance, cap: maximumIterations)
        iterations += state.iterations
      }
    }
    return try CountRegressionFit(problem: problem, state: state, size: size, iterations: iterations)
  }

  private func estimateSize(
    _ problem: CountRegressionProblem, _ state: CountRegressionProblem.State, current: Double
  ) throws(CountRegressionError) -> Double {
    if self.size == .maximumLikelihood {
      return maximumLikelihoodSize(
        counts: problem.counts, fitted: state.fitted, weights: problem.weights, start: current)
    }
    let leverages = try problem.leverages(state, size: current)
    var freedom = 0.0
    for i in leverages.indices { freedom += problem.weights[i] * (1 - leverages[i]) }
    return pearsonSize(
      counts: problem.counts, fitted: state.fitted, weights: problem.weights, degreesOfFreedom: freedom)
  }
}

/// Why a count regression could not be fitted.
public enum CountRegressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Arguments whose lengths do not fit together.
  case shape(String)
  /// A number in the design, offset or start is NaN or infinite.
  case notFinite
  /// A count is negative, NaN or infinite.
  case invalidCount
  /// A weight is negative, NaN or infinite.
  case invalidWeight
  /// A prior's precision is negative, or it is not finite.
  case invalidPrior
  /// A given size is not positive.
  case invalidSize
  /// The coefficients cannot all be told apart from these rows.
  case singular(LinearAlgebraError)
  /// The cap was reached first.
  case notConverged(iterations: Int)

  /// The reason as a clause.
  public var description: String {
    switch self {
    case .shape(let reason): reason
    case .notFinite: "the design, offset or start holds a number that is not finite"
    case .invalidCount: "a count is negative or not finite"
    case .invalidWeight: "a weight is negative or not finite"
    case .invalidPrior: "a prior has a negative precision or is not finite"
    case .invalidSize: "the size of a negative binomial must be positive"
    case .singular(let error): "the coefficients are not determined by the data: \(error)"
    case .notConverged(let iterations): "the fit did not converge in \(iterations) steps"
    }
  }
}
