import NumericCore
import TestSupport
import TimeSeries
import Testing

@testable import ExceptionDetection

struct BaselineFitTests {
  private func design(_ series: Series, _ settings: BaselineSettings = .init()) throws -> BaselineDesign {
    let history = BaselineHistory(series, interventions: [], through: series.end)
    let terms = try history.terms(tested: series.end, interventions: [], settings: settings).get()
    let calendar = BaselineCalendar(
      frequency: series.end.frequency, ordinals: series.start.ordinal...series.end.ordinal, settings: settings)
    return BaselineDesign(history: history, calendar: calendar, terms: terms, settings: settings)
  }

  /// One pass is one scoring step of ``CountRegression``, which is tested against R: at its solution the step is nothing
  /// and the covariances are the same, also when the rows are added up in parts.
  @Test func aPassAgreesWithTheGeneralRegression() throws {
    let series = ExceptionDetectorTests.simulated("pass", level: 25, seed: 3)
    let design = try design(series)
    let rows = 79
    let p = design.columns
    let origin = design.years(series.end.ordinal)
    let scale = design.weightScale(tested: series.end.ordinal)
    let level = design.levelPrior(rows: rows, scale: scale)
    let columns = (0..<p).map { j in
      (0..<rows).map { design.elements[j * design.stride + $0] - (j == 1 ? origin : 0) }
    }
    let weights = design.growth[..<rows].map { $0 * scale }
    let priors = design.priorPrecisions.enumerated().map {
      CountRegression.Prior(mean: $0 == 0 ? level : design.priorMeans[$0], precision: $1)
    }
    let fit = try CountRegression(size: .fixed(12), priors: priors).fit(
      Matrix(columns: columns), counts: Array(design.counts[..<rows]), offset: Array(design.offsets[..<rows]),
      weights: weights)
    var pass = BaselinePass(design)
    pass.measure(
      design, rows: rows, origin: origin, coefficients: fit.coefficients, inverseSize: 1.0 / 12, robust: false)
    var sums = BaselineSums(design)
    pass.add(design, 0..<33, known: rows, to: &sums, squares: true)
    pass.add(design, 33..<rows, known: rows, to: &sums, squares: true)
    sums.shiftTrend(by: origin)
    var step = BaselineStep(order: p)
    let solved = step.solve(
      sums, scale: scale, coefficients: fit.coefficients, priorMeans: design.priorMeans,
      priorPrecisions: design.priorPrecisions, level: level)
    #expect(solved)
    #expect(step.step.allSatisfy { abs($0) < 1e-8 } && step.decrement < 1e-13)
    let sampling = samplingCovariance(fit, columns, weights, size: 12, design.priorPrecisions)
    let row = (0..<p).map { 1 / Double($0 + 1) }
    var spread = [Double](repeating: 0, count: 2 * p)
    step.spread(of: 1, row + row, sums, priorPrecisions: design.priorPrecisions, into: &spread)
    var variance = 0.0
    for j in row.indices {
      for k in row.indices {
        let exact = fit.covariance[j, k]
        #expect(abs(step.covariance[j * p + k] - exact) < 1e-9 * (1 + abs(exact)))
        variance += row[j] * row[k] * sampling[j][k]
      }
    }
    let form = zip(row, spread[p...]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(form / variance - 1) < 1e-8)
    let leverage = zip(fit.leverages, weights).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(step.weightedLeverage(sums) / leverage - 1) < 1e-8)
  }

  /// Covariance of the coefficients as estimators, where prior weights only say how much a row is listened to and the
  /// variance of each count is the model's own: C (sum_i w_i² mean_i / (1 + mean_i / size) x_i x_i' + P) C.
  private func samplingCovariance(
    _ fit: CountRegressionFit, _ columns: [[Double]], _ weights: [Double], size: Double, _ precisions: [Double]
  ) -> [[Double]] {
    let order = columns.indices
    let middle = order.map { j in
      order.map { k in
        fit.fitted.indices.reduce(j == k ? precisions[j] : 0) { sum, i in
          let mean = fit.fitted[i]
          return sum + weights[i] * weights[i] * mean / (1 + mean / size) * columns[j][i] * columns[k][i]
        }
      }
    }
    return order.map { j in
      order.map { k in
        order.reduce(0) { sum, a in
          order.reduce(sum) { $0 + fit.covariance[j, a] * middle[a][$1] * fit.covariance[$1, k] }
        }
      }
    }
  }

  /// The residual that tells outliers is Anscombe's for the Poisson, and near it for a negative binomial.
  @Test func outlierResidualsAreAnscombes() {
    for mean in [0.4, 3, 50] {
      for count in [0, (mean / 3).rounded(), (2 * mean).rounded(.up), (5 * mean).rounded(.up)] {
        let poisson = anscombeResidual(count: count, mean: mean, size: .infinity)
        #expect(abs(outlierResidual(count: count, mean: mean, spread: 1) - poisson) < 1e-12 * (1 + abs(poisson)))
        let exact = anscombeResidual(count: count, mean: mean, size: 4)
        let near = outlierResidual(count: count, mean: mean, spread: 1 + mean / 4)
        // Further out both count for next to nothing.
        if abs(exact) < 3 { #expect(abs(near - exact) < 0.15 * abs(exact) + 0.05, "\(count) \(mean) \(near) \(exact)") }
      }
    }
  }

  /// The fit of a season's later periods is one step from its first; full rounds at the period itself agree.
  @Test func oneStepFromTheSeasonsFirstFitIsNearAFullFit() throws {
    var difference = 0.0
    for index in 0..<8 {
      let series = ExceptionDetectorTests.simulated("step \(index)", level: 40, seed: 12)
      var settings = BaselineSettings()
      let one = BaselineFitter(try design(series, settings), settings: settings)
      settings.longStep = -1
      settings.warmRounds = 30
      let full = BaselineFitter(try design(series, settings), settings: settings)
      let a = try one.fit(tested: series.end).get()
      let b = try full.fit(tested: series.end).get()
      let deviation = b.logVariance.squareRoot()
      difference += abs(logarithm(a.means[0] / b.means[0])) / deviation / 8
      #expect(abs(a.logVariance / b.logVariance - 1) < 0.25)
    }
    // In standard errors of the expectation.
    #expect(difference < 0.35, "\(difference)")
  }

  @Test func recoversLevelAndDispersionOfSimulatedCounts() throws {
    let settings = BaselineSettings()
    var level = 0.0
    var excess = 0.0
    for index in 0..<60 {
      let series = ExceptionDetectorTests.simulated("fit \(index)", months: 140, level: 30, seed: 8)
      let fitter = BaselineFitter(try design(series), settings: settings)
      let fit = try fitter.fit(tested: series.end).get()
      let t = 139.0
      let days = Double(series.end.days) / 30.4
      level += logarithm(fit.means[0] / (30 * days * exponential(0.2 * cosine(2 * .pi * t / 12) + 0.02 * t / 12)))
      excess += fit.dispersion.excess
    }
    #expect(abs(level / 60) < 0.03, "\(level / 60)")
    #expect(abs(excess / 60 - 0.6) < 0.15, "\(excess / 60)")
  }

  @Test func aLockdownOfSeveralMonthsIsDownWeightedAsARun() throws {
    // Each month is only a little low; nine in a row are not.
    let base = ExceptionDetectorTests.simulated("run", level: 60, seed: 9)
    let values = base.values.enumerated().map { (50..<59).contains($0) ? ($1 * 0.72).rounded() : $1 }
    let settings = BaselineSettings()
    let clean = BaselineFitter(try design(base), settings: settings)
    let dipped = BaselineFitter(try design(base.replacing(values: values)), settings: settings)
    let before = try clean.fit(tested: base.end).get()
    let after = try dipped.fit(tested: base.end).get()
    #expect(abs(after.means[0] / before.means[0] - 1) < 0.05, "\(after.means[0]) \(before.means[0])")
    #expect(after.correlation < 0.25)
  }

  @Test func aFitDoesNotDependOnThoseMadeBefore() throws {
    let series = ExceptionDetectorTests.simulated("order", level: 12, seed: 4)
    let one = BaselineFitter(try design(series), settings: BaselineSettings())
    let other = BaselineFitter(try design(series), settings: BaselineSettings())
    for back in [20, 3, 11] { _ = one.fit(tested: series.end - back) }
    let a = try one.fit(tested: series.end).get()
    let b = try other.fit(tested: series.end).get()
    #expect(a.means == b.means && a.correlation == b.correlation)
    for row in 0..<6 {
      for column in 0...row { #expect(a.covariance[row, column] == b.covariance[row, column]) }
    }
  }

  @Test func theCorrelationOfADriftingLevelIsSeen() throws {
    var drifting = 0.0
    var steady = 0.0
    for index in 0..<20 {
      let base = ExceptionDetectorTests.simulated("drift \(index)", months: 140, level: 60, seed: 21)
      var random = RandomSource(seed: 22, stream: "\(index)")
      var level = 0.0
      let values = base.values.map { value in
        level = 0.8 * level + 0.1 * random.normal()
        return (value * exponential(level)).rounded()
      }
      let a = BaselineFitter(try design(base), settings: BaselineSettings())
      let b = BaselineFitter(try design(base.replacing(values: values)), settings: BaselineSettings())
      steady += try a.fit(tested: base.end).get().correlation / 20
      drifting += try b.fit(tested: base.end).get().correlation / 20
    }
    #expect(steady < 0.06 && drifting > 0.15, "\(steady) \(drifting)")
  }

  @Test func aLockdownIsNoDrift() throws {
    var steady = 0.0
    var dipped = 0.0
    for index in 0..<20 {
      let base = ExceptionDetectorTests.simulated("lockdown \(index)", months: 140, level: 60, seed: 23)
      let values = base.values.enumerated().map { i, value in
        (60..<63).contains(i) ? (value * 0.45).rounded() : (63..<72).contains(i) ? (value * 0.75).rounded() : value
      }
      let a = BaselineFitter(try design(base), settings: BaselineSettings())
      let b = BaselineFitter(try design(base.replacing(values: values)), settings: BaselineSettings())
      steady += try a.fit(tested: base.end).get().correlation / 20
      dipped += try b.fit(tested: base.end).get().correlation / 20
    }
    #expect(steady < 0.06 && dipped < 0.06, "\(steady) \(dipped)")
  }

  /// The same from its definition, one product after the other.
  @Test func theSharedCorrelationLeavesOutTheBestYear() throws {
    let base = ExceptionDetectorTests.simulated("best year", months: 100, level: 60, seed: 24)
    let values = base.values.enumerated().map { (40..<49).contains($0) ? ($1 * 0.7).rounded() : $1 }
    let design = try design(base.replacing(values: values))
    let rows = 94
    let coefficients = [logarithm(60)] + [Double](repeating: 0, count: design.columns - 1)
    var pass = BaselinePass(design)
    pass.measure(design, rows: rows, origin: 0, coefficients: coefficients, inverseSize: 0, robust: false)
    var sums = BaselineSums(design)
    pass.add(design, 0..<50, known: rows, to: &sums, squares: true)
    pass.add(design, 50..<rows, known: rows, to: &sums, squares: true)
    let z = pass.residuals
    let w = design.growth
    func mean(_ leftOut: Range<Int>) -> (sum: Double, value: Double) {
      var sum = 0.0
      var weight = 0.0
      for i in 3..<rows where !leftOut.contains(i) {
        for lag in 1...3 {
          sum += w[i] * z[i] * z[i - lag]
          weight += w[i]
        }
      }
      return (sum, sum / weight)
    }
    let best = (0..<32).map { mean(3 * $0..<3 * $0 + 12) }.min { $0.sum < $1.sum }
    let square = zip(w, z).prefix(rows).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / w[..<rows].reduce(0, +)
    let weight = w[..<rows].reduce(0, +)
    let variance = w[..<rows].reduce(0) { $0 + $1 * $1 } / (3 * weight * weight)
    let drawn = try #require(best).value / square + variance.squareRoot()
    let expected = min(0.9, max(0, drawn) * max(0, 1 - variance / (drawn * drawn)))
    #expect(abs(sums.sharedCorrelation - expected) < 1e-12 && expected > 0, "\(sums.sharedCorrelation) \(expected)")
  }
}
