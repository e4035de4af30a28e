import NumericCore
import TimeSeries

/// Fits the baselines of one series, one period after another.
///
/// A robust fit to convergence is made once a season, at its first period (the anchor). The fits of the season's other
/// periods are one scoring step from it, with the rows known by then and the weights that the anchor gives them (a one-step estimator; Bickel 1975,
/// JASA 70, 428-434): only the rows that have come since are added up, whatever the length of the
/// history. Where that step is long, because a new level has set in, it is followed by steps over all rows. A fit depends
/// on the rows known at its period and on nothing else: not on which periods are judged, or in which order.
///
/// A class, because moved about it would cost as much as a fit.
final class BaselineFitter {
  let design: BaselineDesign
  let settings: BaselineSettings
  private var anchor: Anchor?
  private var step: BaselineStep
  /// Buffers for the fits that take more than one step.
  private var pass: BaselinePass

  private struct State {
    var coefficients: [Double]
    /// Of the priors.
    var precisions: [Double]
    /// 1 / size, and its estimate before it is held at 0 or above.
    var inverseSize = 0.0
    var estimate = 0.0
    var freedom = 0.0
  }

  /// The fit of a season's first period, and what its rows add up to.
  private struct Anchor {
    let ordinal: Int
    let state: State
    /// The rows of the whole season, measured at the state.
    var pass: BaselinePass
    /// Rows that are in `sums`: all but the last two known by the season's start, then as many as were asked for.
    var rows: Int
    var sums: BaselineSums
    let start: (rows: Int, sums: BaselineSums)

    /// The sums of the first `known` rows. The last two of them have no run around them yet, and are added to a copy.
    mutating func summed(_ design: BaselineDesign, known: Int) -> BaselineSums {
      let settled = max(0, known - 2)
      if settled < rows { (rows, sums) = start }
      if settled > rows {
        pass.add(design, rows..<settled, known: known, to: &sums, squares: true)
        rows = settled
      }
      var all = sums
      pass.add(design, settled..<known, known: known, to: &all, squares: true)
      return all
    }
  }

  init(_ design: BaselineDesign, settings: BaselineSettings) {
    self.design = design
    self.settings = settings
    pass = BaselinePass(design)
    step = BaselineStep(order: design.columns)
  }

  /// Fits the baseline with past outliers down-weighted on both sides.
  ///
  /// Scoring steps for the coefficients alternate with steps for the size (Pearson) and with the weights, so that neither
  /// a lockdown nor an old outbreak sets the level or the spread. Weights follow Noufaily et al. (2013), Statistics in
  /// Medicine 32, 1206-1222, section 3.3 (Anscombe residuals, down-weighting only what is far out), here on both sides
  /// and without a jump (``outlierWeight(_:)``), and for the mean of five neighbours as well.
  func fit(tested: Period) -> Result<BaselineFit, NotTested> {
    let first = tested.ordinal - tested.seasonIndex
    if anchor?.ordinal != first {
      anchor = nil
      if rows(first) >= settings.minimumPeriods, let state = converge(at: first, from: nil) {
        anchor = makeAnchor(first, state)
      }
    }
    let fit = anchor == nil ? fitAlone(tested, from: nil) : fitFromAnchor(tested)
    return fit.map { .success($0) } ?? .failure(NotTested("its baseline could not be fitted"))
  }

  private func rows(_ tested: Int) -> Int {
    design.rows(through: tested - settings.guardPeriods(design.frequency) - 1)
  }

  private func makeAnchor(_ ordinal: Int, _ state: State) -> Anchor {
    let settled = max(0, rows(ordinal) - 2)
    var pass = self.pass
    pass.measure(
      design, rows: rows(ordinal + design.frequency.seasonLength), origin: design.years(ordinal),
      coefficients: state.coefficients, inverseSize: state.inverseSize, robust: true)
    var sums = BaselineSums(design)
    pass.add(design, 0..<settled, known: rows(ordinal), to: &sums, squares: true)
    return Anchor(
      ordinal: ordinal, state: state, pass: pass, rows: settled, sums: sums, start: (settled, sums))
  }

  /// One step from the anchor of the season.
  private func fitFromAnchor(_ tested: Period) -> BaselineFit? {
    let rows = rows(tested.ordinal)
    // In place: an anchor is large.
    guard var sums = anchor?.summed(design, known: rows), var state = anchor?.state, let ordinal = anchor?.ordinal
    else {
      return nil
    }
    let origin = design.years(ordinal)
    if design.terms.trend { sums.shiftTrend(by: origin) }
    let scale = design.weightScale(tested: tested.ordinal)
    guard move(&state, sums, scale: scale, level: design.levelPrior(rows: rows, scale: scale)) else { return nil }
    if step.decrement > settings.longStep {
      if design.terms.trend { state.coefficients[0] += state.coefficients[1] * (design.years(tested.ordinal) - origin) }
      return fitAlone(tested, from: state)
    }
    return summary(tested, state, sums, residuals: anchor?.pass.residuals ?? [], origin: origin)
  }

