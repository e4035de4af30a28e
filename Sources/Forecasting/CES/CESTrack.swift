/// States along a history, in the plain form of the equations (the search uses ``CESKernel``).
///
/// The history is run through forwards, from where that ends backwards, and from where that ends forwards again: the states
/// before the first period are backcast (R's `initial = "backcasting"`). A missing period has no error.
struct CESTrack: Sendable {
  let form: CESForm
  let gains: CESGains
  /// Values, NaN where missing.
  let values: [Double]
  /// Periods of a cycle; 1 without a season.
  let m: Int
  /// Level and potential before the first period and after each; empty for a simple season.
  private(set) var levels: [Double] = []
  private(set) var potentials: [Double] = []
  /// States of the cycle before the first period and after each; empty without a season.
  private(set) var seasons: [Double] = []
  private(set) var seasonPotentials: [Double] = []
  /// Errors, 0 where missing.
  private(set) var errors: [Double] = []
  /// Sum of squared errors.
  private(set) var squares = 0.0

  init(_ values: [Double], form: CESForm, gains: CESGains, m: Int, start: CESStart) {
    self.form = form
    self.gains = gains
    self.values = values
    self.m = form.hasRing ? m : 1
    var (l, c) = (start.level, start.level * CESStart.potential)
    var ring = start.ring
    var potentials = ring.map { $0 * CESStart.potential }
    let ringGain = gains.ring(form)
    /// The steps that take the ends of a pass before the beginning of the next.
    func turn() {
      gains.level.advance(&l, &c, by: 0)
      if form.hasPairs { for k in ring.indices { ringGain.advance(&ring[k], &potentials[k], by: 0) } }
    }
    /// The error of period `t`, and the states moved on by it.
    func step(_ t: Int) -> Double {
      let k = form.hasRing ? t % m : 0
      let mu = (form.hasLevel ? l : 0) + (form.hasRing ? ring[k] : 0)
      let e = values[t].isNaN ? 0 : values[t] - mu
      gains.level.advance(&l, &c, by: e)
      if form.hasPairs { ringGain.advance(&ring[k], &potentials[k], by: e) }
      if form == .partial { ring[k] += gains.season.real * e }
      return e
    }
    for t in values.indices { _ = step(t) }
    turn()
    for t in values.indices.reversed() { _ = step(t) }
    turn()
    if form.hasLevel { (levels, self.potentials) = ([l], [c]) }
    (seasons, seasonPotentials) = (ring, potentials)
    for t in values.indices {
      let e = step(t)
      errors.append(e)
      squares += e * e
      if form.hasLevel {
        levels.append(l)
        self.potentials.append(c)
      }
      if form.hasRing {
        seasons.append(ring[t % m])
        seasonPotentials.append(potentials[t % m])
      }
    }
  }

  /// What was expected of period `t` before it was seen.
  func expectation(_ t: Int) -> Double { (form.hasLevel ? levels[t] : 0) + (form.hasRing ? seasons[t] : 0) }

  /// The same without the season: the level, for a simple season the mean of the seasons as they then stood.
  func withoutSeason(_ t: Int) -> Double {
    form.hasLevel ? levels[t] : seasons[t..<t + m].reduce(0) { $0 + $1 / Double(m) }
  }

  /// The steps ahead, up to `count` of them.
  func steps(_ count: Int) -> CESSteps { CESSteps(form: form, gains: gains, m: m, count: count) }

  /// What is expected of the period `step` + 1 after the first `n` periods.
  func expectation(after n: Int, step: Int, _ steps: CESSteps) -> Double {
    var mu = 0.0
    if form.hasLevel {
      let w = steps.level[step]
      mu = w.level * levels[n] + w.potential * potentials[n]
    }
    if form.hasRing {
      let cycles = step / m
      let w = steps.ring[cycles]
      let place = n + step - m * cycles
      mu += w.level * seasons[place] + w.potential * seasonPotentials[place]
    }
    return mu
  }
}

/// What states are worth some steps ahead, whatever they are.
struct CESSteps: Sendable {
  /// Weights of level and potential, a pair a step; empty for a simple season.
  let level: [(level: Double, potential: Double)]
  /// Weights of the states of the cycle, a pair a cycle; empty without a season.
  let ring: [(level: Double, potential: Double)]
  /// What an error adds to the values 0, 1, 2, ... periods later.
  let response: [Double]

  init(form: CESForm, gains: CESGains, m: Int, count: Int) {
    let gain = gains.ring(form)
    level = form.hasLevel ? gains.level.weights(count) : []
    let cycles = count / m + 1
    ring =
      !form.hasRing
      ? []
      : form == .partial ? [(level: Double, potential: Double)](repeating: (1, 0), count: cycles) : gain.weights(cycles)
    let weights = (level: level, ring: ring)
    response = (0..<count).map { h in
      guard h > 0 else { return 1 }
      var psi = 0.0
      if form.hasLevel {
        let w = weights.level[h - 1]
        let a = gains.level
        psi = w.level * (a.real - a.imaginary) + w.potential * (a.real + a.imaginary)
      }
      if form.hasRing, h % m == 0 {
        let w = weights.ring[h / m - 1]
        psi +=
          form == .partial
          ? gain.real : w.level * (gain.real - gain.imaginary) + w.potential * (gain.real + gain.imaginary)
      }
      return psi
    }
  }

  /// Variances of the steps for errors of variance 1.
  var variances: [Double] {
    var sum = 0.0
    return response.map {
      sum += $0 * $0
      return sum
    }
  }
}
