import NumericCore

/// The terms of negative-binomial log-likelihoods of one series, for many means and sizes.
///
/// For a size r they are sum log Gamma(y + r) - log Gamma(r), which depends on the counts alone, and sum (y + r)
/// log(mu + r). The latter takes two logarithms: that of the product of mu + r, and that of the product of (mu + r)^y, by
/// Horner's rule in the binary places of the counts: the square of what the higher places give, times mu + r of the periods
/// whose count has the place's digit.
struct CountLogSums: Sendable {
  /// The observed periods, then those whose counts have the binary digit of place 0, 1, ...
  private let periods: [Int32]
  /// Ends of these parts in ``periods``.
  private let ends: [Int]
  /// Periods whose counts are not whole (levelled across a break), or too large to be told from such, and what is left of
  /// them.
  private let rests: [(period: Int, weight: Double)]
  /// One a size of ``LevelProcess/sizes``: sum of log Gamma(y + r) - log Gamma(r) + r log r; 0 for Poisson.
  let constants: [Double]

  /// - Parameter values: counts, >= 0; NaN where missing.
  init(_ values: [Double]) {
    var places = [Int](repeating: 0, count: 32)
    var rests: [(period: Int, weight: Double)] = []
    var sums = [Double](repeating: 0, count: LevelProcess.sizes.count)
    var observed = 0
    for (t, y) in values.enumerated() where !y.isNaN {
      observed += 1
      let whole = CountLogSums.whole(y)
      if Double(whole) != y { rests.append((t, y - Double(whole))) }
      var left = whole
      while left != 0 {
        places[left.trailingZeroBitCount] += 1
        left &= left - 1
      }
      CountLogSums.addGammas(y, to: &sums)
    }
    for (k, r) in LevelProcess.sizes.enumerated() where r.isFinite {
      sums[k] += Double(observed) * (r * logarithm(r) - logGamma(r))
    }
    let used = (places.lastIndex { $0 > 0 } ?? -1) + 1
    var ends = [observed]
    for place in 0..<used { ends.append(ends[place] + places[place]) }
    // Where the next period of each part goes.
    var next = [0] + ends.dropLast()
    periods = [Int32](unsafeUninitializedCapacity: ends[used]) { buffer, count in
      for (t, y) in values.enumerated() where !y.isNaN {
        buffer[next[0]] = Int32(truncatingIfNeeded: t)
        next[0] += 1
        var left = CountLogSums.whole(y)
        while left != 0 {
          let part = left.trailingZeroBitCount + 1
          buffer[next[part]] = Int32(truncatingIfNeeded: t)
          next[part] += 1
          left &= left - 1
        }
      }
      count = ends[used]
    }
    self.ends = ends
    self.rests = rests
    constants = sums
  }

  /// The whole part of a count whose digits are taken; 0 for one too large.
  private static func whole(_ y: Double) -> UInt32 { y < 0x1p31 ? UInt32(y) : 0 }

  /// log Gamma(y + r) of whole counts below ``tabulated``, one row a count.
  private static let tabulated = 512
  private static let gammas: [Double] = (0..<tabulated).flatMap { y in
    LevelProcess.sizes.map { $0.isFinite ? logGamma(Double(y) + $0) : 0 }
  }

  private static func addGammas(_ y: Double, to sums: inout [Double]) {
    if y < Double(tabulated), y == y.rounded(.down) {
      let row = Int(y) * sums.count
      gammas.withUnsafeBufferPointer { gammas in
        sums.withUnsafeMutableBufferPointer { sums in
          for k in sums.indices { sums[k] += gammas[row + k] }
        }
      }
    } else {
      for (k, r) in LevelProcess.sizes.enumerated() where r.isFinite { sums[k] += logGamma(y + r) }
    }
  }

  /// Sums of (y + r) log(mu + r) for two sizes r and four lanes of means.
  ///
  /// - Parameters:
  ///   - means: one a period, >= 0 (> 0 if a size is 0).
  ///   - reach: the smallest and the largest mean.
  func sums(
    _ means: UnsafePointer<SIMD4<Double>>, sizes: (Double, Double), reach: ClosedRange<Double>
  ) -> (SIMD4<Double>, SIMD4<Double>) {
    // So many factors leave the range of a double neither above nor below.
    let binaryDigits = max(
      (reach.upperBound + max(sizes.0, sizes.1)).exponent + 1, -(reach.lowerBound + min(sizes.0, sizes.1)).exponent, 1)
    let most = max(1, 1000 / Int(binaryDigits))
    let (a, b) = (SIMD4(repeating: sizes.0), SIMD4(repeating: sizes.1))
    return periods.withUnsafeBufferPointer { periods in
      func multiply(_ range: Range<Int>, into products: inout (LaneProduct, LaneProduct)) {
        var i = range.lowerBound
        while i < range.upperBound {
          let end = min(i + most, range.upperBound)
          var (p, q) = (SIMD4<Double>.one, SIMD4<Double>.one)
          while i < end {
            let mu = means[Int(periods[i])]
            p *= mu + a
            q *= mu + b
            i += 1
          }
          products.0.multiply(by: p)
          products.1.multiply(by: q)
        }
      }
      var powers = (LaneProduct(), LaneProduct())
      for place in stride(from: ends.count - 1, to: 0, by: -1) {
        powers.0.square()
        powers.1.square()
        multiply(ends[place - 1]..<ends[place], into: &powers)
      }
      var plain = (LaneProduct(), LaneProduct())
      multiply(0..<ends[0], into: &plain)
      var total = (
        a * plain.0.logarithm + powers.0.logarithm, b * plain.1.logarithm + powers.1.logarithm
      )
      for (t, weight) in rests {
        total.0 += weight * LaneProduct(means[t] + a).logarithm
        total.1 += weight * LaneProduct(means[t] + b).logarithm
      }
      return total
    }
  }

  /// Sum of the means of the observed periods.
  func sumOfMeans(_ means: UnsafePointer<SIMD4<Double>>) -> SIMD4<Double> {
    periods.withUnsafeBufferPointer { periods in
      var sum = SIMD4<Double>.zero
      for i in 0..<ends[0] { sum += means[Int(periods[i])] }
      return sum
    }
  }
}
