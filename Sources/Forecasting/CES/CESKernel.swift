/// One run through a history, forwards, backwards and forwards again as ``CESTrack`` does it, with the derivatives of
/// every state by the variables of a search carried along, four lanes of them: the sum of squares and its Gauss-Newton
/// approximation at the cost of little more than the sum alone, as each step waits for the one before.
struct CESKernel {
  let n: Int
  /// Periods of a cycle; 1 without a season.
  let m: Int
  /// Values, NaN where missing.
  let y: UnsafePointer<Double>
  /// Room for the states of a cycle, m of them.
  let ring: UnsafeMutablePointer<Slot>

  /// A state carried over a cycle, its potential, and their derivatives.
  struct Slot {
    var state: Double
    var potential: Double
    var stateSlope: SIMD4<Double>
    var potentialSlope: SIMD4<Double>

    static let zero = Slot(state: 0, potential: 0, stateSlope: .zero, potentialSlope: .zero)

    init(state: Double, potential: Double, stateSlope: SIMD4<Double> = .zero, potentialSlope: SIMD4<Double> = .zero) {
      self.state = state
      self.potential = potential
      self.stateSlope = stateSlope
      self.potentialSlope = potentialSlope
    }

    /// ``CESPair/advance(_:_:by:)`` with derivatives.
    @inline(__always)
    mutating func advance(_ gain: CESPair, _ slopes: PairSlopes, by e: Double, _ de: SIMD4<Double>) {
      let (l, c, dl, dc) = (state, potential, stateSlope, potentialSlope)
      state = l - (1 - gain.imaginary) * c + (gain.real - gain.imaginary) * e
      potential = l + (1 - gain.real) * c + (gain.real + gain.imaginary) * e
      let fromReal = slopes.real * e
      let fromImaginary = slopes.imaginary * (c - e)
      stateSlope = dl - (1 - gain.imaginary) * dc + ((gain.real - gain.imaginary) * de + (fromReal + fromImaginary))
      let (ofReal, ofImaginary) = (slopes.real * (e - c), slopes.imaginary * e)
      potentialSlope = dl + (1 - gain.real) * dc + ((gain.real + gain.imaginary) * de + (ofReal + ofImaginary))
    }
  }

  /// Derivatives of a gain by the variables.
  struct PairSlopes {
    var real: SIMD4<Double>
    var imaginary: SIMD4<Double>
  }

  /// Derivatives of the gains of a form.
  struct GainSlopes {
    var level: PairSlopes
    var season: PairSlopes
  }

  /// Sum of squared errors, half its gradient, and half its second derivatives but for those of the errors themselves.
  struct Products {
    var squares = 0.0
    var gradient = SIMD4<Double>.zero
    var rows = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)

    @inline(__always)
    mutating func add(_ e: Double, _ de: SIMD4<Double>) {
      squares += e * e
      gradient += e * de
      rows.0 += de[0] * de
      rows.1 += de[1] * de
      rows.2 += de[2] * de
      rows.3 += de[3] * de
    }
  }

  /// The products of a form with some gains; not finite where the errors run away.
  func products(_ form: CESForm, _ gains: CESGains, _ slopes: GainSlopes, start: CESStart) -> Products {
    switch form {
    case .none: run(.none, gains, slopes, start)
    case .simple: run(.simple, gains, slopes, start)
    case .partial: run(.partial, gains, slopes, start)
    case .full: run(.full, gains, slopes, start)
    }
  }

  // Inlined for each form, so that what a form lacks costs nothing.
  @inline(__always)
  private func run(_ form: CESForm, _ gains: CESGains, _ slopes: GainSlopes, _ start: CESStart) -> Products {
    var level = Slot(state: start.level, potential: start.level * CESStart.potential)
    if form.hasRing {
      for k in 0..<m { ring[k] = Slot(state: start.ring[k], potential: start.ring[k] * CESStart.potential) }
    }
    var products = Products()
    pass(form, gains, slopes, &level, backward: false, last: false, &products)
    turn(form, gains, slopes, &level)
    pass(form, gains, slopes, &level, backward: true, last: false, &products)
    turn(form, gains, slopes, &level)
    pass(form, gains, slopes, &level, backward: false, last: true, &products)
    return products
  }

  @inline(__always)
  private func turn(_ form: CESForm, _ gains: CESGains, _ slopes: GainSlopes, _ level: inout Slot) {
    if form.hasLevel { level.advance(gains.level, slopes.level, by: 0, .zero) }
    guard form.hasPairs else { return }
    let (gain, by) = form == .simple ? (gains.level, slopes.level) : (gains.season, slopes.season)
    for k in 0..<m { ring[k].advance(gain, by, by: 0, .zero) }
  }

  @inline(__always)
  private func pass(
    _ form: CESForm, _ gains: CESGains, _ slopes: GainSlopes, _ level: inout Slot, backward: Bool, last: Bool,
    _ products: inout Products
  ) {
    var place = form.hasRing && backward ? (n - 1) % m : 0
    for i in 0..<n {
      let value = y[backward ? n - 1 - i : i]
      var e = 0.0
      var de = SIMD4<Double>.zero
      if value == value {
        switch form {
        case .none:
          e = value - level.state
          de = -level.stateSlope
        case .simple:
          e = value - ring[place].state
          de = -ring[place].stateSlope
        case .partial, .full:
          e = (value - ring[place].state) - level.state
          de = -ring[place].stateSlope - level.stateSlope
        }
        if last { products.add(e, de) }
      }
      if form.hasLevel { level.advance(gains.level, slopes.level, by: e, de) }
      switch form {
      case .none: break
      case .simple: ring[place].advance(gains.level, slopes.level, by: e, de)
      case .partial:
        ring[place].state += gains.season.real * e
        ring[place].stateSlope += gains.season.real * de + e * slopes.season.real
      case .full: ring[place].advance(gains.season, slopes.season, by: e, de)
      }
      if form.hasRing {
        if backward {
          place = place == 0 ? m - 1 : place - 1
        } else {
          place = place + 1 == m ? 0 : place + 1
        }
      }
    }
  }
}
