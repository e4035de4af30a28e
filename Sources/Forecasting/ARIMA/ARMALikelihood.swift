import CARMALanes
import NumericCore

/// The exact Gaussian likelihood of an ARMA process for a ``DifferencedSeries``, the variance of the errors, the constant and
/// the missing values concentrated out; with its slopes.
///
/// Slopes come from neighbouring points, each in a lane of its own beside the point itself (``CARMALanes``).
final class ARMALikelihood {
  let series: DifferencedSeries
  private let greatest: ARMAOrder
  /// Work space: coefficients of the point and of its neighbours, the products of polynomials, and what `arma_lanes` needs.
  private let block: UnsafeMutablePointer<Double>
  private let coefficients, ar, ma, sums, variances, work, gram: UnsafeMutablePointer<Double>
  private let firsts: UnsafeMutablePointer<Int64>

  private static let width = 8
  /// Sum of the squares of the differences.
  private let total: Double
  /// By how much rounding may be off.
  private static let digits = 1e-6
  /// No process has more than so many times the variance of its errors.
  private static let greatestVariance = 1e9
  /// No process explains all of the squares but this share: what is left of them would be rounding.
  private static let leastShare = 1e-13
  /// Distance of neighbours: small beside 1, the size of a variable, and large beside what rounding adds.
  static let distance = 1e-6

  /// - Parameter greatest: no order asked for has a greater degree.
  init(_ series: DifferencedSeries, greatest: ARMAOrder) {
    self.series = series
    self.greatest = greatest
    let w = ARMALikelihood.width
    let columns = series.columns
    total = stride(from: columns - 1, to: series.rows.count, by: columns).reduce(0) {
      $0 + series.rows[$1] * series.rows[$1]
    }
    let (p, q) = (greatest.arDegree, greatest.maDegree)
    let triangle = columns * (columns + 1) / 2
    let sizes = [
      max(4, greatest.count + 1) * greatest.count, p * w, q * w, triangle * w, (series.count / 16 + 3) * w,
      Int(arma_lanes_room(Int64(p), Int64(q), Int64(columns))) * w, columns * columns,
    ]
    block = .allocate(capacity: sizes.reduce(0, +))
    block.initialize(repeating: 0, count: sizes.reduce(0, +))
    var place = block
    func next(_ i: Int) -> UnsafeMutablePointer<Double> {
      defer { place += sizes[i] }
      return place
    }
    coefficients = next(0)
    ar = next(1)
    ma = next(2)
    sums = next(3)
    variances = next(4)
    work = next(5)
    gram = next(6)
    firsts = .allocate(capacity: columns)
    for j in 0..<columns { firsts[j] = Int64(series.first[j]) }
  }

  deinit {
    block.deallocate()
    firsts.deallocate()
  }

  /// Minus twice the logarithm of the likelihood at the variables `x` of an order; infinite outside its domain.
  ///
  /// - Parameter gradient: receives its slopes.
  func criterion(
    _ order: ARMAOrder, _ x: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let k = order.count
    neighbours(order, x)
    var base = Double.infinity
    var from = 0
    repeat {
      // The point itself stands in the first lane of every pass.
      let width = k - from < 4 ? 4 : 8
      let part = min(k - from, width - 1)
      for lane in 0..<width {
        place(order, coefficients + (lane == 0 || lane > part ? 0 : (from + lane) * k), lane: lane, of: width)
      }
      run(order, width: width)
      base = value(lane: 0, of: width)
      for lane in 1..<max(1, part + 1) {
        gradient[from + lane - 1] = (value(lane: lane, of: width) - base) / ARMALikelihood.distance
      }
      from += part
    } while from < k
    guard base.isFinite else { return .infinity }
    for i in 0..<k where !gradient[i].isFinite { return .infinity }
    return base
  }

