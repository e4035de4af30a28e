/// What an ARMA process is fitted to: the differences of a series, beside a column for each missing value and one for the
/// constant.
///
/// A missing value is bridged and its error made a coefficient: its column holds the differences of a series that is 1 there
/// and 0 elsewhere. Integrated over that coefficient the likelihood is that of the observed values alone (Gomez, Maravall &
/// Pena 1999, Journal of Econometrics 88, 341-363), which a Kalman filter that skips gaps also gives.
struct DifferencedSeries {
  let order: ARIMAOrder
  /// Rows, one a period: columns of missing values, the column of the constant if there is one, the differences themselves.
  let rows: [Double]
  let columns: Int
  /// For each column the first row in which it is not 0.
  let first: [Int]
  let count: Int
  /// Periods whose value is missing.
  let missing: [Int]
  /// What was taken from the differences: their mean where there is a constant.
  let centre: Double
  /// Differences that count: those there are less the missing values.
  var observed: Int { count - missing.count }

  /// - Parameters:
  ///   - bridged: values without gaps.
  ///   - missing: places of those that were missing, ascending; neither the first nor the last.
  ///   - order: of which the polynomials do not matter.
  init(_ bridged: [Double], missing: [Int], _ order: ARIMAOrder) {
    let delta = order.differencing
    let lost = delta.count - 1
    let count = max(0, bridged.count - lost)
    let differences = DifferencedSeries.differences(bridged, delta)
    let centre = order.hasConstant && count > 0 ? differences.reduce(0, +) / Double(count) : 0
    let columns = missing.count + (order.hasConstant ? 2 : 1)
    var rows = [Double](repeating: 0, count: count * columns)
    var first = [Int](repeating: 0, count: columns)
    for t in 0..<count {
      rows[t * columns + columns - 1] = differences[t] - centre
      if order.hasConstant { rows[t * columns + columns - 2] = 1 }
    }
    for (j, place) in missing.enumerated() {
      first[j] = max(0, place - lost)
      for (i, value) in delta.enumerated() where value != 0 {
        let t = place + i - lost
        if t >= 0, t < count { rows[t * columns + j] = value }
      }
    }
    self.order = order
    self.rows = rows
    self.columns = columns
    self.first = first
    self.count = count
    self.missing = missing
    self.centre = centre
  }

  /// The values of delta(B) y, as many fewer as its degree.
  static func differences(_ y: [Double], _ delta: [Double]) -> [Double] {
    let lost = delta.count - 1
    guard y.count > lost else { return [] }
    let terms = delta.enumerated().filter { $0.element != 0 }
    return (lost..<y.count).map { t in terms.reduce(0) { $0 + $1.element * y[t - $1.offset] } }
  }
}
