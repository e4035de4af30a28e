import NumericCore
import TimeSeries

/// The past of a proportion fitted: what share is expected of the tested period, and how far shares scatter.
///
/// A logistic regression of the beta-binomial's mean and variance (quasi-likelihood; Williams 1982, Applied Statistics 31, 144-148, method
/// II) with the terms, priors, half-life and outlier weights of the baseline of counts. The intraclass correlation is set by moments: the squared
/// residuals add up to what their variances, less the fit's own share, make them expect.
struct ShareFit: Sendable {
  let span: ClosedRange<Period>
  let periods: Int
  let downWeighted: [Period]
  let model: String
  /// Expected log odds at the tested period, and their sampling variance.
  let logOdds: Double
  let logOddsVariance: Double
  /// Intraclass correlation; below 0 where shares scatter less than binomial ones.
  let correlation: Double
  /// Sums over the rows: trust, squared trust x (2 + 1 / binomial variance), and trust x (denominator - 1).
  private let freedom: Double
  private let squares: [(share: Double, reach: Double)]
  private let reach: Double

  /// - Parameters:
  ///   - rows: (ordinal, successes, trials > 0) of the past, rising; not empty.
  init?(
    rows: [(ordinal: Int, successes: Double, trials: Double)], terms: TermRows, tested: Period,
    settings: BaselineSettings
  ) {
    guard let first = rows.first, let last = rows.last else { return nil }
    let frequency = tested.frequency
    let halfLife = settings.figureHalfLifeYears * 365.2425 / nominalDays(frequency)
    let memory = rows.map { power(2, -Double(tested.ordinal - $0.ordinal) / halfLife) }
    let design = rows.map { terms($0.ordinal) }
    let trials = zip(rows, memory).reduce(0) { $0 + $1.0.trials * $1.1 }
    let successes = zip(rows, memory).reduce(0) { $0 + $1.0.successes * $1.1 }
    // Half a success and half a failure (Jeffreys), so that a share of 0 or 1 has finite log odds.
    let centre = (successes + 0.5) / (trials + 1)
    var precisions = terms.precisions
    precisions[0] = settings.interceptPrecision * centre * (1 - centre)
    // The prior's centre is the level itself: the regression is of log odds from there.
    let level = logarithm(centre / (1 - centre))
    var coefficients = [Double](repeating: 0, count: precisions.count)
    var correlation = 0.0
    var residuals = [Double](repeating: 0, count: rows.count)
    var trust = memory
    var spread: NormalEquations.Spread?
    var sums = (freedom: 0.0, reach: 0.0)
    for round in 0..<40 {
      var equations = NormalEquations(precisions: precisions)
      var means: [Double] = []
      for i in rows.indices {
        let p = share(level + zip(design[i], coefficients).reduce(0) { $0 + $1.0 * $1.1 })
        means.append(p)
        let variance = max(1e-12, p * (1 - p))
        let inflation = 1 + (rows[i].trials - 1) * max(0, correlation)
        equations.add(
          design[i], trust: trust[i], precision: rows[i].trials * variance / inflation,
          residual: (rows[i].successes / rows[i].trials - p) / variance)
      }
      guard let (step, latest) = try? equations.solve(coefficients) else { return nil }
      spread = latest
      // Residuals, correlation and trust at the coefficients the information belongs to.
      var excess = 0.0
      sums = (0, 0)
      // Without weights nothing is taken off the spread.
      let consistency = round > 2 ? singleOutlierConsistency : 1
      for i in rows.indices {
        let (n, p) = (rows[i].trials, means[i])
        let variance = max(1e-12, n * p * (1 - p))
        let inflation = 1 + (n - 1) * max(0, correlation)
        let error = rows[i].successes - n * p
        residuals[i] = error / (variance * inflation).squareRoot()
        let leverage = min(0.99, trust[i] * variance / inflation * latest.form(design[i]))
        sums.freedom += trust[i] * (1 - leverage)
        sums.reach += trust[i] * (1 - leverage) * (n - 1)
        excess += trust[i] * (error * error / variance / consistency - (1 - leverage))
      }
      let longest = step.reduce(0) { max($0, abs($1)) }
      let factor = longest > 1 ? 1 / longest : 1
      for j in step.indices { coefficients[j] += factor * step[j] }
      let next = sums.reach > 0 ? excess / sums.reach : 0
      let change = abs(max(0, next) - max(0, correlation)) * trials / Double(rows.count)
      correlation = next
      if round >= 2 { trust = zip(memory, residuals).map { $0 * outlierWeight($1) } }
      if round >= 4, longest < 1e-7, change < 1e-7 { break }
    }
    guard let spread, coefficients.allSatisfy(\.isFinite), correlation.isFinite else { return nil }
    let period = { (ordinal: Int) in Period(frequency: frequency, ordinal: ordinal) }
    span = period(first.ordinal)...period(last.ordinal)
    periods = rows.count
    downWeighted = rows.indices.filter { abs(residuals[$0]) >= 2.5 }.map { period(rows[$0].ordinal) }
    model = terms.model
    let row = terms(tested.ordinal)
    logOdds = level + zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    logOddsVariance = spread.variance(row)
    self.correlation = correlation
    freedom = sums.freedom
    reach = sums.reach
    squares = zip(rows, trust).map { ($1 * $1, $0.trials - 1) }
  }

