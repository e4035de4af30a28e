import NumericCore

/// The covariance of the nodes' forecast errors as a diagonal plus a product of low rank, W = diag(d) + F F': what weights
/// them in a reconciliation.
///
/// MinT's estimate is the sample covariance of one-step errors, its correlations shrunk by an intensity λ (Schäfer & Strimmer
/// 2005, *Statistical Applications in Genetics and Molecular Biology* 4, 32), W = λ diag(s²) + (1 - λ) R R' / (T - 1): a diagonal
/// and T columns. The n x n matrix is never made, nor are the n² / 2 correlations behind λ: their sums of squares are those of
/// the T x T products of periods,
///
///     Σᵢⱼ rᵢⱼ² = Σₜₛ (Σᵢ xᵢₜ xᵢₛ)² / T²,    Σᵢⱼ Σₜ (xᵢₜ xⱼₜ)² = Σₜ (Σᵢ xᵢₜ²)².
///
/// Where errors lack, a node's mean and variance are over those it has, and a missing one adds nothing to its covariances,
/// which shrink by the share of periods that two nodes have in common: unlike covariances of pairs this is one of a matrix.
///
/// Cost: nodes x periods² / 2 multiplications, and nodes x periods numbers.
public struct ErrorCovariance: Sendable, Hashable {
  /// The diagonal part, one a node.
  public let diagonal: [Double]
  /// The low-rank part, row-major: `rank` numbers a node.
  public let factor: [Double]
  /// Columns of ``factor``.
  public let rank: Int
  /// Intensity of the shrinkage λ: 1 for a diagonal.
  public let shrinkage: Double

  /// The least variance of a node, which one has whose forecasts never erred: its forecast is then kept as good as untouched.
  static let leastVariance = 2e-8

  /// Independent errors of these variances.
  public init(variances: [Double]) {
    diagonal = variances
    factor = []
    rank = 0
    shrinkage = 1
  }

  /// Independent errors with the mean squares of past ones; a node without any gets the median of the others.
  ///
  /// - Parameter residuals: observed less forecast, one row a node, missing where NaN.
  /// - Throws: ``ReconciliationError/noResiduals`` where no node has any.
  public init(meanSquaresOf residuals: [[Double]]) throws(ReconciliationError) {
    let known = residuals.map { row -> Double in
      var (sum, count) = (0.0, 0)
      for e in row where e.isFinite {
        sum += e * e
        count += 1
      }
      return count > 0 ? sum / Double(count) + ErrorCovariance.leastVariance : .nan
    }
    self.init(variances: try ErrorCovariance.filled(known))
  }

  /// The shrunk covariance of past errors.
  ///
  /// - Parameter residuals: observed less forecast, one row a node, all of one length, missing where NaN.
  /// - Throws: ``ReconciliationError/noResiduals`` where no node has two, ``ReconciliationError/shape(_:)``.
  public init(shrunk residuals: [[Double]]) throws(ReconciliationError) {
    let periods = residuals.first?.count ?? 0
    guard residuals.allSatisfy({ $0.count == periods }) else { throw .shape("errors of nodes differ in length") }
    guard periods > 1 else { throw .noResiduals }
    let n = residuals.count
    var scaled = [Double](repeating: 0, count: n * periods)
    var standard = scaled
    var variances = [Double](repeating: .nan, count: n)
    for (i, row) in residuals.enumerated() {
      var (sum, count) = (0.0, 0)
      for e in row where e.isFinite {
        sum += e
        count += 1
      }
      guard count > 1 else { continue }
      let mean = sum / Double(count)
      let squares = row.reduce(0) { $1.isFinite ? $0 + ($1 - mean) * ($1 - mean) : $0 }
      let (degrees, deviation) = (
        Double(count - 1), (squares / Double(count)).squareRoot() + ErrorCovariance.leastVariance
      )
      variances[i] = squares / degrees
      for (t, e) in row.enumerated() where e.isFinite {
        scaled[i * periods + t] = (e - mean) / degrees.squareRoot()
        standard[i * periods + t] = (e - mean) / deviation
      }
    }
    let filled = try ErrorCovariance.filled(variances)
    let shrinkage = try ErrorCovariance.intensity(standard, nodes: n, periods: periods)
    let kept = (1 - shrinkage).squareRoot()
    for place in scaled.indices { scaled[place] *= kept }
    // Of a node that never erred, or has no errors, the whole variance is in the diagonal.
    diagonal = variances.indices.map { i in
      let own = variances[i].isFinite ? variances[i] : 0
      return shrinkage * own + max(0, max(filled[i], ErrorCovariance.leastVariance) - own)
    }
    factor = shrinkage < 1 ? scaled : []
    rank = shrinkage < 1 ? periods : 0
    self.shrinkage = shrinkage
  }

  /// The intensity: the summed sampling variances of all correlations over their summed squares, between 0 and 1.
  private static func intensity(
    _ standard: [Double], nodes: Int, periods: Int
  ) throws(ReconciliationError) -> Double {
    let count = Double(periods)
    var (fourths, ownSquares) = (0.0, 0.0)
    for i in 0..<nodes {
      var (own, fourth) = (0.0, 0.0)
      for t in 0..<periods {
        let square = standard[i * periods + t] * standard[i * periods + t]
        own += square
        fourth += square * square
      }
      fourths += fourth
      ownSquares += own / count * (own / count)
    }
    let products: Matrix
    do {
      products = try symmetricProduct(standard, standard, rows: nodes, width: periods)
    } catch {
      throw .shape(error.description)
    }
    var (squares, sums) = (0.0, 0.0)
    for t in 0..<periods {
      sums += products[t, t] * products[t, t]
      for s in 0..<periods { squares += products[t, s] * products[t, s] }
    }
    // Each pair once.
    let correlations = max(0, squares / (count * count) - ownSquares) / 2
    let scatter = max(0, (sums - fourths) / 2 - count * correlations)
    let intensity = scatter / (count * (count - 1)) / (correlations + leastVariance)
    return min(1, max(0, intensity))
  }

  /// Variances with those that are not known replaced by the median of the others.
  private static func filled(_ variances: [Double]) throws(ReconciliationError) -> [Double] {
    let known = variances.filter(\.isFinite)
    guard !known.isEmpty else { throw .noResiduals }
    let typical = median(known)
    return variances.map { $0.isFinite ? $0 : typical }
  }
}
