/// Minimises a smooth function of a few dozen variables by BFGS with an inverse Hessian and a line search that
/// backtracks, or grows, until the sufficient-decrease condition holds.
///
/// Nocedal & Wright (2006), Numerical Optimization, 2nd ed., algorithm 6.1 with Armijo's condition (3.4); an update that
/// would lose positive definiteness is skipped. A value that is not finite counts as infinite, so that a function may
/// refuse points outside its domain.
public struct BFGS: Sendable {
  /// Most iterations (line searches).
  public var maximumIterations: Int
  /// Stops when this many successive iterations each lowered the value by less than `tolerance` x (1 + |value|).
  public var patience: Int
  /// See `patience`.
  public var tolerance: Double
  /// Also stops when the quadratic model (once it is one) expects to lower the value by less than this.
  public var leastGain: Double
  /// Also stops when, a few iterations on, not even ten times the last decrease, or that which the quadratic model expects,
  /// would reach this value.
  public var target: Double

  /// A minimiser.
  public init(
    maximumIterations: Int = 200, tolerance: Double = 1e-8, patience: Int = 2, leastGain: Double = 0,
    target: Double = .infinity
  ) {
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
    self.patience = patience
    self.leastGain = leastGain
    self.target = target
  }

  /// Minimises from `x`, which receives the best point found.
  ///
  /// - Parameters:
  ///   - x: starting point; its value must be finite.
  ///   - hessian: second derivatives at `x`, or an approximation, row by row; ignored if not positive definite.
  ///   - value: writes the gradient at the first argument to the second and returns the value.
  /// - Returns: the least value found and the iterations spent.
  public func minimize(
    _ x: inout [Double], hessian: [Double]? = nil,
    value: (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Double
  ) -> (value: Double, iterations: Int) {
    let n = x.count
    // One block: gradient, trial point, trial gradient, direction, step, change of gradient, H y, then H (n x n).
    var block = [Double](repeating: 0, count: 7 * n + n * n)
    if let hessian, hessian.count == n * n { block.replaceSubrange((7 * n)..., with: hessian) }
    return x.withUnsafeMutableBufferPointer { x in
      block.withUnsafeMutableBufferPointer { block in
        var known = false
        if hessian != nil, let base = block.baseAddress {
          known = invertInPlace(base + 7 * n, order: n)
        }
        return run(x, block, known: known, value)
      }
    }
  }

  private func run(
    _ x: UnsafeMutableBufferPointer<Double>, _ block: UnsafeMutableBufferPointer<Double>,
    known: Bool, _ value: (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Double
  ) -> (value: Double, iterations: Int) {
    let n = x.count
    func part(_ k: Int) -> UnsafeMutableBufferPointer<Double> {
      UnsafeMutableBufferPointer(rebasing: block[k * n..<(k + 1) * n])
    }
    let (g, trial, trialG, p, s) = (part(0), part(1), part(2), part(3), part(4))
    let (y, hy) = (part(5), part(6))
    let h = UnsafeMutableBufferPointer(rebasing: block[7 * n..<7 * n + n * n])
    var f = value(UnsafeBufferPointer(x), g)
    guard f.isFinite else { return (f, 0) }
    if !known { reset(h, n) }
    var fresh = !known
    var quiet = 0
    var lastGain = Double.infinity
    var iteration = 0
    while iteration < maximumIterations {
      iteration += 1
      multiply(h, n, g, p)
      var slope = 0.0
      for i in 0..<n {
        p[i] = -p[i]
        slope += p[i] * g[i]
      }
      if !(slope < 0) {
        if fresh { break }
        reset(h, n)
        fresh = true
        continue
      }
      if !fresh, -0.5 * slope < leastGain { break }
      if iteration > 3, f - 10 * max(-0.5 * slope, lastGain) > target { break }
      // The first step of a fresh Hessian moves by at most about 0.1 in every variable.
      var step = 1.0
      if fresh {
        var largest = 0.0
        for i in 0..<n { largest = max(largest, abs(p[i])) }
        step = min(1, 0.1 / largest)
      }
      var accepted = false
      var trialF = Double.infinity
      for _ in 0..<24 {
        for i in 0..<n { trial[i] = x[i] + step * p[i] }
        trialF = value(UnsafeBufferPointer(trial), trialG)
        if trialF.isFinite && trialF <= f + 1e-4 * step * slope {
          accepted = true
          break
        }
        // The minimum of the parabola through the value, the slope and the trial, kept within [0.1, 0.5] of the step.
        let curvature = trialF - f - step * slope
        let ratio = trialF.isFinite && curvature > 0 ? -0.5 * slope * step / curvature : 0.1
        step *= min(max(ratio, 0.1), 0.5)
      }
      if !accepted {
        if fresh { break }
        reset(h, n)
        fresh = true
        continue
      }
      var sy = 0.0
      var yy = 0.0
      for i in 0..<n {
        s[i] = trial[i] - x[i]
        y[i] = trialG[i] - g[i]
        sy += s[i] * y[i]
        yy += y[i] * y[i]
        x[i] = trial[i]
        g[i] = trialG[i]
      }
      let gain = f - trialF
      lastGain = gain
      f = trialF
      quiet = gain < tolerance * (1 + abs(f)) ? quiet + 1 : 0
      if quiet >= patience { break }
      guard sy > 1e-12 * yy, sy > 0 else { continue }
      if fresh {
        let scale = sy / yy
        for i in 0..<n { h[i * n + i] = scale }
        fresh = false
      }
      update(h, n, s, y, hy, sy)
    }
    return (f, iteration)
  }

  private func reset(_ h: UnsafeMutableBufferPointer<Double>, _ n: Int) {
    for i in 0..<n * n { h[i] = 0 }
    for i in 0..<n { h[i * n + i] = 1 }
  }

  private func update(
    _ h: UnsafeMutableBufferPointer<Double>, _ n: Int, _ s: UnsafeMutableBufferPointer<Double>,
    _ y: UnsafeMutableBufferPointer<Double>, _ hy: UnsafeMutableBufferPointer<Double>, _ sy: Double
  ) {
    multiply(h, n, y, hy)
    var yhy = 0.0
    for i in 0..<n { yhy += y[i] * hy[i] }
    let rho = 1 / sy
    let factor = (1 + yhy * rho) * rho
    for i in 0..<n {
      let bySj = factor * s[i] - rho * hy[i]
      let byHyj = rho * s[i]
      for j in 0..<n { h[i * n + j] += bySj * s[j] - byHyj * hy[j] }
    }
  }

  /// H v, of a symmetric H: by rows, so that sums need not wait for one another.
  private func multiply(
    _ h: UnsafeMutableBufferPointer<Double>, _ n: Int, _ v: UnsafeMutableBufferPointer<Double>,
    _ result: UnsafeMutableBufferPointer<Double>
  ) {
    for i in 0..<n { result[i] = 0 }
    for j in 0..<n {
      let vj = v[j]
      for i in 0..<n { result[i] += vj * h[j * n + i] }
    }
  }
}
