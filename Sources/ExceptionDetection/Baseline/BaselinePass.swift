import NumericCore

/// The rows of a baseline at given coefficients and dispersion, and what they add up to: the inner loops of detection.
///
/// The scoring step of ``CountRegression`` with the outlier weights and the sums for the dispersion, four rows at a time,
/// in buffers that are used again. ``measure(_:rows:origin:coefficients:inverseSize:robust:)`` finds residuals and
/// weights of every row; ``add(_:rows:of:to:squares:)`` adds up a range of them.
struct BaselinePass: Sendable {
  private typealias Lanes = SIMD4<Double>

  /// Pearson residuals held within 2.5.
  private(set) var residuals: [Double]
  /// Weights without those of runs, expected counts, and the errors and expected counts divided by 1 + a mu.
  private var weights: [Double]
  private var means: [Double]
  private var errors: [Double]
  private var workingMeans: [Double]
  private var pearson: [Double]
  /// Buffers of a sum: weight x error and weight x expected count, both over 1 + a mu, and the latter with squared weight.
  private var first: [Double]
  private var second: [Double]
  private var third: [Double]
  private var weighted: [Double]
  private var robust = false

  init(_ design: BaselineDesign) {
    let zeros = [Double](repeating: 0, count: design.stride)
    residuals = zeros
    weights = zeros
    means = zeros
    errors = zeros
    workingMeans = zeros
    pearson = zeros
    first = zeros
    second = zeros
    third = zeros
    weighted = zeros
  }

