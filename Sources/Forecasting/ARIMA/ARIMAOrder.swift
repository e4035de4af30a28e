import NumericCore

/// The orders of a seasonal ARIMA model (p,d,q)(P,D,Q)m and whether it has a constant.
struct ARIMAOrder: Hashable, Sendable {
  /// Degrees of the polynomials whose coefficients are estimated.
  var arma: ARMAOrder
  /// Differences at lag 1 and at the lag of the season.
  var differences = 0
  var seasonalDifferences = 0
  /// Whether the differenced values have a mean other than 0: a mean of the series or, with one difference, a drift.
  var hasConstant = false

  /// `ARIMA(1,0,2)(0,1,1)[12] with drift`, as R's forecast has it.
  var name: String {
    var name = "ARIMA(\(arma.ar),\(differences),\(arma.ma))"
    if arma.season > 1, arma.seasonalAR + seasonalDifferences + arma.seasonalMA > 0 {
      name += "(\(arma.seasonalAR),\(seasonalDifferences),\(arma.seasonalMA))[\(arma.season)]"
    }
    guard hasConstant else { return name }
    return name + (differences + seasonalDifferences == 0 ? " with non-zero mean" : " with drift")
  }

  /// Estimated coefficients; the variance of the errors is not counted.
  var coefficients: Int { arma.count + (hasConstant ? 1 : 0) }

  /// The coefficients of (1 - B)^d (1 - B^m)^D from that of B^0 on.
  var differencing: [Double] {
    var delta = [1.0]
    func multiply(lag: Int) {
      let old = delta
      delta += [Double](repeating: 0, count: lag)
      for (i, value) in old.enumerated() { delta[i + lag] -= value }
    }
    for _ in 0..<differences { multiply(lag: 1) }
    for _ in 0..<seasonalDifferences { multiply(lag: arma.season) }
    return delta
  }
}

/// Degrees of the four polynomials of a multiplicative seasonal ARMA process
/// ar(B) AR(B^m) w = ma(B) MA(B^m) e (Box & Jenkins 1970).
struct ARMAOrder: Hashable, Sendable {
  var ar = 0
  var ma = 0
  var seasonalAR = 0
  var seasonalMA = 0
  /// Season length m; 1 for none.
  var season = 1

  /// No root of a polynomial is nearer to 0: at 1 a process is not stationary, or a difference too many was taken.
  static let leastRoot = 1.001

  /// Coefficients.
  var count: Int { ar + ma + seasonalAR + seasonalMA }

  /// Degrees of the products ar(B) AR(B^m) and ma(B) MA(B^m).
  var arDegree: Int { ar + season * seasonalAR }
  var maDegree: Int { ma + season * seasonalMA }

  /// The four blocks in which coefficients and variables stand: ar, ma, AR, MA.
  var blocks: [Block] {
    var blocks: [Block] = []
    blocks.reserveCapacity(4)
    var first = 0
    for (degree, lag, isMA) in [(ar, 1, false), (ma, 1, true), (seasonalAR, season, false), (seasonalMA, season, true)]
    {
      let root = lag == 1 ? ARMAOrder.leastRoot : power(ARMAOrder.leastRoot, Double(lag))
      blocks.append(Block(first: first, degree: degree, lag: lag, isMA: isMA, leastRoot: root))
      first += degree
    }
    return blocks
  }

  /// A block of coefficients.
  struct Block {
    let first, degree, lag: Int
    let isMA: Bool
    /// No root of the polynomial of B^lag is nearer to 0.
    let leastRoot: Double
  }
}
