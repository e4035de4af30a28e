import NumericCore

/// The terms of negative-binomial log-likelihoods of one series, for many means and sizes.
///
/// For a size r they are sum log Gamma(y + r) - log Gamma(r), which depends on the counts alone, and sum (y + r)
/// log(mu + r). The latter takes few logarithms: with the count written in binary it is a sum over places of 2^place times
/// the log of the product of mu + r over the periods whose count has that digit.
struct CountLogSums: Sendable {
  /// Periods whose factors are multiplied, and what the log of their product counts for.
  private struct Term: Sendable {
    var periods: [Int32]
    var weight: Double
  }

  /// All observed periods.
  private let observed: Term
  /// One term a binary place.
  private var digits: [Term] = []
  /// Periods whose counts are not whole (levelled across a break), or too large to be told from such, and what is left of
  /// them.
  private var rests: [(period: Int, weight: Double)] = []
  /// One a size of ``LevelProcess/sizes``: sum of log Gamma(y + r) - log Gamma(r) + r log r; 0 for Poisson.
  let constants: [Double]

  /// - Parameter values: counts, >= 0; NaN where missing.
  init(_ values: [Double]) {
    var all = Term(periods: [], weight: 1)
    var sums = [Double](repeating: 0, count: LevelProcess.sizes.count)
    for (t, y) in values.enumerated() where !y.isNaN {
      all.periods.append(Int32(t))
      let whole = y < 0x1p31 ? y.rounded(.down) : 0
      if whole != y { rests.append((t, y - whole)) }
      var left = UInt32(whole)
      while left != 0 {
        let place = left.trailingZeroBitCount
        while digits.count <= place { digits.append(Term(periods: [], weight: Double(UInt32(1) << digits.count))) }
        digits[place].periods.append(Int32(t))
        left &= left - 1
      }
      CountLogSums.addGammas(y, to: &sums)
    }
    observed = all
    for (k, r) in LevelProcess.sizes.enumerated() where r.isFinite {
      sums[k] += Double(all.periods.count) * (r * logarithm(r) - logGamma(r))
    }
    constants = sums
  }

  /// log Gamma(y + r) of whole counts below ``tabulated``, one row a count.
  private static let tabulated = 512
  private static let gammas: [Double] = (0..<tabulated).flatMap { y in
    LevelProcess.sizes.map { $0.isFinite ? logGamma(Double(y) + $0) : 0 }
  }

  private static func addGammas(_ y: Double, to sums: inout [Double]) {
    let sizes = LevelProcess.sizes
    if y < Double(tabulated), y == y.rounded(.down) {
      let row = Int(y) * sizes.count
      for k in sizes.indices { sums[k] += gammas[row + k] }
    } else {
      for (k, r) in sizes.enumerated() where r.isFinite { sums[k] += logGamma(y + r) }
    }
  }

  /// Sums of (y + r) log(mu + r) for three sizes r and four lanes of means.
  ///
  /// - Parameters:
  ///   - means: one a period, >= 0 (> 0 if a size is 0).
  ///   - reach: the smallest and the largest mean.
  func sums(
    _ means: UnsafePointer<SIMD4<Double>>, sizes: SIMD3<Double>, reach: ClosedRange<Double>
  ) -> (SIMD4<Double>, SIMD4<Double>, SIMD4<Double>) {
    var total = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
    // So many factors leave the range of a double neither above nor below.
    let binaryDigits = max(
      (reach.upperBound + sizes.max()).exponent + 1, -(reach.lowerBound + sizes.min()).exponent, 1)
    let most = max(1, 1000 / Int(binaryDigits))
    let (a, b, c) = (sizes[0], sizes[1], sizes[2])
    func add(_ term: Term, _ weights: SIMD3<Double>) {
      term.periods.withUnsafeBufferPointer { periods in
        var i = 0
        while i < periods.count {
          let end = min(i + most, periods.count)
          var (p, q, r) = (SIMD4<Double>.one, SIMD4<Double>.one, SIMD4<Double>.one)
          while i < end {
            let mu = means[Int(periods[i])]
            p *= mu + a
            q *= mu + b
            r *= mu + c
            i += 1
          }
          total.0 += weights[0] * CountLogSums.logarithms(p)
          total.1 += weights[1] * CountLogSums.logarithms(q)
          total.2 += weights[2] * CountLogSums.logarithms(r)
        }
      }
    }
    add(observed, sizes)
    for term in digits where !term.periods.isEmpty { add(term, SIMD3(repeating: term.weight)) }
    for (t, weight) in rests {
      total.0 += weight * CountLogSums.logarithms(means[t] + a)
      total.1 += weight * CountLogSums.logarithms(means[t] + b)
      total.2 += weight * CountLogSums.logarithms(means[t] + c)
    }
    return total
  }

  private static func logarithms(_ x: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(logarithm(x[0]), logarithm(x[1]), logarithm(x[2]), logarithm(x[3]))
  }

  /// Sum of the means of the observed periods.
  func sumOfMeans(_ means: UnsafePointer<SIMD4<Double>>) -> SIMD4<Double> {
    var sum = SIMD4<Double>.zero
    for t in observed.periods { sum += means[Int(t)] }
    return sum
  }
}
