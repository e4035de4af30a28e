/// The stepwise search for orders of Hyndman & Khandakar (2008, Journal of Statistical Software 27(3), section 3.2), in the
/// steps of R's `auto.arima`: four models first, then from the best to its neighbours, the first that is better being the best
/// from then on, until none is; and, unlike there, on from those models that are nearly as good.
final class ARIMASearch {
  private let estimator: ARIMAEstimator
  private let limits: ARMAOrder
  private let constantIsAllowed: Bool
  private let breadth: Double
  private var found: [Candidate: ARIMAEstimator.Estimate?] = [:]
  /// Estimates that are fit to start from, the best first.
  private var ranking: [ARIMAEstimator.Estimate] = []
  private var least = Double.infinity

  /// What tells the models of a search from each other.
  private struct Candidate: Hashable {
    var arma: ARMAOrder
    var constant: Bool
  }

  /// - Parameters:
  ///   - limits: the greatest degrees.
  ///   - constantIsAllowed: with up to one difference.
  ///   - breadth: AICc by which a model may lie behind the best for its neighbours to be looked at as well.
  init(_ estimator: ARIMAEstimator, limits: ARMAOrder, constantIsAllowed: Bool, breadth: Double) {
    self.estimator = estimator
    self.limits = limits
    self.constantIsAllowed = constantIsAllowed
    self.breadth = breadth
  }

  /// Most models looked at, as in R.
  private static let mostModels = 94
  /// AICc by which a rough estimate may lie behind the best and still be refined.
  private static let finalists = 0.1

  /// The model of least AICc that the search comes to; nil if none is fit.
  func run() -> ARIMAEstimator.Estimate? {
    start()
    // The best model whose neighbours have not all been looked at.
    var done: Set<Candidate> = []
    while found.count < ARIMASearch.mostModels {
      guard
        let next = ranking.first(where: {
          $0.isFit && $0.aicc <= least + breadth && !done.contains(candidate(of: $0))
        }).map(candidate)
      else { break }
      let before = least
      var improved = false
      for step in ARIMASearch.steps {
        guard let neighbour = neighbour(next, step), found[neighbour] == nil else { continue }
        if aicc(neighbour) < before {
          improved = true
          break
        }
      }
      if !improved { done.insert(next) }
    }
    return refined()
  }

  private func candidate(of estimate: ARIMAEstimator.Estimate) -> Candidate {
    Candidate(arma: estimate.order.arma, constant: estimate.order.hasConstant)
  }

  /// Looks at the models that the search begins with.
  private func start() {
    let none = ARMAOrder(season: limits.season)
    var (ar, ma, both) = (none, none, none)
    ar.ar = min(1, limits.ar)
    ar.seasonalAR = min(1, limits.seasonalAR)
    ma.ma = min(1, limits.ma)
    ma.seasonalMA = min(1, limits.seasonalMA)
    both.ar = min(2, limits.ar)
    both.ma = min(2, limits.ma)
    both.seasonalAR = min(1, limits.seasonalAR)
    both.seasonalMA = min(1, limits.seasonalMA)
    var candidates = [none, ar, ma, both].map { Candidate(arma: $0, constant: constantIsAllowed) }
    if constantIsAllowed { candidates.append(Candidate(arma: none, constant: false)) }
    for candidate in candidates { _ = aicc(candidate) }
  }

  /// Changes of p, q, P, Q in the order in which they are tried; nil is the other way with the constant.
  private static let steps: [(ar: Int, ma: Int, seasonalAR: Int, seasonalMA: Int)?] = [
    (0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, -1, -1), (0, 0, -1, 1), (0, 0, 1, -1),
    (0, 0, 1, 1),
    (-1, 0, 0, 0), (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (-1, -1, 0, 0), (-1, 1, 0, 0), (1, -1, 0, 0),
    (1, 1, 0, 0),
    nil,
  ]

  private func neighbour(
    _ candidate: Candidate, _ step: (ar: Int, ma: Int, seasonalAR: Int, seasonalMA: Int)?
  ) -> Candidate? {
    var next = candidate
    guard let step else {
      guard constantIsAllowed else { return nil }
      next.constant.toggle()
      return next
    }
    next.arma.ar += step.ar
    next.arma.ma += step.ma
    next.arma.seasonalAR += step.seasonalAR
    next.arma.seasonalMA += step.seasonalMA
    guard (0...limits.ar).contains(next.arma.ar), (0...limits.ma).contains(next.arma.ma),
      (0...limits.seasonalAR).contains(next.arma.seasonalAR), (0...limits.seasonalMA).contains(next.arma.seasonalMA)
    else { return nil }
    return next
  }

  /// The AICc of a rough estimate, infinite of an unfit one.
  private func aicc(_ candidate: Candidate) -> Double {
    let order = estimator.order(candidate.arma, constant: candidate.constant)
    let estimate = estimator.estimate(order, from: kin(candidate), target: least + ARIMASearch.finalists)
    found[candidate] = .some(estimate)
    guard let estimate, estimate.aicc.isFinite else { return .infinity }
    ranking.insert(estimate, at: ranking.firstIndex { $0.aicc > estimate.aicc } ?? ranking.count)
    guard estimate.isFit else { return .infinity }
    least = min(least, estimate.aicc)
    return estimate.aicc
  }

  /// Estimates to start from: the best ones.
  private func kin(_ candidate: Candidate) -> [ARIMAEstimator.Estimate] { Array(ranking.prefix(3)) }

  /// The best of those that come near the best, estimated to the end.
  private func refined() -> ARIMAEstimator.Estimate? {
    var best: ARIMAEstimator.Estimate?
    for rough in ranking where rough.isFit {
      if let best, rough.aicc > best.aicc + ARIMASearch.finalists { break }
      let estimate = estimator.refine(rough)
      guard estimate.isFit else { continue }
      if best.map({ estimate.aicc < $0.aicc }) ?? estimate.aicc.isFinite { best = estimate }
    }
    return best
  }
}