  /// Steps over all rows, from a state or from nothing.
  private func fitAlone(_ tested: Period, from start: State?) -> BaselineFit? {
    guard let state = converge(at: tested.ordinal, from: start) else { return nil }
    let rows = rows(tested.ordinal)
    let scale = design.weightScale(tested: tested.ordinal)
    let origin = design.years(tested.ordinal)
    pass.measure(
      design, rows: rows, origin: origin, coefficients: state.coefficients, inverseSize: state.inverseSize,
      robust: true)
    var sums = BaselineSums(design)
    pass.add(design, 0..<rows, known: rows, to: &sums, squares: true)
    if design.terms.trend { sums.shiftTrend(by: origin) }
    var settled = state
    guard move(&settled, sums, scale: scale, level: design.levelPrior(rows: rows, scale: scale)) else { return nil }
    return summary(tested, settled, sums, residuals: pass.residuals, origin: origin)
  }

  /// Moves coefficients and size by one step; false if there is none.
  ///
  /// - Parameter leverage: sum of weight x leverage over the sum of weights where it is not to be worked out.
  private func move(
    _ state: inout State, _ sums: BaselineSums, scale: Double, level: Double, leverage: Double? = nil
  ) -> Bool {
    guard
      step.solve(
        sums, scale: scale, coefficients: state.coefficients, priorMeans: design.priorMeans,
        priorPrecisions: state.precisions, level: level)
    else { return false }
    // No coefficient moves by more than a factor of e at once.
    let longest = step.step.reduce(0) { max($0, abs($1)) }
    let factor = longest > 1 ? 1 / longest : 1
    for j in state.coefficients.indices { state.coefficients[j] += factor * step.step[j] }
    state.freedom =
      leverage.map { scale * sums.weight * (1 - $0) } ?? (scale * sums.weight - step.weightedLeverage(sums))
    let target = max(1e-9, state.freedom * outlierWeightConsistency)
    let pearson = scale * sums.pearson
    let change = sums.pearsonSlope > 0 ? (pearson / target - 1) * pearson / (scale * sums.pearsonSlope) : 0
    state.estimate = state.inverseSize + change
    return state.coefficients.allSatisfy(\.isFinite) && state.estimate.isFinite
  }

  private func converge(at tested: Int, from start: State?) -> State? {
    let rows = rows(tested)
    let scale = design.weightScale(tested: tested)
    let origin = design.years(tested)
    let level = design.levelPrior(rows: rows, scale: scale)
    var state =
      start
      ?? State(
        coefficients: [level] + [Double](repeating: 0, count: design.columns - 1), precisions: design.priorPrecisions)
    // Poisson first where nothing is known yet; then the robust rounds.
    var plain = start == nil ? 30 : 0
    var shrunk = false
    var leverage: Double?
    var sums = BaselineSums(design)
    for round in 0..<(plain + (start == nil ? settings.anchorRounds : settings.warmRounds)) {
      let robust = plain == 0
      pass.measure(
        design, rows: rows, origin: origin, coefficients: state.coefficients, inverseSize: state.inverseSize,
        robust: robust)
      sums.reset()
      pass.add(design, 0..<rows, known: rows, to: &sums, squares: robust && leverage == nil)
      if design.terms.trend { sums.shiftTrend(by: origin) }
      guard move(&state, sums, scale: scale, level: level, leverage: robust ? leverage : 0) else { return nil }
      // It hardly changes from round to round.
      if robust && leverage == nil { leverage = max(0, 1 - state.freedom / max(scale * sums.weight, 1e-300)) }
      let mean = sums.mean / max(sums.weight, 1e-300)
      if !robust {
        plain -= 1
        if step.decrement < 0.1 || plain == 0 {
          state.inverseSize = robustInverseSize(rows, mean)
          plain = 0
        }
        continue
      }
      let next = max(0, state.estimate)
      let change = abs(next - state.inverseSize) * mean / (1 + next * mean)
      state.inverseSize = next
      // One more step follows from wherever this ends.
      if step.decrement < settings.nearEnough && change < 0.02 && round >= 1 {
        if start == nil && !shrunk {
          shrunk = true
          shrink(&state)
          continue
        }
        break
      }
    }
    return state
  }