  /// Minus twice the logarithm of the likelihood at up to four points.
  func criteria(_ order: ARMAOrder, _ points: [[Double]]) -> [Double] {
    let k = order.count
    for (lane, point) in points.enumerated() {
      point.withUnsafeBufferPointer { x in
        if let x = x.baseAddress { write(order, x, coefficients + lane * k) }
      }
    }
    for lane in 0..<4 { place(order, coefficients + (lane < points.count ? lane : 0) * k, lane: lane, of: 4) }
    run(order, width: 4)
    return points.indices.map { value(lane: $0, of: 4) }
  }

  /// Writes the coefficients of the point to the first row of ``coefficients`` and those of its neighbours to the next.
  private func neighbours(_ order: ARMAOrder, _ x: UnsafePointer<Double>) {
    let k = order.count
    write(order, x, coefficients)
    for block in order.blocks {
      for v in block.first..<block.first + block.degree {
        let row = coefficients + (v + 1) * k
        row.update(from: coefficients, count: k)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: block.degree) { moved in
          for j in 0..<block.degree { moved[j] = x[block.first + j] }
          moved[v - block.first] += ARMALikelihood.distance
          guard let base = moved.baseAddress else { return }
          LagPolynomial.coefficients(
            base, degree: block.degree, isMA: block.isMA, beyond: block.leastRoot, row + block.first)
        }
      }
    }
  }

  private func write(_ order: ARMAOrder, _ x: UnsafePointer<Double>, _ row: UnsafeMutablePointer<Double>) {
    for block in order.blocks {
      LagPolynomial.coefficients(
        x + block.first, degree: block.degree, isMA: block.isMA, beyond: block.leastRoot, row + block.first)
    }
  }

  /// Writes the products of the polynomials to a lane.
  private func place(_ order: ARMAOrder, _ c: UnsafePointer<Double>, lane: Int, of width: Int) {
    let (ar, ma) = (order.ar, order.ma)
    LagPolynomial.multiply(
      c, ar, c + ar + ma, order.seasonalAR, lag: order.season, isMA: false, into: self.ar + lane, stride: width)
    LagPolynomial.multiply(
      c + ar, ma, c + ar + ma + order.seasonalAR, order.seasonalMA, lag: order.season, isMA: true,
      into: self.ma + lane, stride: width)
  }

  private func run(_ order: ARMAOrder, width: Int) {
    series.rows.withUnsafeBufferPointer { rows in
      var task = arma_lanes_task(
        count: Int64(series.count), columns: Int64(series.columns), data: rows.baseAddress, first: firsts,
        ar_order: Int64(order.arDegree), ma_order: Int64(order.maDegree), ar: ar, ma: ma, work: work, sums: sums,
        variances: variances)
      if width == 4 { arma_lanes_filter_4(&task) } else { arma_lanes_filter_8(&task) }
    }
  }

  /// The criterion of a lane from its sums.
  private func value(lane: Int, of width: Int) -> Double {
    let columns = series.columns
    let missing = series.missing.count
    // Next to the unit circle digits are lost: of a variance that begins too high, as an innovation of less than the variance
    // of an error also tells.
    let last = (series.count + 15) / 16 * width + lane
    guard variances[last] > 1 - ARMALikelihood.digits, variances[last + width] < ARMALikelihood.greatestVariance else {
      return .infinity
    }
    // Sweeps out one column after the other, missing values first: their pivots are the determinant that integrating over
    // them leaves, and the last pivot is the sum of squares.
    for i in 0..<columns {
      for j in 0...i { gram[i * columns + j] = sums[(i * (i + 1) / 2 + j) * width + lane] }
    }
    var determinant = 0.0
    for k in 0..<columns - 1 {
      let pivot = gram[k * columns + k]
      guard pivot > 0 else { return .infinity }
      if k < missing { determinant += logarithm(pivot) }
      let inverse = 1 / pivot
      for i in k + 1..<columns {
        let factor = gram[i * columns + k] * inverse
        for j in k + 1...i { gram[i * columns + j] -= factor * gram[j * columns + k] }
      }
    }
    for i in 0..<(series.count + 15) / 16 { determinant += logarithm(variances[i * width + lane]) }
    let n = Double(series.observed)
    let squares = gram[columns * columns - 1]
    guard squares > ARMALikelihood.leastShare * total else { return .infinity }
    let value = n * (logarithm(2 * .pi * squares / n) + 1) + determinant
    return value.isFinite ? value : .infinity
  }

  /// The criterion's approximate second derivatives (Gauss & Newton) by the variables `x`: 2 n / (sum e²) times the sum of
  /// g g', g being the gradient of an error. Errors are taken from 0 before the first period, where they and their gradients
  /// are the values passed through the polynomials one after the other.
  func curvature(_ order: ARMAOrder, _ x: UnsafePointer<Double>, least: Double) -> [Double] {
    let k = order.count
    let n = series.count
    let columns = series.columns
    neighbours(order, x)
    let blocks = order.blocks
    var result = [Double](repeating: 0, count: k * k)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: n * (k + 2) + k * k) { room in
      guard let e = room.baseAddress else { return }
      let filtered = e + n
      let slopes = filtered + n
      let products = slopes + n * k
      for t in 0..<n { e[t] = series.rows[t * columns + columns - 1] }
      for block in blocks where block.degree > 0 {
        let c = coefficients + block.first
        if block.isMA {
          for t in 0..<n {
            for i in 0..<min(block.degree, t / block.lag) { e[t] -= c[i] * e[t - block.lag * (i + 1)] }
          }
        } else {
          for t in stride(from: n - 1, through: 0, by: -1) {
            for i in 0..<min(block.degree, t / block.lag) { e[t] -= c[i] * e[t - block.lag * (i + 1)] }
          }
        }
      }
      for block in blocks where block.degree > 0 {
        let c = coefficients + block.first
        for t in 0..<n {
          var value = e[t]
          for i in 0..<min(block.degree, t / block.lag) {
            let past = c[i] * filtered[t - block.lag * (i + 1)]
            value += block.isMA ? -past : past
          }
          filtered[t] = value
        }
        for i in 0..<block.degree {
          let lag = block.lag * (i + 1)
          let row = slopes + n * (block.first + i)
          for t in 0..<n { row[t] = t < lag ? 0 : -filtered[t - lag] }
        }
      }
      var squares = 0.0
      for t in 0..<n { squares += e[t] * e[t] }
      let scale = 2 * Double(series.observed) / max(squares, 1e-30)
      for i in 0..<k {
        for j in 0...i {
          var sum = SIMD4<Double>.zero
          let (a, b) = (slopes + n * i, slopes + n * j)
          var t = 0
          while t + 4 <= n {
            sum += SIMD4(a[t], a[t + 1], a[t + 2], a[t + 3]) * SIMD4(b[t], b[t + 1], b[t + 2], b[t + 3])
            t += 4
          }
          var total = sum.sum()
          while t < n {
            total += a[t] * b[t]
            t += 1
          }
          products[i * k + j] = scale * total
          products[j * k + i] = scale * total
        }
      }
      // By variables: d coefficient / d variable from the neighbours, within a block.
      func byVariable(_ coefficient: Int, _ variable: Int) -> Double {
        (coefficients[(variable + 1) * k + coefficient] - coefficients[coefficient]) / ARMALikelihood.distance
      }
      for a in blocks {
        for b in blocks {
          for u in a.first..<a.first + a.degree {
            for v in b.first..<b.first + b.degree {
              var sum = 0.0
              for i in a.first..<a.first + a.degree {
                var inner = 0.0
                for j in b.first..<b.first + b.degree { inner += products[i * k + j] * byVariable(j, v) }
                sum += inner * byVariable(i, u)
              }
              result[u * k + v] = sum
            }
          }
        }
      }
      for i in 0..<k { result[i * k + i] += least }
    }
    return result
  }
}
