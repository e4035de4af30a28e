/// Seasonal-trend decomposition by loess: Cleveland, Cleveland, McRae & Terpenning (1990), Journal of Official
/// Statistics 6, 3-73; the procedure and the defaults of R's `stl`.
///
/// The inner loop smooths the values without trend within each season (their cycle-subseries), takes out of that what a
/// low-pass filter lets through, and smooths the values without season to the next trend. The outer loop weighs values
/// down by how far they lie off: (1 - (|r| / 6 median |r|)²)².
///
/// A missing value has the weight 0, so that the season and the trend come from the others.
struct STL: Sendable {
  /// Periods in a cycle, 2 or more.
  let period: Int
  /// Window and degree of the seasonal loess; 7 + 4 is the first window of R's `mstl`, 0 its degree.
  var seasonalWindow = 11
  var seasonalDegree = 0
  /// Window of the trend loess, of degree 1; nil for the next odd number from 1.5 period / (1 - 1.5 / seasonal window).
  var trendWindow: Int?
  /// Passes of the inner loop.
  var inner = 2
  /// Passes of the outer loop; 0 for no weighing down.
  var outer = 0

  /// The decomposition with R's `robust = TRUE`: 1 inner and 15 outer passes.
  var robust: STL {
    var result = self
    result.inner = 1
    result.outer = 15
    return result
  }

  /// Parts of a series, one number a value: value = seasonal + trend + what remains.
  struct Parts {
    var seasonal: [Double]
    var trend: [Double]
  }

  private var usedTrendWindow: Int {
    trendWindow ?? STL.nextOdd((1.5 * Double(period) / (1 - 1.5 / Double(seasonalWindow))).rounded(.up))
  }

  private static func nextOdd(_ x: Double) -> Int { Int(x) % 2 == 0 ? Int(x) + 1 : Int(x) }

  private static func jump(_ window: Int) -> Int { (window + 9) / 10 }

  /// Decomposes `y` (NaN where missing; the first and the last observed), more than two cycles long.
  func decompose(_ y: [Double]) -> Parts {
    let n = y.count
    let m = period
    let (tWindow, lWindow) = (usedTrendWindow, STL.nextOdd(Double(m)))
    let trendLoess = Loess(n: n, window: tWindow, degree: 1, jump: STL.jump(tWindow))
    let lowLoess = Loess(n: n, window: lWindow, degree: 1, jump: STL.jump(lWindow))
    // Seasons before this one have one value more.
    let longer = n % m
    let jump = STL.jump(seasonalWindow)
    let shortLoess = Loess(n: n / m, window: seasonalWindow, degree: seasonalDegree, jump: jump, beyond: true)
    let longLoess =
      longer == 0
      ? shortLoess
      : Loess(n: n / m + 1, window: seasonalWindow, degree: seasonalDegree, jump: jump, beyond: true)

    let known = y.map { $0.isNaN ? 0.0 : 1.0 }
    let complete = !known.contains(0)
    let values = complete ? y : ObservedStretch.bridged(y)
    var weights = known
    var weighted = !complete
    var parts = Parts(seasonal: [Double](repeating: 0, count: n), trend: [Double](repeating: 0, count: n))
    // Work space: detrended values, smoothed subseries, filter passes, subseries weights, loess weights.
    var block = [Double](repeating: 0, count: 2 * n + 3 * (n + 2 * m) + max(tWindow, lWindow, seasonalWindow))
    for pass in 0...outer {
      values.withUnsafeBufferPointer { y in
        weights.withUnsafeBufferPointer { weights in
          parts.seasonal.withUnsafeMutableBufferPointer { seasonal in
            parts.trend.withUnsafeMutableBufferPointer { trend in
              block.withUnsafeMutableBufferPointer { block in
                guard let y = y.baseAddress, let w = weights.baseAddress, let s = seasonal.baseAddress,
                  let t = trend.baseAddress, let work = block.baseAddress
                else { return }
                let own = weighted ? w : nil
                let plain = work
                let cycle = plain + n
                let (low, high) = (cycle + n + 2 * m, cycle + 2 * (n + 2 * m))
                let scratch = work + (n + 3 * (n + 2 * m))
                for _ in 0..<inner {
                  for i in 0..<n { plain[i] = y[i] - t[i] }
                  for j in 0..<m {
                    (j < longer ? longLoess : shortLoess).smooth(
                      plain + j, own: own.map { gather($0 + j, from: n - j, into: scratch) }, stride: m,
                      scratch: scratch + (n / m + 1), into: cycle + j)
                  }
                  STL.average(cycle, n + 2 * m, over: m, into: low)
                  STL.average(low, n + m + 1, over: m, into: high)
                  STL.average(high, n + 2, over: 3, into: low)
                  lowLoess.smooth(low, own: nil, stride: 1, scratch: scratch, into: high)
                  for i in 0..<n {
                    s[i] = cycle[m + i] - high[i]
                    plain[i] = y[i] - s[i]
                  }
                  trendLoess.smooth(plain, own: own, stride: 1, scratch: scratch, into: t)
                }
              }
            }
          }
        }
      }
      guard pass < outer else { break }
      weights = STL.robustness(values, parts, known)
      weighted = true
    }
    return parts
  }

  /// The weights of one season's values, side by side.
  private func gather(
    _ weights: UnsafePointer<Double>, from count: Int, into room: UnsafeMutablePointer<Double>
  ) -> UnsafePointer<Double> {
    for (k, i) in stride(from: 0, to: count, by: period).enumerated() { room[k] = weights[i] }
    return UnsafePointer(room)
  }

  /// Moving averages over `length` values: `count` - length + 1 of them.
  private static func average(
    _ x: UnsafePointer<Double>, _ count: Int, over length: Int, into result: UnsafeMutablePointer<Double>
  ) {
    var sum = 0.0
    for i in 0..<length { sum += x[i] }
    result[0] = sum / Double(length)
    for i in length..<max(length, count) {
      sum += x[i] - x[i - length]
      result[i - length + 1] = sum / Double(length)
    }
  }

  /// Bisquare weights of the remainders; 0 where a value is missing.
  private static func robustness(_ y: [Double], _ parts: Parts, _ known: [Double]) -> [Double] {
    let off = y.indices.map { abs(y[$0] - parts.seasonal[$0] - parts.trend[$0]) }
    let sorted = y.indices.filter { known[$0] > 0 }.map { off[$0] }.sorted()
    let middle = sorted.count / 2
    let limit = 3 * (sorted[middle] + sorted[sorted.count - 1 - middle])
    return y.indices.map { i in
      if known[i] == 0 { return 0 }
      if off[i] <= 0.001 * limit { return 1 }
      if off[i] > 0.999 * limit { return 0 }
      let u = off[i] / limit
      return (1 - u * u) * (1 - u * u)
    }
  }
}
