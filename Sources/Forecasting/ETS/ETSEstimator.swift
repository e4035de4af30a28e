import NumericCore

/// Estimates models of the taxonomy by maximum likelihood (``ETSSearch``), all smoothing parameters and initial states
/// together, within R's usual bounds (0.0001 <= alpha <= 0.9999, beta <= alpha, gamma <= 1 - alpha,
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
    /// Where the search ended.
    let variables: [Double]
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
  func select(seasonal: Bool, positive: Bool, trends: [ETSForm.TrendKind] = [.none, .damped]) -> Estimate? {
    select(among: ETSForm.candidates(seasonal: seasonal, positive: positive, trends: trends))
  }

  /// The model of least AICc among these, or nil if there are too few observations for any.
  ///
  /// A race: every model is first estimated roughly, from the estimates of simpler ones and of those with the other error,
  /// and given up once it cannot come near the best so far; those within ``finalists`` of the best are then refined.
  func select(among forms: [ETSForm]) -> Estimate? {
    var found: [(estimate: Estimate, search: ETSSearch)] = []
    var least = Double.infinity
    var bases: [ETSForm.SeasonKind: ETSStartingBasis] = [:]
    for form in forms {
      let count = form.parameterCount(m)
      // R's ets: no model whose parameters nearly use up the observations.
      guard observed > count + 3 else { continue }
      let basis = bases[form.season] ?? ETSStartingBasis(values, season: form.season, m: m)
      bases[form.season] = basis
      let search = ETSSearch(form, basis, self)
      let penalty = ETSEstimator.aicc(0, parameters: count, observed: observed)
      let kin = found.filter { $0.estimate.form.isKin(of: form) }.map(\.estimate.parameters)
      guard
        let rough = search.estimate(
          from: kin, searches: 1, target: least - penalty + ETSEstimator.finalists)
      else { continue }
      found.append((rough, search))
      least = min(least, rough.aicc)
    }
    var best: Estimate?
    for (rough, search) in found where rough.aicc <= least + ETSEstimator.finalists {
      let estimate = search.refine(rough)
      if best.map({ estimate.aicc < $0.aicc }) ?? estimate.aicc.isFinite { best = estimate }
    }
    return best
  }

  /// AICc by which a rough estimate may lie behind the best and still be refined.
  static let finalists = 0.1

  /// Fits one model, from every starting point; nil if no starting point lies in its domain.
  func fit(_ form: ETSForm) -> Estimate? {
    let search = ETSSearch(form, ETSStartingBasis(values, season: form.season, m: m), self)
    return search.estimate(from: [], searches: .max, target: .infinity).map(search.refine)
  }
}
