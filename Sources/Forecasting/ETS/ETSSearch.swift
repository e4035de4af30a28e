import NumericCore

/// The search for the parameters of one model of one series.
///
/// BFGS on the exact gradient, begun with the Gauss-Newton approximation to the second derivatives: the states before
/// the first period, most of the variables, enter an expectation almost linearly and are nearly right after one step.
struct ETSSearch {
  private let form: ETSForm
  private let map: ETSParameterMap
  private let estimator: ETSEstimator
  private let season: Int

  init(_ form: ETSForm, _ basis: ETSStartingBasis, _ estimator: ETSEstimator) {
    self.form = form
    self.estimator = estimator
    season = form.season == .none ? 1 : estimator.m
    map = ETSParameterMap(form: form, m: season, start: ETSStartingValues(basis, form: form))
  }

  /// A rough estimate, good to about 0.01 of the criterion; nil if no starting point lies in the domain.
  ///
  /// - Parameters:
  ///   - kin: parameters of models alike, to start from.
  ///   - searches: searches are begun from so many of the starting points, the best first.
  ///   - target: a criterion of interest: the search may end early where it cannot be reached.
  func estimate(from kin: [ETSParameters], searches: Int, target: Double) -> ETSEstimator.Estimate? {
    withKernel { kernel, p, space in
      var starts: [(value: Double, variables: [Double])] = []
      for trial in kin.map({ map.start(from: $0) }) + ETSSearch.gains.map({ map.start(alpha: $0) }) {
        trial.withUnsafeBufferPointer { map.parameters($0, p) }
        let value = kernel.criterion(form, p, gradient: nil)
        guard value.isFinite else { continue }
        // After those as good, so that ties keep their order.
        starts.insert((value, trial), at: starts.firstIndex { $0.value > value } ?? starts.count)
      }
      var bfgs = ETSSearch.bfgs
      bfgs.leastGain = 0.005
      bfgs.target = target
      var best: ETSEstimator.Estimate?
      for start in starts.prefix(searches) {
        let found = minimize(start.variables, bfgs, kernel, p, space)
        if found.criterion < best?.criterion ?? .infinity { best = found }
      }
      return best
    } ?? nil
  }

  /// The estimate carried on until the criterion can fall by no more than 1e-5 or so.
  func refine(_ rough: ETSEstimator.Estimate) -> ETSEstimator.Estimate {
    withKernel { kernel, p, space in
      let refined = minimize(rough.variables, ETSSearch.bfgs, kernel, p, space)
      return refined.criterion <= rough.criterion ? refined : rough
    } ?? rough
  }

  private func minimize(
    _ start: [Double], _ bfgs: BFGS, _ kernel: ETSKernel, _ p: UnsafeMutablePointer<Double>,
    _ space: UnsafeMutablePointer<SIMD4<Double>>
  ) -> ETSEstimator.Estimate {
    var x = start
    let gradient = p + ETSKernel.headCount + season
    x.withUnsafeBufferPointer { map.parameters($0, p) }
    _ = kernel.criterion(form, p, gradient: nil)
    kernel.curvature(form, p, space)
    let stride = 4 * ETSKernel.blocks(m: form.season == .none ? 0 : season)
    let hessian = space.withMemoryRebound(to: Double.self, capacity: stride * stride) {
      map.chain(map.slopes(p), upper: $0, stride: stride, least: ETSSearch.leastCurvature)
    }
    let (criterion, _) = bfgs.minimize(&x, hessian: hessian) { x, g in
      map.parameters(x, p)
      let value = kernel.criterion(form, p, gradient: gradient)
      if let base = g.baseAddress { map.chain(map.slopes(p), gradient, base) }
      return value
    }
    x.withUnsafeBufferPointer { map.parameters($0, p) }
    return ETSEstimator.Estimate(
      form: form, parameters: map.unpack(p), variables: x, criterion: criterion,
      aicc: ETSEstimator.aicc(criterion, parameters: form.parameterCount(estimator.m), observed: estimator.observed))
  }

  private static let bfgs = BFGS(maximumIterations: 100, tolerance: 1e-7, patience: 3, leastGain: 1e-6)

  /// Level gains to try as a start.
  private static let gains = [0.05, 0.2, 0.5, 0.9]

  /// Added to the second derivatives by every variable: keeps steps short where the criterion says nothing, as for a gain
  /// at its bound.
  private static let leastCurvature = 0.1

  /// Calls `body` with a kernel, room for a parameter vector and its gradient, and room for the second derivatives; nil
  /// without values.
  private func withKernel<Result>(
    _ body: (ETSKernel, UnsafeMutablePointer<Double>, UnsafeMutablePointer<SIMD4<Double>>) -> Result
  ) -> Result? {
    let n = estimator.values.count
    let size = ETSKernel.workSize(n: n, m: season)
    return estimator.values.withUnsafeBufferPointer { y in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: size + 2 * (ETSKernel.headCount + season)) { work in
        withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: ETSKernel.curvatureSize(m: season)) { space in
          guard let values = y.baseAddress, let base = work.baseAddress, let blocks = space.baseAddress else {
            return nil
          }
          let kernel = ETSKernel(n: n, m: season, observed: Double(estimator.observed), y: values, work: base)
          return body(kernel, base + size, blocks)
        }
      }
    }
  }
}
