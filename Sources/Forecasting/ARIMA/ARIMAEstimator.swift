import NumericCore

/// Maximum likelihood for ARIMA models of one series with given differences.
///
/// BFGS on the exact likelihood, begun with the Gauss-Newton approximation to its second derivatives, from the estimates of
/// models alike.
final class ARIMAEstimator {
  private let bridged: [Double]
  private let missing: [Int]
  private let differences: (plain: Int, seasonal: Int)
  private let greatest: ARMAOrder
  /// Likelihoods without and with a constant, made when they are first asked for.
  private var likelihoods: [ARMALikelihood?] = [nil, nil]

  /// A fitted model.
  struct Estimate {
    let order: ARIMAOrder
    /// Where the search ended.
    let variables: [Double]
    /// Minus twice the log-likelihood.
    let criterion: Double
    let aicc: Double

    /// Whether forecasts may be made with it. With a drift, a difference that the moving average takes back leaves a straight
    /// line through the history, on which series do not go on.
    var isFit: Bool {
      guard order.differences == 1, order.hasConstant else { return true }
      return !variables[order.arma.ar..<order.arma.ar + order.arma.ma].contains { $0.magnitude > 10 }
    }
  }

  /// - Parameters:
  ///   - bridged: values without gaps, those at the places `missing` being stand-ins.
  ///   - greatest: no order asked for has a greater degree.
  init(_ bridged: [Double], missing: [Int], differences: (plain: Int, seasonal: Int), greatest: ARMAOrder) {
    self.bridged = bridged
    self.missing = missing
    self.differences = differences
    self.greatest = greatest
  }

  /// The order with these polynomials.
  func order(_ arma: ARMAOrder, constant: Bool) -> ARIMAOrder {
    ARIMAOrder(
      arma: arma, differences: differences.plain, seasonalDifferences: differences.seasonal, hasConstant: constant)
  }

  /// Corrected AIC; infinite where the observations do not allow it.
  static func aicc(_ criterion: Double, coefficients: Int, observed n: Int) -> Double {
    let k = Double(coefficients + 1)
    let rest = Double(n) - k - 1
    guard rest > 0 else { return .infinity }
    return criterion + 2 * k + 2 * k * (k + 1) / rest
  }

  /// A rough estimate, good to about 0.01 of the criterion; nil where the observations do not allow the model.
  ///
  /// - Parameters:
  ///   - kin: estimates of models alike, to start from; the best start is taken.
  ///   - target: an AICc of interest: the search may end early where it cannot be reached.
  func estimate(_ order: ARIMAOrder, from kin: [Estimate], target: Double) -> Estimate? {
    let likelihood = likelihood(constant: order.hasConstant)
    let penalty = ARIMAEstimator.aicc(0, coefficients: order.coefficients, observed: likelihood.series.observed)
    guard penalty.isFinite else { return nil }
    var starts = kin.prefix(3).map { ARIMAEstimator.start(order.arma, from: $0) }
    starts.append([Double](repeating: 0.1, count: order.arma.count))
    let values = likelihood.criteria(order.arma, starts)
    guard let best = values.indices.min(by: { values[$0] < values[$1] }), values[best].isFinite else { return nil }
    var bfgs = ARIMAEstimator.bfgs
    bfgs.leastGain = 0.005
    bfgs.target = target - penalty
    return minimize(order, starts[best], bfgs, likelihood)
  }

  /// The estimate carried on until the criterion can fall by no more than 1e-6 or so.
  func refine(_ rough: Estimate) -> Estimate {
    let refined = minimize(
      rough.order, rough.variables, ARIMAEstimator.bfgs, likelihood(constant: rough.order.hasConstant))
    return refined.criterion <= rough.criterion ? refined : rough
  }

  private static let bfgs = BFGS(maximumIterations: 100, tolerance: 1e-8, patience: 2, leastGain: 1e-7)
  /// Added to the second derivatives by every variable: keeps steps short where the criterion says nothing.
  private static let leastCurvature = 0.1

  func likelihood(constant: Bool) -> ARMALikelihood {
    let i = constant ? 1 : 0
    if let known = likelihoods[i] { return known }
    let series = DifferencedSeries(bridged, missing: missing, order(greatest, constant: constant))
    let made = ARMALikelihood(series, greatest: greatest)
    likelihoods[i] = made
    return made
  }

  private func minimize(
    _ order: ARIMAOrder, _ start: [Double], _ bfgs: BFGS, _ likelihood: ARMALikelihood
  ) -> Estimate {
    var x = start
    let arma = order.arma
    let criterion: Double
    if arma.count == 0 {
      criterion = likelihood.criteria(arma, [[]])[0]
    } else {
      let hessian = x.withUnsafeBufferPointer { x in
        x.baseAddress.map { likelihood.curvature(arma, $0, least: ARIMAEstimator.leastCurvature) }
      }
      criterion =
        bfgs.minimize(&x, hessian: hessian) { x, g in
          guard let x = x.baseAddress, let g = g.baseAddress else { return .infinity }
          return likelihood.criterion(arma, x, gradient: g)
        }.value
    }
    return Estimate(
      order: order, variables: x, criterion: criterion,
      aicc: ARIMAEstimator.aicc(
        criterion, coefficients: order.coefficients, observed: likelihood.series.observed))
  }

  /// The coefficients of the four polynomials at some variables.
  static func coefficients(_ order: ARMAOrder, _ x: [Double]) -> [Double] {
    var c = [Double](repeating: 0, count: order.count)
    x.withUnsafeBufferPointer { x in
      c.withUnsafeMutableBufferPointer { c in
        guard let x = x.baseAddress, let c = c.baseAddress else { return }
        for block in order.blocks {
          LagPolynomial.coefficients(
            x + block.first, degree: block.degree, isMA: block.isMA, beyond: block.leastRoot, c + block.first)
        }
      }
    }
    return c
  }

  /// The variables of a model alike as a start: what it lacks begins at none, unless both polynomials of a kind gain, which
  /// would cancel each other; what it has too much of is left out.
  private static func start(_ order: ARMAOrder, from kin: Estimate) -> [Double] {
    var x = [Double](repeating: 0, count: order.count)
    for (own, theirs) in zip(order.blocks, kin.order.arma.blocks) {
      for i in 0..<min(own.degree, theirs.degree) { x[own.first + i] = kin.variables[theirs.first + i] }
    }
    for i in [0, 2] {
      let (a, b) = (order.blocks[i], order.blocks[i + 1])
      let (c, d) = (kin.order.arma.blocks[i], kin.order.arma.blocks[i + 1])
      guard a.degree > c.degree, b.degree > d.degree else { continue }
      for j in c.degree..<a.degree { x[a.first + j] = 0.1 }
      for j in d.degree..<b.degree { x[b.first + j] = 0.1 }
    }
    return x
  }
}
