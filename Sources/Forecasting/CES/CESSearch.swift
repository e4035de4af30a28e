import NumericCore

/// The search for the gains of one form: Levenberg and Marquardt's steps on the exact derivatives of the errors, held within
/// the bounds.
///
/// It starts where statsforecast's and R's smooth do, at 1.3 + 1 i (0.1 for a partial season). Other starts lead to
/// lower criteria now and then, and, on the ends held out of the M3 series, to worse forecasts: what is lower there is a
/// level that moves against its errors, or a season that takes the noise for its own.
struct CESSearch {
  let form: CESForm
  let domain: CESDomain
  let kernel: CESKernel
  let start: CESStart
  /// Observations.
  let observed: Int

  private static let mostSteps = 60
  /// The search ends where a step lowers the criterion by less than this.
  private static let leastGain = 1e-5
  /// The mean square of the errors that counts as none, of data scaled to about 1.
  private static let none = 1e-24

  /// Where the search starts.
  static func first(_ form: CESForm) -> CESGains {
    CESGains(
      level: CESPair(real: 1.3, imaginary: 1), season: CESPair(real: form == .partial ? 0.1 : 1.3, imaginary: 1))
  }

  /// Minus twice the log-likelihood without constants, of errors with this sum of squares.
  static func criterion(_ squares: Double, observed n: Int) -> Double {
    Double(n) * logarithm(max(squares, Double(n) * none))
  }

  /// The best gains found from some others, and their sum of squares; nil where the errors run away there.
  func minimum(from gains: CESGains) -> (gains: CESGains, squares: Double)? {
    var x = domain.variables(gains)
    var here = products(x)
    guard here.squares.isFinite else { return nil }
    let floor = Double(observed) * CESSearch.none
    var damping = 1e-3
    var steps = 0
    while steps < CESSearch.mostSteps, here.squares > floor {
      let free = freeVariables(x, here.gradient)
      guard free.contains(true) else { break }
      var gain = 0.0
      for _ in 0..<8 {
        steps += 1
        if let step = CESSearch.step(here, free: free, damping: damping) {
          let trial = domain.clamped(x + step)
          let there = products(trial)
          if there.squares < here.squares {
            gain = Double(observed) * logarithm(here.squares / max(there.squares, floor))
            (x, here) = (trial, there)
            damping = max(damping * 0.2, 1e-8)
            break
          }
        }
        damping *= damping < 1e-2 ? 30 : 8
      }
      if gain < CESSearch.leastGain { break }
    }
    return (domain.gains(x), here.squares)
  }

  private func products(_ x: SIMD4<Double>) -> CESKernel.Products {
    kernel.products(form, domain.gains(x), domain.slopes(x), start: start)
  }

  /// Variables that are no gain of the form stay, and those at a bound beyond which the sum falls.
  private func freeVariables(_ x: SIMD4<Double>, _ gradient: SIMD4<Double>) -> [Bool] {
    (0..<4).map { i in
      i < form.gainCount && !(x[i] <= domain.lowest[i] && gradient[i] > 0)
        && !(x[i] >= domain.highest[i] && gradient[i] < 0)
    }
  }

  /// Solves (A + damping diag A) step = -gradient for the free variables, by Cholesky's factors; nil where A is singular.
  private static func step(_ p: CESKernel.Products, free: [Bool], damping: Double) -> SIMD4<Double>? {
    var a = [p.rows.0, p.rows.1, p.rows.2, p.rows.3]
    var b = -p.gradient
    for i in 0..<4 {
      for j in 0..<4 where !free[i] || !free[j] { a[i][j] = i == j ? 1 : 0 }
      if !free[i] { b[i] = 0 }
      a[i][i] += damping * (a[i][i] + 1e-12 * p.squares)
    }
    for i in 0..<4 {
      for j in 0...i {
        var sum = a[i][j]
        for k in 0..<j { sum -= a[i][k] * a[j][k] }
        if i == j {
          guard sum > 0 else { return nil }
          a[i][i] = sum.squareRoot()
        } else {
          a[i][j] = sum / a[j][j]
        }
      }
    }
    for i in 0..<4 {
      for j in 0..<i { b[i] -= a[i][j] * b[j] }
      b[i] /= a[i][i]
    }
    for i in (0..<4).reversed() {
      for j in i + 1..<4 { b[i] -= a[j][i] * b[j] }
      b[i] /= a[i][i]
    }
    return b
  }
}
