/// What a baseline's rows add up to at given coefficients and dispersion. Weights are forgetting x outlier weight, up to
/// a factor that is the same for all rows.
struct BaselineSums: Sendable {
  var weight = 0.0
  var squaredWeight = 0.0
  var mean = 0.0
  /// Sum of weight e² / (mu (1 + a mu)) and minus its derivative in a = 1 / size.
  var pearson = 0.0
  var pearsonSlope = 0.0
  /// Sums of forgetting and forgetting x squared residual.
  var forgetting = 0.0
  var square = 0.0
  /// By quarters of a year from the first row on: forgetting x products of residuals one to three periods apart, and the
  /// weights of those products.
  var products: [SIMD2<Double>]
  /// X'w(y - mu) / (1 + a mu).
  var gradient: [Double]
  /// Lower triangle of the information, row by row, and the same with squared weights.
  var information: [Double]
  var squaredInformation: [Double]

  init(_ design: BaselineDesign) {
    let columns = design.columns
    products = [SIMD2<Double>](repeating: .zero, count: design.quarters)
    gradient = [Double](repeating: 0, count: columns)
    information = [Double](repeating: 0, count: columns * (columns + 1) / 2)
    squaredInformation = information
  }

  /// Begins again with nothing, in the same buffers.
  mutating func reset() {
    (weight, squaredWeight, mean, pearson, pearsonSlope) = (0, 0, 0, 0, 0)
    (forgetting, square) = (0, 0)
    for i in products.indices { products[i] = .zero }
    for j in gradient.indices { gradient[j] = 0 }
    for pair in information.indices {
      information[pair] = 0
      squaredInformation[pair] = 0
    }
  }

  /// Measures the second column, the trend, from `origin` on, where it was measured from 0.
  mutating func shiftTrend(by origin: Double) {
    gradient[1] -= origin * gradient[0]
    let columns = gradient.count
    func shift(_ m: inout [Double]) {
      m[2] += origin * (origin * m[0] - 2 * m[1])
      m[1] -= origin * m[0]
      var row = 3
      for j in 2..<max(2, columns) {
        m[row + 1] -= origin * m[row]
        row += j + 1
      }
    }
    shift(&information)
    shift(&squaredInformation)
  }

  /// The mean correlation of residuals one to three periods apart, drawn to 0 by as much as its sampling error warrants
  /// (positive-part James-Stein), never negative: what a drifting level adds to the variance of sums over neighbours.
  ///
  /// The year that speaks most for it is left out, because a drift goes on and a lockdown does not, and one standard error
  /// added for that: with a steady level it takes four fifths of one from the mean of ten years (simulated, 84 to 140
  /// months), and more with one that drifts. A history too short to spare a year keeps it.
  var sharedCorrelation: Double {
    let all = products.reduce(.zero, +)
    guard square > 0, all[1] > 0, squaredWeight > 0 else { return 0 }
    let variance = squaredWeight / (3 * weight * weight)
    let rest = all - bestYear
    let spared = 2 * rest[1] > all[1]
    let kept = spared ? rest : all
    let mean = (kept[0] / kept[1]) / (square / forgetting) + (spared ? variance.squareRoot() : 0)
    guard mean > 0 else { return 0 }
    return min(0.9, mean * max(0, 1 - variance / (mean * mean)))
  }

  /// The four quarters in a row whose products are largest.
  private var bestYear: SIMD2<Double> {
    var best = SIMD2<Double>.zero
    for first in products.indices {
      let year = products[first..<min(first + 4, products.count)].reduce(.zero, +)
      if year[0] > best[0] { best = year }
    }
    return best
  }
}
