import NumericCore
import TimeSeries

/// A fitted baseline: the expectation of the tested period and of those before it, and how sure it is.
struct BaselineFit: Sendable {
  let span: ClosedRange<Period>
  let periods: Int
  let downWeighted: [Period]
  let model: String
  let dispersion: DispersionEstimate
  /// Expected and observed counts of the tested period and the seven before it, newest first; where there is none to judge
  /// (missing, masked, before the series) both are 0.
  let means: SIMD8<Double>
  var counts: SIMD8<Double>
  /// Variance of the log of the expected sum of the last 1, 2, ... periods.
  let logVariances: SIMD8<Double>
  /// Correlation that the residuals of neighbouring periods share.
  let correlation: Double
}

/// Fits the baselines of one series, one period after another.
struct BaselineFitter: Sendable {
  let design: BaselineDesign
  let settings: BaselineSettings
  private var pass: BaselinePass
  /// Where the fits of one season start from: the fit of its first period.
  private var anchor: (ordinal: Int, state: State)?

  struct State: Sendable {
    var coefficients: [Double]
    /// 1 / size, and its estimate before it is held at 0 or above.
    var inverseSize = 0.0
    var estimate = 0.0
    var freedom = 0.0
    var residuals: [Double] = []
  }

  init(_ design: BaselineDesign, settings: BaselineSettings) {
    self.design = design
    self.settings = settings
    pass = BaselinePass(design)
  }

  /// Fits the baseline with past outliers down-weighted on both sides.
  ///
  /// Scoring steps for the coefficients alternate with steps for the size (Pearson) and with the weights, so that neither
  /// a lockdown nor an old outbreak sets the level or the spread. Weights follow Noufaily et al. (2013), Statistics in
  /// Medicine 32, 1206-1222, section 3.3 (Anscombe residuals, down-weighting only what is far out), here on both sides
  /// and without a jump (``outlierWeight(_:)``), and for the mean of five neighbours as well. Steps start from the fit of the first period of the same season, so
  /// that they are few and that the result does not depend on which periods are judged.
  mutating func fit(tested: Period) -> Result<BaselineFit, NotTested> {
    let first = tested.ordinal - tested.seasonIndex
    if anchor?.ordinal != first {
      anchor = nil
      if rows(first) >= settings.minimumPeriods, let state = converge(at: first, from: nil) { anchor = (first, state) }
    }
    guard let state = converge(at: tested.ordinal, from: anchor) else {
      return .failure(NotTested("its baseline could not be fitted"))
    }
    return .success(summary(tested, state))
  }

  private func rows(_ tested: Int) -> Int {
    design.rows(through: tested - settings.guardPeriods(design.frequency) - 1)
  }

