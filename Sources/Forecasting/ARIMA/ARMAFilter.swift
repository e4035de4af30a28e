/// One-step prediction of an ARMA process, period by period: how far an innovation moves what is expected of the periods
/// after it, and its variance (in units of that of the errors).
///
/// The state is what is expected of the next r = max(p, q + 1) periods but for what comes between; a period moves it up by a
/// place and adds the autoregression (Harvey 1989, Forecasting, Structural Time Series Models and the Kalman Filter, 3.3). Its
/// covariance is never formed: with a stationary start it changes by a matrix of rank one a period (Morf, Sidhu & Kailath
/// 1974, IEEE Transactions on Automatic Control 19, 315-323).
struct ARMAFilter {
  /// Coefficients of 1 - ar_1 B - ... and 1 + ma_1 B + ..., from that of B on.
  let ar, ma: [Double]
  /// Variance of the next innovation.
  private(set) var variance: Double
  /// Covariance of the next state with the next innovation.
  private(set) var gain: [Double]
  /// What the covariance of the state changes by next is - variance change change'.
  private var change: [Double]

  /// The filter before the first period of a stationary process.
  init(ar: [Double], ma: [Double]) {
    self.ar = ar
    self.ma = ma
    let (p, q) = (ar.count, ma.count)
    let r = max(p, q + 1)
    let theta = [1] + ma
    let base = ARMAFilter.autocovariances(ar, last: r - 1 + q)
    var gamma = [Double](repeating: 0, count: r)
    for h in 0...q {
      var product = 0.0
      for i in 0...q - h { product += theta[i] * theta[i + h] }
      for k in 0..<r { gamma[k] += product * (h == 0 ? base[k] : base[k + h] + base[abs(k - h)]) }
    }
    var psi = [1.0]
    for k in 1..<max(1, r) {
      var weight = k <= q ? theta[k] : 0
      for j in 0..<min(p, k) { weight += ar[j] * psi[k - 1 - j] }
      psi.append(weight)
    }
    variance = gamma[0]
    gain = (1...r).map { i -> Double in
      var sum = 0.0
      for j in i..<max(i, p + 1) { sum += ar[j - 1] * gamma[j - i] }
      for j in i..<max(i, q + 1) { sum += theta[j] * psi[j - i] }
      return sum
    }
    change = gain.map { [variance] in $0 / variance }
  }

  /// Autocovariances of lags 0 ... `last` of an autoregression with errors of variance 1 (Levinson & Durbin).
  static func autocovariances(_ ar: [Double], last: Int) -> [Double] {
    var partial = ar
    var variance = 1.0
    for j in ar.indices.reversed() {
      let a = partial[j]
      let scale = 1 / (1 - a * a)
      variance *= scale
      let old = partial
      for i in 0..<j { partial[i] = (old[i] + a * old[j - 1 - i]) * scale }
    }
    var gamma = [variance]
    var predictor: [Double] = []
    for k in 0..<max(0, last) {
      if k < ar.count {
        let a = partial[k]
        let old = predictor
        for i in 0..<k { predictor[i] = old[i] - a * old[k - 1 - i] }
        predictor.append(a)
      }
      gamma.append(predictor.indices.reduce(0) { $0 + predictor[$1] * gamma[k - $1] })
    }
    return gamma
  }

  /// Moves a state on by a period whose value differed from the first of the state by `innovation`.
  func move(_ state: inout [Double], by innovation: Double) {
    let known = state[0]
    let scaled = innovation / variance
    let r = gain.count
    for i in 0..<r {
      state[i] = (i + 1 < r ? state[i + 1] : 0) + (i < ar.count ? ar[i] * known : 0) + gain[i] * scaled
    }
  }

  /// Moves gain and variance on to the next period.
  mutating func advance() {
    let r = gain.count
    let l = change[0]
    let drop = variance * l
    variance -= drop * l
    let pull = l / variance
    for i in 0..<r {
      let moved = (i + 1 < r ? change[i + 1] : 0) + (i < ar.count ? ar[i] * l : 0)
      gain[i] -= drop * moved
      change[i] = moved - pull * gain[i]
    }
  }
}
