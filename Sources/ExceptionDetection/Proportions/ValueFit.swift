import NumericCore
import TimeSeries

/// The past of a value with a unit fitted, and what is expected of the tested period: a linear regression with the terms, half-life and
/// outlier weights of the baseline of counts, whose residuals are taken for normal.
///
/// The prediction is Student's t: what an XmR chart asks of a point (how far from the level, in scatters), with season and trend taken out and
/// the uncertainty of level and scatter allowed for. Deviations of the priors are multiples of the values' own scatter, ten times
/// those of log odds: a trend of one scatter a year and a season of three are ordinary.
struct ValueFit: Sendable {
  let span: ClosedRange<Period>
  let periods: Int
  let downWeighted: [Period]
  let model: String
  /// Expected value.
  let mean: Double
  /// Standard deviation of the tested value around it.
  let deviation: Double
  let degreesOfFreedom: Double

  init?(
    rows: [(ordinal: Int, value: Double)], terms: BaselineTerms, tested: Period, settings: BaselineSettings
  ) {
    guard let first = rows.first, let last = rows.last else { return nil }
    let centre = median(rows.map(\.value))
    let scatter = max(
      1.4826 * median(rows.map { abs($0.value - centre) }), 1e-12 * max(1, abs(centre)))
    let design = TermRows(terms, tested: tested, settings: settings, unit: 10 * scatter)
    let halfLife = settings.figureHalfLifeYears * 365.2425 / nominalDays(tested.frequency)
    let memory = rows.map { power(2, -Double(tested.ordinal - $0.ordinal) / halfLife) }
    let matrix = rows.map { design($0.ordinal) }
    var trust = memory
    var coefficients = [Double](repeating: 0, count: design.precisions.count)
    var variance = scatter * scatter
    var residuals = [Double](repeating: 0, count: rows.count)
    var spread: NormalEquations.Spread?
    var freedom = 0.0
    for round in 0..<30 {
      var equations = NormalEquations(precisions: design.precisions)
      for i in rows.indices {
        let fit = zip(matrix[i], coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        equations.add(matrix[i], trust: trust[i], precision: 1 / variance, residual: rows[i].value - centre - fit)
      }
      guard let (step, latest) = try? equations.solve(coefficients) else { return nil }
      spread = latest
      for j in step.indices { coefficients[j] += step[j] }
      freedom = 0
      var squares = 0.0
      for i in rows.indices {
        let error = rows[i].value - centre - zip(matrix[i], coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        residuals[i] = error / variance.squareRoot()
        squares += trust[i] * error * error
        freedom += trust[i] * (1 - min(0.99, trust[i] / variance * latest.form(matrix[i])))
      }
      guard freedom > 0 else { return nil }
      let next = max(squares / freedom, 1e-24 * max(1, centre * centre))
      let change = abs(next - variance) / variance
      variance = next
      if round >= 1 { trust = zip(memory, residuals).map { $0 * outlierWeight($1) } }
      if round >= 3, change < 1e-8 { break }
    }
    guard let spread, coefficients.allSatisfy(\.isFinite), variance.isFinite else { return nil }
    let row = design(tested.ordinal)
    let period = { (ordinal: Int) in Period(frequency: tested.frequency, ordinal: ordinal) }
    span = period(first.ordinal)...period(last.ordinal)
    periods = rows.count
    downWeighted = rows.indices.filter { abs(residuals[$0]) >= 2.5 }.map { period(rows[$0].ordinal) }
    model = design.model
    mean = centre + zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    deviation = (variance / singleOutlierConsistency + spread.variance(row)).squareRoot()
    let weight = trust.reduce(0, +)
    let squaredWeight = trust.reduce(0) { $0 + $1 * $1 }
    // Rows of unequal trust count as fewer: freedom by Satterthwaite (1946).
    degreesOfFreedom = max(1, freedom * weight / max(squaredWeight, 1e-300))
  }

  /// P(X <= x) and P(X >= x).
  func tails(_ x: Double) -> (lower: Double, upper: Double) {
    StudentT.tails((x - mean) / deviation, degreesOfFreedom: degreesOfFreedom)
  }

  /// The value with P(X <= x) = p.
  func quantile(_ p: Double) -> Double { mean + deviation * StudentT.quantile(p, degreesOfFreedom: degreesOfFreedom) }
}