  /// Finds the residuals and weights of the first `rows` rows, the trend measured from `origin` years on.
  ///
  /// - Parameter robust: whether outliers get less weight.
  mutating func measure(
    _ design: BaselineDesign, rows: Int, origin: Double, coefficients: [Double], inverseSize a: Double, robust: Bool
  ) {
    self.robust = robust
    var beta = coefficients
    if design.terms.trend { beta[0] -= origin * beta[1] }
    let columns = design.columns
    let stride = design.stride
    let one = Lanes(repeating: 1)
    // Pointers, because these loops are where detection spends its time; every array is `stride` rows long, a whole
    // number of lanes, and `rows` at most that.
    design.elements.withUnsafeBytes { x in
      design.offsets.withUnsafeBytes { offsets in
        design.counts.withUnsafeBytes { counts in
          design.growth.withUnsafeBytes { growth in
            beta.withUnsafeBufferPointer { beta in
              residuals.withUnsafeMutableBytes { residuals in
                weights.withUnsafeMutableBytes { weights in
                  means.withUnsafeMutableBytes { means in
                    errors.withUnsafeMutableBytes { errors in
                      workingMeans.withUnsafeMutableBytes { workingMeans in
                        pearson.withUnsafeMutableBytes { pearson in
                          var at = 0
                          while at < rows * 8 {
                            var eta = offsets.loadUnaligned(fromByteOffset: at, as: Lanes.self)
                            var column = at
                            for j in 0..<columns {
                              eta += beta[j] * x.loadUnaligned(fromByteOffset: column, as: Lanes.self)
                              column += stride * 8
                            }
                            let mean = exponential(eta.replacing(with: 100, where: eta .> 100))
                            let count = counts.loadUnaligned(fromByteOffset: at, as: Lanes.self)
                            let error = count - mean
                            let spread = one + a * mean
                            let deviation = error / (mean * spread).squareRoot()
                            let z = deviation.replacing(with: 2.5, where: deviation .> 2.5).replacing(
                              with: -2.5, where: deviation .< -2.5)
                            var weight = growth.loadUnaligned(fromByteOffset: at, as: Lanes.self)
                            if robust {
                              // The residual is at most the Pearson residual's size above, and 1 / exponent of it below
                              // (``outlierResidual(count:mean:spread:)``).
                              let far = (deviation .> 2) .| (3 * spread * deviation .< -2 * (one + spread))
                              if any(far) {
                                for k in 0..<4 where far[k] {
                                  weight[k] *= outlierWeight(
                                    outlierResidual(count: count[k], mean: mean[k], spread: spread[k]))
                                }
                              }
                            }
                            let inverse = one / spread
                            residuals.storeBytes(of: z, toByteOffset: at, as: Lanes.self)
                            weights.storeBytes(of: weight, toByteOffset: at, as: Lanes.self)
                            means.storeBytes(of: mean, toByteOffset: at, as: Lanes.self)
                            errors.storeBytes(of: error * inverse, toByteOffset: at, as: Lanes.self)
                            workingMeans.storeBytes(of: mean * inverse, toByteOffset: at, as: Lanes.self)
                            pearson.storeBytes(of: deviation * deviation, toByteOffset: at, as: Lanes.self)
                            at += 32
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Adds up a range of the measured rows, of which the first `known` are known: runs need two neighbours on either side.
  ///
  /// - Parameter squares: whether to add up squared weights and correlations too.
  mutating func add(
    _ design: BaselineDesign, _ range: Range<Int>, known: Int, to sums: inout BaselineSums, squares: Bool
  ) {
    let columns = design.columns
    let quarter = design.quarter
    var weight = 0.0
    var mean = 0.0
    var deviance = 0.0
    var slope = 0.0
    design.growth.withUnsafeBufferPointer { growth in
      design.ordinals.withUnsafeBufferPointer { ordinals in
        residuals.withUnsafeBufferPointer { z in
          weights.withUnsafeBufferPointer { weights in
            means.withUnsafeBufferPointer { means in
              errors.withUnsafeBufferPointer { errors in
                workingMeans.withUnsafeBufferPointer { workingMeans in
                  pearson.withUnsafeBufferPointer { pearson in
                    first.withUnsafeMutableBufferPointer { first in
                      second.withUnsafeMutableBufferPointer { second in
                        third.withUnsafeMutableBufferPointer { third in
                          for i in range {
                            var w = weights[i]
                            if robust, i >= 2, i + 2 < known {
                              let run = (z[i - 2] + z[i - 1] + z[i] + z[i + 1] + z[i + 2]) * runScale
                              if abs(run) > 2 { w *= outlierWeight(run) }
                            }
                            first[i] = w * errors[i]
                            second[i] = w * workingMeans[i]
                            third[i] = second[i] * w
                            weight += w
                            mean += w * means[i]
                            let part = w * pearson[i]
                            deviance += part
                            slope += part * workingMeans[i]
                            if squares {
                              sums.squaredWeight += w * w
                              sums.forgetting += growth[i]
                              sums.square += growth[i] * z[i] * z[i]
                              if i >= 3 && ordinals[i] - ordinals[i - 3] == 3 {
                                sums.products[(ordinals[i] - ordinals[0]) / quarter] += SIMD2(
                                  growth[i] * z[i] * (z[i - 1] + z[i - 2] + z[i - 3]), 3 * growth[i])
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    sums.weight += weight
    sums.mean += mean
    sums.pearson += deviance
    sums.pearsonSlope += slope
    sums.gradient[0] += total(first, range)
    var j = 1
    while j < columns {
      let next = min(j + 4, columns)
      let four = products(first, design, j..<next, range)
      for k in j..<next { sums.gradient[k] += four[k - j] }
      j = next
    }
    addSquares(second, design, range, to: &sums.information)
    if squares { addSquares(third, design, range, to: &sums.squaredInformation) }
  }

  /// Adds X'wX over a range of rows to its lower triangle.
  private mutating func addSquares(
    _ w: [Double], _ design: BaselineDesign, _ range: Range<Int>, to triangle: inout [Double]
  ) {
    triangle[0] += total(w, range)
    var pair = 1
    for j in 1..<max(1, design.columns) {
      weighted.withUnsafeMutableBytes { weighted in
        w.withUnsafeBytes { w in
          design.elements.withUnsafeBytes { x in
            // Whole lanes from the start of the one that holds the first row: what is beside the range is not read.
            var at = range.lowerBound / 4 * 32
            while at < range.upperBound * 8 {
              weighted.storeBytes(
                of: w.loadUnaligned(fromByteOffset: at, as: Lanes.self)
                  * x.loadUnaligned(fromByteOffset: j * design.stride * 8 + at, as: Lanes.self), toByteOffset: at,
                as: Lanes.self)
              at += 32
            }
          }
        }
      }
      triangle[pair] += total(weighted, range)
      var k = 1
      while k <= j {
        let next = min(k + 4, j + 1)
        let sums = products(weighted, design, k..<next, range)
        for l in k..<next { triangle[pair + l] += sums[l - k] }
        k = next
      }
      pair += j + 1
    }
  }
}

/// Sum of w over a range of rows.
private func total(_ w: [Double], _ range: Range<Int>) -> Double {
  w.withUnsafeBytes { w in
    var lanes = SIMD8<Double>.zero
    var i = range.lowerBound
    while i + 8 <= range.upperBound {
      lanes += w.loadUnaligned(fromByteOffset: i * 8, as: SIMD8<Double>.self)
      i += 8
    }
    var sum = lanes.sum()
    while i < range.upperBound {
      sum += w.load(fromByteOffset: i * 8, as: Double.self)
      i += 1
    }
    return sum
  }
}

/// Sums of w x over a range of rows for up to four columns at once, so that the additions do not wait for one another.
private func products(
  _ w: [Double], _ design: BaselineDesign, _ columns: Range<Int>, _ range: Range<Int>
) -> SIMD4<Double> {
  w.withUnsafeBytes { w in
    design.elements.withUnsafeBytes { x in
      let width = design.stride * 8
      let a = columns.lowerBound * width
      // Where there are fewer than four the last one is taken again.
      let last = (columns.upperBound - 1) * width
      let b = min(a + width, last)
      let c = min(a + 2 * width, last)
      let d = min(a + 3 * width, last)
      var sums = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
      var at = range.lowerBound * 8
      let end = range.upperBound * 8
      while at + 32 <= end {
        let weight = w.loadUnaligned(fromByteOffset: at, as: SIMD4<Double>.self)
        sums.0 += weight * x.loadUnaligned(fromByteOffset: a + at, as: SIMD4<Double>.self)
        sums.1 += weight * x.loadUnaligned(fromByteOffset: b + at, as: SIMD4<Double>.self)
        sums.2 += weight * x.loadUnaligned(fromByteOffset: c + at, as: SIMD4<Double>.self)
        sums.3 += weight * x.loadUnaligned(fromByteOffset: d + at, as: SIMD4<Double>.self)
        at += 32
      }
      var total = SIMD4(sums.0.sum(), sums.1.sum(), sums.2.sum(), sums.3.sum())
      while at < end {
        let weight = w.load(fromByteOffset: at, as: Double.self)
        total +=
          weight
          * SIMD4(
            x.load(fromByteOffset: a + at, as: Double.self), x.load(fromByteOffset: b + at, as: Double.self),
            x.load(fromByteOffset: c + at, as: Double.self), x.load(fromByteOffset: d + at, as: Double.self))
        at += 8
      }
      return total
    }
  }
}

private let runScale = 0.2.squareRoot()

/// The residual that outliers are told by: Anscombe's, for a variance that grows like the power of the mean that the
/// negative binomial's does where the mean is.
///
/// With variance mean x spread and spread = 1 + mean / size, that power is q = 2 - 1 / spread, from the Poisson's 1 to the
/// gamma's 2, and the integral of variance^(-1/3) is a power, too: of the Poisson exactly
/// 3/2 (count^(2/3) mean^(-1/6) - mean^(1/2)).
func outlierResidual(count: Double, mean: Double, spread: Double) -> Double {
  let exponent = (1 + spread) / (3 * spread)
  let ratio = count > 0 ? power(count / mean, exponent) : 0
  return (ratio - 1) / exponent * (mean / spread).squareRoot()
}

/// 1 up to an Anscombe residual of 2 either way, its inverse square from 3, and a straight line between.
func outlierWeight(_ residual: Double) -> Double {
  let size = abs(residual)
  if size <= 2 { return 1 }
  if size >= 3 { return 1 / (size * size) }
  return 1 - (size - 2) * (1 - 1.0 / 9)
}

/// E[w z²] / E[w] of those weights, of single periods and of runs of five, for independent standard normal z: what
/// down-weighting takes off the spread of clean data (four million draws).
let outlierWeightConsistency = 0.898937
