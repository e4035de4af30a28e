import TimeSeries

/// Complex exponential smoothing, its season chosen by corrected AIC among none, simple, partial and full
/// (``CESForm``); a season needs two full cycles observed.
///
/// A level and what of the past is not in it yet are smoothed together, so that one model is a level, a trend or anything
/// between without a choice among them. Starting states, likelihood and criterion are those of statsforecast's `AutoCES`
/// and of R's `smooth::ces`; forecasts may grow by no more than ``CESDomain/yearly`` a year, the
/// season is drawn towards none as theta's is, and missing periods are stepped over without an error.
///
///     let model = try CES().fit(series)
///     model.name  // CES(P), or whichever was chosen
///
/// Source: Svetunkov, Kourentzes & Ord 2022, "Complex exponential smoothing", Naval Research Logistics 69, 1108-1123. Cost:
/// some 20 runs through the history a form, three passes each.
public struct CES: Forecaster {
  /// `ces`.
  public let name = ModelName.ces.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Fits every form to a series of at least seven observations and takes the best.
  ///
  /// - Throws: ``FitFailure`` where there are fewer, the squares of the values are too large for a double, or no form fits.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 7, method: "complex exponential smoothing")
    let frequency = series.start.frequency
    let m = frequency.seasonLength
    let seasonal = m > 1 && stretch.observed >= 2 * m && stretch.hasEverySeasonTwice(m)
    let estimator = CESEstimator(values: stretch.values.map { $0 / stretch.scale }, m: seasonal ? m : 1)
    let best = estimator.select { .growth($0, cycle: m, periodsPerYear: frequency.periodsPerYear) }
    guard let best else { throw FitFailure("no form of complex exponential smoothing fits it") }
    return CESModel(series, stretch, estimator.track(best), criterion: best.criterion, aicc: best.aicc)
  }
}
