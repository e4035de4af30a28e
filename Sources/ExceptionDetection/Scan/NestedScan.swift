import NumericCore

/// The p-value of the smallest of the p-values of the sums over the last 1, 2, ... n periods.
///
/// Under the null the sums S_k are those of a random walk whose steps share a common part: the level is not known
/// exactly, and it drifts. With `shared` its variance as a multiple of that of one step,
/// S_(k+1) given S_k is normal with mean S_k (1 + b) and variance 1 + b, b = shared / (1 + k shared), and the largest
/// standardised sum exceeds c where the walk crosses c sqrt(k + shared k²). The probability of that follows from a
/// recursion over the density below the boundary (Armitage, McPherson & Rowe 1969, JRSS A 132, 235-244).
struct NestedScan: Sendable {
  /// Longest window, >= 1.
  let windows: Int
  private static let low = -3.0
  private static let spacing = 0.5
  private static let steps = 22
  private static let shares = [0, 0.02, 0.05, 0.12, 0.3, 0.8, 2.5]
  /// Log of P(max >= c) / P(Z >= c), by share and c.
  private let logRatios: [[Double]]

  init(windows: Int) {
    self.windows = windows
    logRatios =
      windows > 1
      ? Self.shares.map { shared in
        (0...Self.steps).map { i in
          let c = Self.low + Self.spacing * Double(i)
          return logarithm(crossingProbability(c, windows: windows, shared: shared) / Normal.cdf(-c))
        }
      } : []
  }

  /// The probability of a smallest p-value as small as `smallest`.
  func pValue(smallest p: Double, shared: Double) -> Double {
    guard windows > 1, p > 0, p < 1 else { return p }
    let z = -Normal.quantile(p)
    let top = Double(Self.steps) - 1e-9
    let position = min(max((z - Self.low) / Self.spacing, 0), top)
    let i = Int(position)
    let across = position - Double(i)
    let shares = Self.shares
    let held = min(max(shared, 0), shares[shares.count - 1])
    var j = 0
    while j + 2 < shares.count && shares[j + 1] < held { j += 1 }
    let along = (held - shares[j]) / (shares[j + 1] - shares[j])
    let ratio = { (row: [Double]) in row[i] + across * (row[i + 1] - row[i]) }
    return min(1, p * exponential((1 - along) * ratio(logRatios[j]) + along * ratio(logRatios[j + 1])))
  }
}

/// P(S_k >= c sqrt(k + shared k²) for some k = 1 ... windows), S_1 having variance 1 + shared.
func crossingProbability(_ c: Double, windows: Int, shared: Double) -> Double {
  let boundary = { (k: Int) in c * (Double(k) + shared * Double(k * k)).squareRoot() }
  var total = Normal.cdf(-c)
  // Midpoint rule below the boundary, moving with it.
  let points = 48
  let spread = { (k: Int) in (Double(k) + shared * Double(k * k)).squareRoot() }
  let width = { (k: Int) in min(9 * spread(k), max(9, c * spread(k) + 6 * spread(k))) }
  let density = { (x: Double, deviation: Double) in
    exponential(-0.5 * x * x / (deviation * deviation)) / ((2 * Double.pi).squareRoot() * deviation)
  }
  var h = width(1) / Double(points)
  var values = (0..<points).map { boundary(1) - (Double($0) + 0.5) * h }
  var f = values.map { density($0, spread(1)) * h }
  for k in 1..<max(1, windows) {
    let b = shared / (1 + Double(k) * shared)
    let deviation = (1 + b).squareRoot()
    let next = boundary(k + 1)
    for i in 0..<points { total += f[i] * Normal.cdf(-(next - values[i] * (1 + b)) / deviation) }
    if k + 1 == windows { break }
    h = width(k + 1) / Double(points)
    let targets = (0..<points).map { next - (Double($0) + 0.5) * h }
    f = targets.map { target in
      var sum = 0.0
      for i in 0..<points where f[i] > 0 { sum += f[i] * density(target - values[i] * (1 + b), deviation) }
      return sum * h
    }
    values = targets
  }
  return min(1, total)
}