  private mutating func converge(at tested: Int, from start: (ordinal: Int, state: State)?) -> State? {
    let rows = rows(tested)
    let scale = design.weightScale(tested: tested)
    let origin = design.years(tested)
    let level = design.levelPrior(rows: rows, scale: scale)
    var state: State
    var plain = 0
    if let start {
      state = start.state
      pass.resume(state.residuals)
      if design.terms.trend { state.coefficients[0] += state.coefficients[1] * (origin - design.years(start.ordinal)) }
    } else {
      state = State(coefficients: [Double](repeating: 0, count: design.columns))
      state.coefficients[0] = level
      plain = 30
    }
    // Poisson first where nothing is known yet; then the robust rounds.
    for round in 0..<(start == nil ? plain + settings.anchorRounds : settings.warmRounds) {
      let robust = plain == 0
      pass.add(
        design, rows: rows, origin: origin, scale: scale, coefficients: state.coefficients,
        inverseSize: state.inverseSize, robust: robust)
      guard
        let (step, decrement) = pass.step(
          coefficients: state.coefficients, priorMeans: design.priorMeans, priorPrecisions: design.priorPrecisions,
          level: level)
      else { return nil }
      // No coefficient moves by more than a factor of e at once.
      let longest = step.reduce(0) { max($0, abs($1)) }
      let factor = longest > 1 ? 1 / longest : 1
      for j in step.indices { state.coefficients[j] += factor * step[j] }
      if !robust {
        plain -= 1
        if decrement < 0.1 || plain == 0 {
          state.inverseSize = robustInverseSize(rows, pass.sums.mean / max(pass.sums.weight, 1e-300))
          plain = 0
        }
        continue
      }
      state.freedom = pass.sums.weight - pass.weightedLeverage
      let target = max(1e-9, state.freedom * outlierWeightConsistency)
      let s = pass.sums
      let move = s.pearsonSlope > 0 ? (s.pearson / target - 1) * s.pearson / s.pearsonSlope : 0
      state.estimate = state.inverseSize + move
      let next = max(0, state.estimate)
      let mean = s.mean / max(s.weight, 1e-300)
      let change = abs(next - state.inverseSize) * mean / (1 + next * mean)
      state.inverseSize = next
      if factor == 1 && decrement < 1e-3 && change < 0.01 && round >= 1 { break }
    }
    if start == nil { state.residuals = Array(pass.residuals[..<rows]) }
    return state.coefficients.allSatisfy(\.isFinite) && state.inverseSize.isFinite ? state : nil
  }

  /// A first 1 / size from the median squared residual, which a quarter of bad months does not move much.
  private func robustInverseSize(_ rows: Int, _ mean: Double) -> Double {
    let squares = pass.residuals[..<rows].map { $0 * $0 }.sorted()
    guard !squares.isEmpty, mean > 0 else { return 0 }
    // 0.4549 is the median of chi-squared with one degree of freedom.
    return max(0, (squares[squares.count / 2] / 0.4549 - 1) / mean)
  }

  private func summary(_ tested: Period, _ state: State) -> BaselineFit {
    let frequency = design.frequency
    let rows = rows(tested.ordinal)
    let s = pass.sums
    let share = s.weight > 0 ? state.freedom / s.weight : 0
    let dispersion = DispersionEstimate(
      inverseSize: state.estimate, weight: state.freedom, squaredWeight: s.squaredWeight * share * share,
      mean: s.weight > 0 ? s.mean / s.weight : 0)
    var means = SIMD8<Double>.zero
    var counts = SIMD8<Double>.zero
    var variances = SIMD8<Double>.zero
    var form = [Double](repeating: 0, count: design.columns)
    var total = 0.0
    var index = design.rows(through: tested.ordinal) - 1
    for back in 0..<8 {
      if index >= rows, design.ordinals[index] == tested.ordinal - back {
        let base = index * design.columns
        var eta = design.offsets[index]
        for j in 0..<design.columns { eta += state.coefficients[j] * value(j, base, tested.ordinal) }
        let mean = exponential(min(eta, 300))
        for j in 0..<design.columns { form[j] += mean * value(j, base, tested.ordinal) }
        means[back] = mean
        counts[back] = design.counts[index]
        total += mean
        index -= 1
      }
      variances[back] =
        total > 0
        ? pass.samplingVariance(form, priorPrecisions: design.priorPrecisions) / (total * total) : 0
    }
    let period = { (ordinal: Int) in Period(frequency: frequency, ordinal: ordinal) }
    return BaselineFit(
      span: period(design.ordinals[0])...period(design.ordinals[rows - 1]), periods: rows,
      downWeighted: (0..<rows).filter { abs(pass.residuals[$0]) >= 2.5 }.map { period(design.ordinals[$0]) },
      model: design.model, dispersion: dispersion, means: means, counts: counts, logVariances: variances,
      correlation: pass.sharedCorrelation(design, rows: rows, scale: design.weightScale(tested: tested.ordinal)))
  }

  private func value(_ column: Int, _ base: Int, _ tested: Int) -> Double {
    design.elements[base + column] - (column == 1 && design.terms.trend ? design.years(tested) : 0)
  }
}
