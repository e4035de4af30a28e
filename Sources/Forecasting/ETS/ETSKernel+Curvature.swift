extension ETSKernel {
  /// Blocks of four doubles that hold a vector of parameters.
  static func blocks(m: Int) -> Int { (headCount + m + 3) / 4 }

  /// Blocks of work space of ``curvature(_:_:_:)``: matrix, level, trend, m seasons, and a batch of expectations.
  static func curvatureSize(m: Int) -> Int { blocks(m: m) * (4 * blocks(m: m) + 2 + m + batch) }

  /// Observations whose products are summed at a time.
  private static let batch = 16

  /// The criterion's approximate second derivatives (Gauss & Newton) at the parameters of the last call of
  /// ``criterion(_:_:gradient:)``: 2 n / (sum e²) times the sum of g g', g being the gradient of an expectation (relative to
  /// it if errors are).
  ///
  /// - Parameter space: receives the upper triangle in rows of ``blocks(m:)`` blocks, in the layout of a parameter vector.
  func curvature(_ form: ETSForm, _ p: UnsafePointer<Double>, _ space: UnsafeMutablePointer<SIMD4<Double>>) {
    switch (form.season, form.error) {
    case (.none, .additive): curvature(season: 0, relative: false, p, space)
    case (.none, .multiplicative): curvature(season: 0, relative: true, p, space)
    case (.additive, .additive): curvature(season: 1, relative: false, p, space)
    case (.additive, .multiplicative): curvature(season: 1, relative: true, p, space)
    case (.multiplicative, .additive): curvature(season: 2, relative: false, p, space)
    case (.multiplicative, .multiplicative): curvature(season: 2, relative: true, p, space)
    }
  }

  @inline(__always)
  private func curvature(
    season: Int, relative: Bool, _ p: UnsafePointer<Double>, _ space: UnsafeMutablePointer<SIMD4<Double>>
  ) {
    let (alpha, beta, gamma, phi) = (p[0], p[1], p[2], p[3])
    let (q, d, before) = (work, work + n, work + 2 * n)
    let (inverse, seasons) = (work + 3 * n, work + 4 * n)
    let head = ETSKernel.headCount
    let width = ETSKernel.blocks(m: season > 0 ? m : 0)
    for i in 0..<ETSKernel.curvatureSize(m: m) { space[i] = .zero }
    // Derivatives of the states by the parameters, one lane a parameter.
    let level = space + 4 * width * width
    let (trend, ring) = (level + width, level + 2 * width)
    let gradients = ring + (season > 0 ? m : 0) * width
    var waiting = 0
    func add(_ value: Double, to row: UnsafeMutablePointer<SIMD4<Double>>, _ i: Int) { row[i >> 2][i & 3] += value }
    add(1, to: level, 4)
    add(1, to: trend, 5)
    if season > 0 { for s in 0..<m { add(1, to: ring + s * width, head + s) } }
    var squares = 0.0
    var place = 0
    for t in 0..<n {
      let (qt, dt, b, value) = (q[t], d[t], before[t], y[t])
      let seen = value == value
      let s = season > 0 ? seasons[t] : 0
      let byMu = season == 2 || relative ? inverse[t] : 1
      let unit = relative ? byMu : 1
      let own = ring + place * width
      let z = gradients + waiting * width
      let (byS, byQ) = season == 2 ? (byMu * qt, byMu * s) : (1, 1)
      if seen { squares += dt * unit * dt * unit }
      for k in 0..<width {
        var qk = level[k] + phi * trend[k]
        if k == 0 { qk[3] += b }
        var bk = phi * trend[k]
        if k == 0 { bk[3] += b }
        let sk = season > 0 ? own[k] : .zero
        let muk = season == 0 ? qk : season == 1 ? qk + sk : qk * s + sk * qt
        z[k] = unit * muk
        if !seen {
          level[k] = qk
          trend[k] = bk
          continue
        }
        // Derivatives of what moves level and trend, and of what moves the season.
        var (wk, vk) = (-muk, -muk)
        if season == 2 {
          wk = -(value * byS * byS) * sk - qk
          vk = -(value * byQ * byQ) * qk - sk
        }
        level[k] = qk + alpha * wk
        trend[k] = bk + beta * wk
        if season > 0 { own[k] = sk + gamma * vk }
      }
      if season > 0 { place = place + 1 == m ? 0 : place + 1 }
      guard seen else { continue }
      level[0][0] += dt * byS
      trend[0][1] += dt * byS
      if season > 0 { own[0][2] += dt * byQ }
      waiting += 1
      if waiting == ETSKernel.batch || t == n - 1 {
        addProducts(gradients, waiting, width, to: space)
        waiting = 0
      }
    }
    // The last value is observed, so that none is left waiting.
    let scale = 2 * observed / max(squares, observed * 1e-24)
    for i in 0..<4 * width * width { space[i] *= scale }
  }

  /// Adds z z' of `count` vectors to a matrix, by tiles of 4 x 4 on and above the diagonal.
  private func addProducts(
    _ z: UnsafePointer<SIMD4<Double>>, _ count: Int, _ width: Int, to matrix: UnsafeMutablePointer<SIMD4<Double>>
  ) {
    for i in 0..<width {
      for k in i..<width {
        let tile = matrix + 4 * i * width + k
        var (r0, r1, r2, r3) = (tile[0], tile[width], tile[2 * width], tile[3 * width])
        for c in 0..<count {
          let a = z[c * width + i]
          let b = z[c * width + k]
          r0 += a[0] * b
          r1 += a[1] * b
          r2 += a[2] * b
          r3 += a[3] * b
        }
        tile[0] = r0
        tile[width] = r1
        tile[2 * width] = r2
        tile[3 * width] = r3
      }
    }
  }
}
