import NumericCore
import TimeSeries

/// Seasonal ARIMA with the orders chosen by corrected AIC, as R's `forecast::auto.arima` chooses them: differences by tests
/// (``DifferencingTests``), polynomials by a stepwise search (``ARIMASearch``), estimates by the exact likelihood of what was
/// observed (``ARMALikelihood``).
///
///     let model = try AutoARIMA().fit(series)
///     model.name  // ARIMA(1,0,2)(0,1,1)[12] with drift
///
/// Source: Hyndman & Khandakar 2008, "Automatic time series forecasting: the forecast package for R", Journal of Statistical
/// Software 27(3). Cost: some twenty models, a few passes over the history each.
public struct AutoARIMA: Forecaster {
  /// `auto-arima`.
  public let name = ModelName.autoARIMA.rawValue

  /// AICc by which a model may lie behind the best for its neighbours to be looked at as well.
  let breadth: Double

  /// The method.
  ///
  /// - Parameter breadth: how far behind the best, in AICc, a model may lie for the search to go on from it; 0 goes on from the
  ///   best alone, as R does, in two thirds of the time.
  public init(breadth: Double = 1) { self.breadth = breadth }

  /// Missing periods that are bridged at most: of a series with more only the latest part is used, from where they are so many.
  static let mostMissing = 120
  /// Seasons up to this many periods are modelled, longer than 24 by one seasonal coefficient a polynomial.
  static let longestSeason = 60

  /// Fits a model to a series of at least seven observations.
  ///
  /// - Throws: ``FitFailure`` where there are fewer, or the squares of the values are too large for a double.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 7, method: "an ARIMA model")
    let used = AutoARIMA.firstUsed(stretch.values)
    let values = stretch.values[used...].map { $0 / stretch.scale }
    let missing = values.indices.filter { values[$0].isNaN }
    let observed = values.count - missing.count
    let bridged = ObservedStretch.bridged(values)
    let length = series.start.frequency.seasonLength
    let isSeasonal =
      length > 1 && length <= AutoARIMA.longestSeason && values.count > 2 * length
      && AutoARIMA.hasEverySeasonTwice(values, length)
    let m = isSeasonal ? length : 1
    var differences = (plain: 0, seasonal: 0)
    if isSeasonal, !DifferencingTests.isConstant(bridged), DifferencingTests.takesSeasonalDifference(values, m: m) {
      differences.seasonal = 1
    }
    let seasonal = ARIMAOrder(arma: ARMAOrder(season: m), seasonalDifferences: differences.seasonal)
    differences.plain = DifferencingTests.differences(
      DifferencedSeries.differences(values, seasonal.differencing))

    // Degrees: R's limits.
    var limits = ARMAOrder(season: m)
    limits.ar = min(5, observed / 3)
    limits.ma = limits.ar
    if m > 1 {
      limits.ar = min(limits.ar, m - 1)
      limits.ma = limits.ar
      limits.seasonalAR = min(m > 24 ? 1 : 2, observed / 3 / m)
      limits.seasonalMA = limits.seasonalAR
    }
    let estimator = ARIMAEstimator(bridged, missing: missing, differences: differences, greatest: limits)
    let constantIsAllowed = differences.plain + differences.seasonal <= 1
    let none = estimator.order(ARMAOrder(season: m), constant: constantIsAllowed)
    var estimate: ARIMAEstimator.Estimate?
    // Differences that are all the same leave nothing to estimate.
    if !AutoARIMA.isConstant(DifferencedSeries.differences(values, none.differencing)) {
      estimate = ARIMASearch(estimator, limits: limits, constantIsAllowed: constantIsAllowed, breadth: breadth).run()
    }
    let order = estimate?.order ?? none
    let coefficients = estimate.map { ARIMAEstimator.coefficients($0.order.arma, $0.variables) } ?? []
    let run = ARIMARun(DifferencedSeries(bridged, missing: missing, order), bridged, coefficients)
    let unit = 2 * Double(run.series.observed) * logarithm(stretch.scale)
    return ARIMAModel(
      series, stretch, from: used, run, coefficients: coefficients, aicc: (estimate?.aicc ?? .nan) + unit)
  }

  /// The first period used: an observed one, with no more than ``mostMissing`` missing after it.
  private static func firstUsed(_ values: [Double]) -> Int {
    var missing = 0
    for t in values.indices.reversed() where values[t].isNaN {
      missing += 1
      if missing > mostMissing { return values[t...].firstIndex { !$0.isNaN } ?? t }
    }
    return 0
  }

  private static func hasEverySeasonTwice(_ values: [Double], _ m: Int) -> Bool {
    var counts = [Int](repeating: 0, count: m)
    for (t, value) in values.enumerated() where !value.isNaN { counts[t % m] += 1 }
    return !counts.contains { $0 < 2 }
  }

  /// Whether what is observed of some differences, of values about 1, is all the same.
  private static func isConstant(_ differences: [Double]) -> Bool {
    let seen = differences.filter { !$0.isNaN }
    guard let low = seen.min(), let high = seen.max() else { return true }
    return high - low <= 1e-12 || DifferencingTests.isConstant(seen)
  }
}
