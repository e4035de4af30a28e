import CCountLanes
import NumericCore

/// The terms of negative-binomial log-likelihoods of one series, for many means and sizes.
///
/// For a size r they are sum log Gamma(y + r) - log Gamma(r), which depends on the counts alone, and sum (y + r)
/// log(mu + r), which is found by products over the binary digits of the counts (`count_lanes_log_sums`).
struct CountLogSums: Sendable {
  /// The observed periods, then those whose counts have the binary digit of place 0, 1, ...
  private let periods: [Int32]
  /// Ends of these parts in ``periods``.
  private let ends: [Int64]
  /// Periods whose counts are not whole (levelled across a break), or too large to be told from such, and what is left of
  /// them.
  private let restPeriods: [Int32]
  private let restWeights: [Double]
  /// One a size of ``LevelProcess/sizes``: sum of log Gamma(y + r) - log Gamma(r) + r log r; 0 for Poisson.
  let constants: [Double]

  /// - Parameter values: counts, >= 0; NaN where missing.
  init(_ values: [Double]) {
    var restPeriods: [Int32] = []
    var restWeights: [Double] = []
    var gammas = SIMD8<Double>.zero
    var used: UInt32 = 0
    let table = CountLogSums.gammas
    (periods, ends) = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: values.count) { wholes in
      var observed: [Int32] = []
      observed.reserveCapacity(values.count)
      for t in values.indices where !values[t].isNaN {
        let y = values[t]
        let whole = CountLogSums.whole(y)
        wholes[observed.count] = whole
        observed.append(Int32(truncatingIfNeeded: t))
        used |= whole
        let isWhole = Double(whole) == y
        if !isWhole {
          restPeriods.append(Int32(truncatingIfNeeded: t))
          restWeights.append(y - Double(whole))
        }
        gammas += isWhole && whole < CountLogSums.tabulated ? table[Int(whole)] : CountLogSums.logGammas(y)
      }
      return CountLogSums.digits(observed, UnsafeBufferPointer(rebasing: wholes[..<observed.count]), used)
    }
    let observed = Double(ends[0])
    constants = LevelProcess.sizes.enumerated().map { k, r in
      r.isFinite ? gammas[k] + observed * (r * logarithm(r) - logGamma(r)) : 0
    }
    self.restPeriods = restPeriods
    self.restWeights = restWeights
  }

  /// ``periods`` and ``ends`` of whole counts; `used` has the digits that any of them has.
  private static func digits(_ observed: [Int32], _ wholes: UnsafeBufferPointer<UInt32>, _ used: UInt32) -> (
    periods: [Int32], ends: [Int64]
  ) {
    let places = 32 - used.leadingZeroBitCount
    let count = observed.count
    var ends = [Int64](repeating: Int64(count), count: places + 1)
    // A period that lacks a digit is overwritten by the next: one place more is needed.
    let periods = [Int32](unsafeUninitializedCapacity: (places + 1) * count + 1) { buffer, filled in
      filled = count
      for i in 0..<count { buffer[i] = observed[i] }
      for place in 0..<places {
        for i in 0..<count {
          buffer[filled] = observed[i]
          filled &+= Int((wholes[i] &>> UInt32(place)) & 1)
        }
        ends[place + 1] = Int64(filled)
      }
    }
    return (periods, ends)
  }

  /// The whole part of a count whose digits are taken; 0 for one too large.
  private static func whole(_ y: Double) -> UInt32 { y < 0x1p31 ? UInt32(y) : 0 }

  /// log Gamma(y + r) of whole counts below ``tabulated`` for the finite sizes.
  private static let tabulated = 512
  private static let gammas: [SIMD8<Double>] = (0..<tabulated).map { logGammas(Double($0)) }

  private static func logGammas(_ y: Double) -> SIMD8<Double> {
    var gammas = SIMD8<Double>.zero
    for (k, r) in LevelProcess.sizes.enumerated() where r.isFinite { gammas[k] = logGamma(y + r) }
    return gammas
  }

  /// Sums of (y + r) log(mu + r) for four sizes r and eight lanes of means; one vector a size.
  ///
  /// - Parameters:
  ///   - means: one vector a period, >= 0 (> 0 if a size is 0).
  ///   - reach: the smallest and the largest mean.
  func sums(
    _ means: UnsafePointer<SIMD8<Double>>, sizes: SIMD4<Double>, reach: ClosedRange<Double>
  ) -> InlineArray<4, SIMD8<Double>> {
    // So many factors leave the range of a double neither above nor below.
    let binaryDigits = max(
      (reach.upperBound + sizes.max()).exponent + 1, -(reach.lowerBound + sizes.min()).exponent, 1)
    let most = max(1, 1000 / Int(binaryDigits))
    return withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: 5) { lanes in
      lanes.initialize(repeating: .zero)
      lanes[4].lowHalf = sizes
      let numbers = UnsafeMutableRawBufferPointer(lanes).assumingMemoryBound(to: Double.self)
      withDigits { digits in
        count_lanes_log_sums(
          digits, UnsafeRawPointer(means).assumingMemoryBound(to: Double.self), Int64(most),
          numbers.baseAddress.map { $0 + 32 }, numbers.baseAddress)
      }
      return [lanes[0], lanes[1], lanes[2], lanes[3]]
    }
  }

  private func withDigits(_ body: (count_lanes_digits) -> Void) {
    periods.withUnsafeBufferPointer { periods in
      ends.withUnsafeBufferPointer { ends in
        restPeriods.withUnsafeBufferPointer { restPeriods in
          restWeights.withUnsafeBufferPointer { restWeights in
            body(
              count_lanes_digits(
                periods: periods.baseAddress, ends: ends.baseAddress, places: Int64(ends.count - 1),
                rest_periods: restPeriods.baseAddress, rest_weights: restWeights.baseAddress,
                rests: Int64(restWeights.count)))
          }
        }
      }
    }
  }
}
