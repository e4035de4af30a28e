import NumericCore

/// Estimates one model of the taxonomy by maximum likelihood: all smoothing parameters and initial states together, by
/// BFGS on the exact gradient, within R's usual bounds (0.0001 <= alpha <= 0.9999, beta <= alpha, gamma <= 1 - alpha,
/// 0.8 <= phi <= 0.98).
struct ETSEstimator {
  /// Values scaled to a mean magnitude of 1, first and last observed.
  let values: [Double]
  let m: Int
  let observed: Int

  /// A fitted model on the scale of ``values``.
  struct Estimate: Sendable {
    let form: ETSForm
    let parameters: ETSParameters
    /// Minus twice the log-likelihood without constants.
    let criterion: Double
    let aicc: Double
  }

  static let lowest = 1e-4
  static let highest = 0.9999
  static let dampingRange = (low: 0.8, high: 0.98)

  init(values: [Double], m: Int) {
    self.values = values
    self.m = m
    observed = values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
  }

  /// Corrected AIC; infinite where the observations do not allow it.
  static func aicc(_ criterion: Double, parameters k: Int, observed n: Int) -> Double {
    guard n > k + 1 else { return .infinity }
    return criterion + 2 * Double(k) + 2 * Double(k) * Double(k + 1) / Double(n - k - 1)
  }

  /// The model of least AICc, or nil if there are too few observations for any.
  func select(seasonal: Bool, positive: Bool) -> Estimate? {
    select(among: ETSForm.candidates(seasonal: seasonal, positive: positive))
  }

  /// The model of least AICc among these, or nil if there are too few observations for any.
  func select(among forms: [ETSForm]) -> Estimate? {
    var best: Estimate?
    for form in forms {
      let count = form.parameterCount(m)
      // R's ets: no model whose parameters nearly use up the observations.
      guard observed > count + 3, let estimate = fit(form), estimate.aicc.isFinite else { continue }
      if best.map({ estimate.aicc < $0.aicc }) ?? true { best = estimate }
    }
    return best
  }

  /// Fits one model; nil if no starting point lies in its domain.
  func fit(_ form: ETSForm) -> Estimate? {
    let season = form.season == .none ? 1 : m
    let start = ETSStartingValues(values, form: form, m: season)
    let map = ETSParameterMap(form: form, m: season, start: start)
    var work = [Double](repeating: 0, count: ETSKernel.workSize(n: values.count, m: season))
    var natural = [Double](repeating: 0, count: 2 * (ETSKernel.headCount + season))
    return values.withUnsafeBufferPointer { y -> Estimate? in
      work.withUnsafeMutableBufferPointer { work -> Estimate? in
        natural.withUnsafeMutableBufferPointer { natural -> Estimate? in
          guard let yBase = y.baseAddress, let workBase = work.baseAddress, let p = natural.baseAddress else {
            return nil
          }
          let kernel = ETSKernel(n: y.count, m: season, observed: Double(observed), y: yBase, work: workBase)
          let gradient = p + (ETSKernel.headCount + season)
          var best = Double.infinity
          var x = map.start(alpha: 0.2)
          for alpha in [0.05, 0.2, 0.5, 0.9] {
            let trial = map.start(alpha: alpha)
            trial.withUnsafeBufferPointer { map.parameters($0, p) }
            let value = kernel.criterion(form, p, gradient: nil)
            if value < best {
              best = value
              x = trial
            }
          }
          guard best.isFinite else { return nil }
          let (criterion, _) = BFGS(maximumIterations: 150, tolerance: 1e-7, patience: 3).minimize(&x) { x, g in
            map.parameters(x, p)
            let value = kernel.criterion(form, p, gradient: gradient)
            map.chain(x, p, gradient, g)
            return value
          }
          x.withUnsafeBufferPointer { map.parameters($0, p) }
          return Estimate(
            form: form, parameters: map.unpack(p), criterion: criterion,
            aicc: ETSEstimator.aicc(criterion, parameters: form.parameterCount(m), observed: observed))
        }
      }
    }
  }
}