  /// Sets the precisions of trend and harmonics by their own evidence: MacKay's (1992) fixed point of the prior variance of
  /// each group, estimate² / (number - variance / prior variance), with a weak prior of its own.
  private func shrink(_ state: inout State) {
    let p = design.columns
    for group in design.groups {
      var square = settings.shrinkNumber * settings.shrinkDeviation * settings.shrinkDeviation
      var number = settings.shrinkNumber
      for j in group {
        square += state.coefficients[j] * state.coefficients[j]
        number += 1 - min(1, step.covariance[j * p + j] * state.precisions[j])
      }
      for j in group { state.precisions[j] = max(design.priorPrecisions[j], number / square) }
    }
  }

  /// A first 1 / size from the median squared residual, which a quarter of bad months does not move much.
  private func robustInverseSize(_ rows: Int, _ mean: Double) -> Double {
    let squares = pass.residuals[..<rows].map { $0 * $0 }.sorted()
    guard !squares.isEmpty, mean > 0 else { return 0 }
    // 0.4549 is the median of chi-squared with one degree of freedom.
    return max(0, (squares[squares.count / 2] / 0.4549 - 1) / mean)
  }

  private func summary(
    _ tested: Period, _ state: State, _ sums: BaselineSums, residuals: ArraySlice<Double>, origin: Double
  ) -> BaselineFit {
    let frequency = design.frequency
    let rows = rows(tested.ordinal)
    let scale = design.weightScale(tested: tested.ordinal)
    let share = sums.weight > 0 ? state.freedom / (scale * sums.weight) : 0
    let dispersion = DispersionEstimate(
      inverseSize: state.estimate, weight: state.freedom,
      squaredWeight: scale * scale * sums.squaredWeight * share * share,
      mean: sums.weight > 0 ? sums.mean / sums.weight : 0)
    var means = SIMD8<Double>.zero
    var counts = SIMD8<Double>.zero
    let windows = max(1, min(8, settings.windows(frequency)))
    let covariance = judgedPeriods(tested, windows, state, sums, origin: origin, means: &means, counts: &counts)
    let period = { (ordinal: Int) in Period(frequency: frequency, ordinal: ordinal) }
    let unusual = residuals.indices.prefix(rows).filter { abs(residuals[$0]) >= 2.5 }
    return BaselineFit(
      span: period(design.ordinals[0])...period(design.ordinals[rows - 1]), periods: rows,
      downWeighted: unusual.map { period(design.ordinals[$0]) },
      low: unusual.filter { residuals[$0] <= -2.5 }.map { period(design.ordinals[$0]) },
      model: design.model, dispersion: dispersion, means: means, counts: counts,
      logVariance: covariance[0, 0], covariance: covariance,
      correlation: sums.sharedCorrelation)
  }

  /// Finds what is expected of the tested period and those just before it, and what was observed: 0 of periods without a count.
  ///
  /// - Returns: the covariance of the logs of the expectations.
  private func judgedPeriods(
    _ tested: Period, _ windows: Int, _ state: State, _ sums: BaselineSums, origin: Double,
    means: inout SIMD8<Double>, counts: inout SIMD8<Double>
  ) -> BaselineFit.Covariance {
    let columns = design.columns
    let rows = rows(tested.ordinal)
    let (step, trend) = (step, design.terms.trend)
    let (elements, ordinals, offsets, observed) = (design.elements, design.ordinals, design.offsets, design.counts)
    let stride = design.stride
    let size = windows * columns
    var at = design.rows(through: tested.ordinal) - 1
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * size) { buffer in
      buffer.initialize(repeating: 0)
      // At least one window and one column: the buffer is not empty.
      guard let x = buffer.baseAddress else { return BaselineFit.Covariance(count: 0) { _, _ in 0 } }
      let spread = x + size
      for back in 0..<windows where at >= rows && ordinals[at] == tested.ordinal - back {
        var eta = offsets[at]
        for j in 0..<columns {
          let value = elements[j * stride + at] - (j == 1 && trend ? origin : 0)
          x[back * columns + j] = value
          eta += state.coefficients[j] * value
        }
        means[back] = exponential(min(eta, 300))
        counts[back] = observed[at]
        at -= 1
        step.spread(of: back, x, sums, priorPrecisions: state.precisions, into: spread)
      }
      return BaselineFit.Covariance(count: windows) { back, other in
        var sum = 0.0
        for j in 0..<columns { sum += spread[back * columns + j] * x[other * columns + j] }
        return sum
      }
    }
  }
}
