/// What a baseline's rows add up to at given coefficients and dispersion. Weights are forgetting x outlier weight, up to
/// a factor that is the same for all rows.
struct BaselineSums: Sendable {
  var weight = 0.0
  var squaredWeight = 0.0
  var mean = 0.0
  /// Sum of weight e² / (mu (1 + a mu)) and minus its derivative in a = 1 / size.
  var pearson = 0.0
  var pearsonSlope = 0.0
  /// Sums of forgetting and forgetting x squared residual, and of the products of residuals one to three periods apart.
  var forgetting = 0.0
  var square = 0.0
  var product = 0.0
  var products = 0.0
  /// X'w(y - mu) / (1 + a mu).
  var gradient: [Double]
  /// Lower triangle of the information, row by row, and the same with squared weights.
  var information: [Double]
  var squaredInformation: [Double]

  init(columns: Int) {
    gradient = [Double](repeating: 0, count: columns)
    information = [Double](repeating: 0, count: columns * (columns + 1) / 2)
    squaredInformation = information
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
  var sharedCorrelation: Double {
    guard square > 0, products > 0, squaredWeight > 0 else { return 0 }
    let mean = (product / products) / (square / forgetting)
    guard mean > 0 else { return 0 }
    let error = squaredWeight / (3 * weight * weight)
    return min(0.9, mean * max(0, 1 - error / (mean * mean)))
  }
}
