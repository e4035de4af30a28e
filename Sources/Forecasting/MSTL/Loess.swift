/// Local regression on an even grid, as in STL: Cleveland, Cleveland, McRae & Terpenning (1990), "STL: a seasonal-trend
/// decomposition procedure based on loess", Journal of Official Statistics 6, 3-73, section 2 and appendix.
///
/// The fit at x weighs the `window` nearest points by (1 - (|t - x| / h)³)³, h the distance of the farthest (widened by
/// half the points that are wanting where the window is longer than the series), and is their weighted mean (degree 0)
/// or line (degree 1). It is had at every `jump`-th point and by straight lines between.
///
/// On an even grid the weights depend only on where x lies within its window: they are worked out once, which for all
/// points away from the ends is a single set, unless values carry weights of their own.
struct Loess {
  /// Points of the series, at 1, 2, ..., `n`.
  let n: Int
  let window: Int
  let degree: Int
  let jump: Int
  /// Where the fit is had: place, first point of the window, where its weights begin, and how many there are.
  private var nodes: [(x: Int, first: Int, weights: Int, count: Int)] = []
  private var weights: [Double] = []

  /// - Parameters:
  ///   - n: points, 1 or more.
  ///   - window: points weighed, 3 or more, odd.
  ///   - degree: 0 or 1.
  ///   - jump: distance of the points the fit is had at.
  ///   - beyond: whether the fit is also had one step before the first point and one after the last.
  init(n: Int, window: Int, degree: Int, jump: Int, beyond: Bool = false) {
    self.n = n
    self.window = window
    self.degree = degree
    self.jump = max(1, min(jump, n - 1))
    guard n > 1 || beyond else { return }
    let used = min(window, n)
    let half = (window + 1) / 2
    var interior: Int?
    var places = nodes
    var table = weights
    places.reserveCapacity(n / self.jump + 4)
    func add(_ x: Int, first: Int) {
      let inside = window < n && x >= half && x <= n - half
      if inside, let known = interior {
        places.append((x, first, known, used))
        return
      }
      if inside { interior = table.count }
      places.append((x, first, table.count, used))
      let start = table.count
      table.append(contentsOf: repeatElement(0, count: used))
      table.withUnsafeMutableBufferPointer { all in
        guard let base = all.baseAddress else { return }
        _ = weigh(x, first: first, count: used, own: nil, base + start)
      }
    }
    if beyond { add(0, first: 1) }
    if n == 1 {
      add(1, first: 1)
    } else {
      for x in stride(from: 1, through: n, by: self.jump) { add(x, first: first(x)) }
      if (n - 1) % self.jump != 0 { add(n, first: n - used + 1) }
    }
    if beyond { add(n + 1, first: n - used + 1) }
    nodes = places
    weights = table
  }

  /// First point of the window about x.
  private func first(_ x: Int) -> Int {
    guard window < n else { return 1 }
    let half = (window + 1) / 2
    if x < half { return 1 }
    return x >= n - half + 1 ? n - window + 1 : x - half + 1
  }

  /// Writes the weights by which the values from point `first` on make the fit at x; false if all are 0.
  private func weigh(
    _ x: Int, first: Int, count: Int, own: UnsafePointer<Double>?, _ w: UnsafeMutablePointer<Double>
  ) -> Bool {
    var h = Double(max(x - first, first + count - 1 - x))
    if window > n { h += Double((window - n) / 2) }
    var sum = 0.0
    for j in 0..<count {
      let r = Double(abs(first + j - x))
      var weight = 0.0
      if r <= 0.999 * h {
        let u = r / h
        let v = 1 - u * u * u
        weight = r <= 0.001 * h ? 1 : v * v * v
        if let own { weight *= own[first + j - 1] }
      }
      w[j] = weight
      sum += weight
    }
    guard sum > 0 else { return false }
    var mean = 0.0
    for j in 0..<count {
      w[j] /= sum
      mean += w[j] * Double(first + j)
    }
    guard degree > 0, h > 0 else { return true }
    var square = 0.0
    for j in 0..<count { square += w[j] * (Double(first + j) - mean) * (Double(first + j) - mean) }
    if square.squareRoot() > 0.001 * Double(n - 1) {
      let slope = (Double(x) - mean) / square
      for j in 0..<count { w[j] *= slope * (Double(first + j) - mean) + 1 }
    }
    return true
  }

  /// Smooths values.
  ///
  /// - Parameters:
  ///   - y: values of the `n` points, every `stride`-th from `y` on.
  ///   - own: weights of the points, or nil where all are 1.
  ///   - scratch: room for `window` numbers, used where `own` is given.
  ///   - result: the fits at 1...n (at 0...n + 1 with `beyond`), every `stride`-th from `result` on. Where all weights
  ///     of a window are 0 the fit is the value itself, beyond the ends the fit next to it.
  func smooth(
    _ y: UnsafePointer<Double>, own: UnsafePointer<Double>?, stride: Int,
    scratch: UnsafeMutablePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    guard let start = nodes.first?.x else {
      result[0] = y[0]
      return
    }
    nodes.withUnsafeBufferPointer { nodes in
      weights.withUnsafeBufferPointer { weights in
        var previous = start
        var copiesFirst = false
        for node in nodes {
          var fit = 0.0
          if own == nil {
            for j in 0..<node.count { fit += weights[node.weights + j] * y[(node.first - 1 + j) * stride] }
          } else if weigh(node.x, first: node.first, count: node.count, own: own, scratch) {
            for j in 0..<node.count { fit += scratch[j] * y[(node.first - 1 + j) * stride] }
          } else if node.x > n {
            fit = result[(n - start) * stride]
          } else if node.x < 1 {
            copiesFirst = true
          } else {
            fit = y[(node.x - 1) * stride]
          }
          let place = (node.x - start) * stride
          result[place] = fit
          if node.x - previous > 1 {
            let before = (previous - start) * stride
            let delta = (fit - result[before]) / Double(node.x - previous)
            for j in 1..<node.x - previous { result[before + j * stride] = result[before] + delta * Double(j) }
          }
          previous = node.x
        }
        if copiesFirst { result[0] = result[stride] }
      }
    }
  }
}