  /// Sampling variance of ``correlation`` if the truth were `correlation`: each squared residual has variance 2 (1 + (n - 1) r)².
  func correlationVariance(ifTrue correlation: Double) -> Double {
    guard reach > 0 else { return .infinity }
    let sum = squares.reduce(0.0) { sum, row in
      let inflation = 1 + row.reach * max(0, correlation)
      return sum + row.share * 2 * inflation * inflation
    }
    return sum / (reach * reach)
  }
}

/// E[w z²] / E[w] of ``outlierWeight(_:)`` for standard normal z: what down-weighting takes off the spread of clean data (numeric
/// integration).
let singleOutlierConsistency = 0.910085

/// The share with these log odds.
func share(_ logOdds: Double) -> Double {
  logOdds >= 0 ? 1 / (1 + exponential(-logOdds)) : exponential(logOdds) / (1 + exponential(logOdds))
}

/// Draws estimates towards their mean by as much as their sampling errors warrant (normal-normal empirical Bayes, spread
/// between them by DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177-188). A pool of one, or of two, is left as it is.
///
/// - Parameter variance: sampling variance of an estimate if the truth were the value given: at one value for all, so that a low
///   estimate is not taken for a sure one.
/// - Returns: estimates with their variances.
func shrunk(_ estimates: [Double], variance: (Int, Double) -> Double) -> [(value: Double, variance: Double)] {
  let own = estimates.indices.map { (value: estimates[$0], variance: variance($0, estimates[$0])) }
  guard estimates.count >= 3 else { return own }
  let mean = { (variances: [Double]) -> (value: Double, weight: Double) in
    let weight = variances.reduce(0) { $0 + 1 / $1 }
    return (zip(estimates, variances).reduce(0) { $0 + $1.0 / $1.1 } / weight, weight)
  }
  let first = mean(estimates.indices.map { variance($0, 0) })
  guard first.weight > 0, first.value.isFinite else { return own }
  let variances = estimates.indices.map { variance($0, max(0, first.value)) }
  let centre = mean(variances)
  guard centre.weight > 0 else { return own }
  var heterogeneity = 0.0
  var squares = 0.0
  var informative = 0.0
  for (estimate, variance) in zip(estimates, variances) where variance.isFinite {
    heterogeneity += (estimate - centre.value) * (estimate - centre.value) / variance
    squares += 1 / (variance * variance)
    informative += 1
  }
  let scale = centre.weight - squares / centre.weight
  let between = scale > 0 ? max(0, (heterogeneity - (informative - 1)) / scale) : 0
  return zip(estimates, variances).map { estimate, variance in
    guard between > 0 else { return (centre.value, 1 / centre.weight) }
    let total = 1 / variance + 1 / between
    return ((estimate / variance + centre.value / between) / total, 1 / total)
  }
}
