import NumericCore

/// Least squares for the dynamic optimised theta model.
///
/// Given alpha, the errors are linear in the initial level and in omega = 1 - 1 / theta, so that both follow in closed
/// form (omega held within [0, 1]) and the search is over alpha alone: a grid on [0.1, 0.99], the bounds of
/// Fiorucci et al. (2016), then ever finer grids about the best point, four points at a time. Where the criterion has
/// several minima this finds the lowest one that the first grid shows.
struct ThetaEstimator {
  let history: ThetaHistory

  /// Estimated parameters.
  struct Estimate: Sendable {
    let alpha: Double
    let omega: Double
    let initialLevel: Double
    /// Sum of squared errors after the warm-up.
    let squares: Double
  }

  static let lowest = 0.1
  static let highest = 0.99
  private static let coarse = 16
  private static let refinements = 8

  /// The estimate of least squares.
  func fit() -> Estimate {
    let spacing = (ThetaEstimator.highest - ThetaEstimator.lowest) / Double(ThetaEstimator.coarse - 1)
    var best = Estimate(alpha: 0.5, omega: 0.5, initialLevel: 0, squares: .infinity)
    func look(_ alphas: SIMD4<Double>) {
      for candidate in profile(alphas) where candidate.squares < best.squares { best = candidate }
    }
    for k in stride(from: 0, to: ThetaEstimator.coarse, by: 4) {
      look(ThetaEstimator.lowest + spacing * SIMD4(Double(k), Double(k + 1), Double(k + 2), Double(k + 3)))
    }
    var half = spacing
    for _ in 0..<ThetaEstimator.refinements {
      let low = max(ThetaEstimator.lowest, best.alpha - half)
      let high = min(ThetaEstimator.highest, best.alpha + half)
      look(low + (high - low) * SIMD4(0.2, 0.4, 0.6, 0.8))
      half *= 0.4
    }
    return best
  }

  /// The best initial level and omega for each alpha.
  func profile(_ alpha: SIMD4<Double>) -> [Estimate] {
    typealias Four = SIMD4<Double>
    let keep = 1 - alpha
    let inverse = 1 / alpha
    // Level = base + start x initial level + gaps x omega; power = (1 - alpha)^t. The last two are held above the range
    // where arithmetic slows down; nothing this small tells.
    var (base, start, gaps, power) = (Four.zero, Four.one, Four.zero, Four.one)
    var (rr, rp, rc, pp, pc, cc) = (Four.zero, Four.zero, Four.zero, Four.zero, Four.zero, Four.zero)
    let tiny = Four(repeating: 1e-150)
    history.values.withUnsafeBufferPointer { values in
      history.mean.withUnsafeBufferPointer { mean in
        history.slope.withUnsafeBufferPointer { slope in
          for t in 0..<values.count {
            var pull = Four.zero
            if t > 0 {
              let b = slope[t - 1]
              let a = mean[t - 1] - 0.5 * b * Double(t + 1)
              pull = power * a + (1 - power * keep) * (inverse * b)
            }
            let y = values[t]
            if y.isNaN {
              gaps += alpha * pull
            } else {
              if t >= ThetaHistory.warmUp {
                let r = y - base
                let c = gaps + pull
                rr += r * r
                rp += r * start
                rc += r * c
                pp += start * start
                pc += start * c
                cc += c * c
              }
              base += alpha * (y - base)
              start = start * keep + tiny
              gaps = gaps * keep + tiny
            }
            power = power * keep + tiny
          }
        }
      }
    }
    return (0..<4).map { i in
      let determinant = pp[i] * cc[i] - pc[i] * pc[i]
      let free =
        determinant > 1e-10 * pp[i] * cc[i] ? (rc[i] * pp[i] - rp[i] * pc[i]) / determinant : 0.5
      let omega = min(max(free, 0), 1)
      let level = pp[i] > 0 ? (rp[i] - pc[i] * omega) / pp[i] : 0
      // Of (r - p level - c omega)².
      let fromOmega = omega * (omega * cc[i] - 2 * rc[i])
      let fromLevel = level * (level * pp[i] - 2 * rp[i] + 2 * omega * pc[i])
      return Estimate(
        alpha: alpha[i], omega: omega, initialLevel: level, squares: max(0, rr[i] + fromOmega + fromLevel))
    }
  }
}
