import NumericCore

/// The rows of a baseline at given coefficients and dispersion, and what they add up to: the inner loops of detection.
///
/// The scoring step of ``CountRegression`` with the outlier weights and the sums for the dispersion, four rows at a time,
/// in a buffer that is used again. ``measure(_:rows:origin:coefficients:inverseSize:robust:)`` finds residuals and
/// weights of every row; ``add(_:rows:of:to:squares:)`` adds up a range of them.
struct BaselinePass: Sendable {
  private typealias Lanes = SIMD4<Double>

  /// What is kept of a row, one after the other in the buffer, each as long as the design's ``BaselineDesign/stride``.
  private enum Part: Int, CaseIterable {
    /// Pearson residuals held within 2.5.
    case residual
    /// Weights without those of runs, expected counts, and the errors and expected counts divided by 1 + a mu.
    case weight, mean, error, workingMean, pearson
    /// Room for a sum: weight x error and weight x expected count, both over 1 + a mu, the latter with squared weight, and one of
    /// them times a column.
    case first, second, third, weighted
  }

  private var buffer: [Double]
  private let stride: Int
  private var robust = false

  init(_ design: BaselineDesign) {
    stride = design.stride
    buffer = [Double](repeating: 0, count: Part.allCases.count * stride)
  }

  /// Pearson residuals held within 2.5.
  var residuals: ArraySlice<Double> { buffer[..<stride] }

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
    let width = design.stride * 8
    let one = Lanes(repeating: 1)
    // Pointers, because these loops are where detection spends its time; every part is `stride` rows long, a whole
    // number of lanes, and `rows` at most that.
    design.withPointers { x, offsets, counts, growth in
      beta.withUnsafeBufferPointer { beta in
        buffer.withUnsafeMutableBytes { buffer in
          var at = 0
          while at < rows * 8 {
            var eta = offsets.loadUnaligned(fromByteOffset: at, as: Lanes.self)
            var column = at
            for j in 0..<columns {
              eta += beta[j] * x.loadUnaligned(fromByteOffset: column, as: Lanes.self)
              column += width
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
                  weight[k] *= outlierWeight(outlierResidual(count: count[k], mean: mean[k], spread: spread[k]))
                }
              }
            }
            let inverse = one / spread
            func store(_ lanes: Lanes, _ part: Part) {
              buffer.storeBytes(of: lanes, toByteOffset: part.rawValue * width + at, as: Lanes.self)
            }
            store(z, .residual)
            store(weight, .weight)
            store(mean, .mean)
            store(error * inverse, .error)
            store(mean * inverse, .workingMean)
            store(deviation * deviation, .pearson)
            at += 32
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
    let stride = stride
    let robust = robust
    var weight = 0.0
    var mean = 0.0
    var deviance = 0.0
    var slope = 0.0
    let ordinals = design.ordinals
    design.withPointers { x, _, _, growth in
      buffer.withUnsafeMutableBytes { bytes in
        let growth = growth.assumingMemoryBound(to: Double.self)
        // A design without rows has no buffer, and a range without rows reads nothing of it.
        guard !range.isEmpty, let base = bytes.bindMemory(to: Double.self).baseAddress else { return }
        func part(_ part: Part) -> UnsafeMutablePointer<Double> { base + part.rawValue * stride }
        let (z, weights, means, errors) = (part(.residual), part(.weight), part(.mean), part(.error))
        let (workingMeans, pearson) = (part(.workingMean), part(.pearson))
        let (first, second, third) = (part(.first), part(.second), part(.third))
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
        let rows = Rows(x: x, width: stride * 8, range: range)
        sums.gradient[0] += rows.total(first)
        var j = 1
        while j < columns {
          let next = min(j + 4, columns)
          let four = rows.products(first, j..<next)
          for k in j..<next { sums.gradient[k] += four[k - j] }
          j = next
        }
        rows.addSquares(second, columns, to: &sums.information, room: part(.weighted))
        if squares { rows.addSquares(third, columns, to: &sums.squaredInformation, room: part(.weighted)) }
      }
    }
    sums.weight += weight
    sums.mean += mean
    sums.pearson += deviance
    sums.pearsonSlope += slope
  }
}

/// A range of the rows of a design's columns, for sums over them.
private struct Rows {
  private typealias Lanes = SIMD4<Double>

  let x: UnsafeRawPointer
  /// Bytes of a column.
  let width: Int
  let range: Range<Int>

  /// Adds X'wX to its lower triangle; `room` is as long as a column.
  func addSquares(
    _ w: UnsafePointer<Double>, _ columns: Int, to triangle: inout [Double], room: UnsafeMutablePointer<Double>
  ) {
    triangle[0] += total(w)
    var pair = 1
    let weighted = UnsafeMutableRawPointer(room)
    let weights = UnsafeRawPointer(w)
    for j in 1..<max(1, columns) {
      // Whole lanes from the start of the one that holds the first row: what is beside the range is not read.
      var at = range.lowerBound / 4 * 32
      while at < range.upperBound * 8 {
        weighted.storeBytes(
          of: weights.loadUnaligned(fromByteOffset: at, as: Lanes.self)
            * x.loadUnaligned(fromByteOffset: j * width + at, as: Lanes.self), toByteOffset: at, as: Lanes.self)
        at += 32
      }
      triangle[pair] += total(room)
      var k = 1
      while k <= j {
        let next = min(k + 4, j + 1)
        let sums = products(room, k..<next)
        for l in k..<next { triangle[pair + l] += sums[l - k] }
        k = next
      }
      pair += j + 1
    }
  }

  /// Sum of w.
  func total(_ w: UnsafePointer<Double>) -> Double {
    let bytes = UnsafeRawPointer(w)
    var lanes = SIMD8<Double>.zero
    var i = range.lowerBound
    while i + 8 <= range.upperBound {
      lanes += bytes.loadUnaligned(fromByteOffset: i * 8, as: SIMD8<Double>.self)
      i += 8
    }
    var sum = lanes.sum()
    while i < range.upperBound {
      sum += w[i]
      i += 1
    }
    return sum
  }

  /// Sums of w x for up to four columns at once, so that the additions do not wait for one another.
  func products(_ w: UnsafePointer<Double>, _ columns: Range<Int>) -> SIMD4<Double> {
    let w = UnsafeRawPointer(w)
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
