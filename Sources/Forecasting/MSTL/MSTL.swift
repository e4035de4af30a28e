import NumericCore
import TimeSeries

/// Decomposition by loess (``STL``) with exponential smoothing of the seasonally adjusted series, and the last cycle of
/// the season repeated: MSTL (Bandara, Hyndman & Bergmeir 2021, "MSTL: a seasonal-trend decomposition algorithm for time
/// series with multiple seasonal patterns", arXiv 2107.13462) with the one season that a frequency here has.
///
/// The adjusted series gets ETS(A,N,N) or ETS(A,Ad,N), whichever has the lower AICc: a trend that is not damped runs
/// away over many steps (Gardner & McKenzie 1985, Management Science 31, 1237-1246), the more so where the season that
/// would have shown it to be one is taken out. Where there is no season to take out (yearly data, no more than two
/// cycles observed) that is all there is.
///
///     let model = try MSTL().fit(series)
///     let seasons = zip(model.fitted, model.withoutSeason).map { $0 - $1 }
///
/// Cost: one decomposition, and a search for the parameters of two models without a season.
public struct MSTL: Forecaster {
  /// `mstl`.
  public let name = ModelName.mstl.rawValue

  /// The models of the adjusted series.
  static let forms = [
    ETSForm(error: .additive, trend: .none, season: .none), ETSForm(error: .additive, trend: .damped, season: .none),
  ]

  /// The method; it has no settings.
  public init() {}

  /// Fits the model to a series of at least seven observations.
  ///
  /// - Throws: ``FitFailure`` where there are fewer, the squares of the values are too large for a double, or no smoothing
  ///   fits.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 7, method: "exponential smoothing")
    let m = series.start.frequency.seasonLength
    var adjusted = stretch.values.map { $0 / stretch.scale }
    var season: [Double] = []
    if m > 1, stretch.observed > 2 * m, stretch.hasEverySeasonTwice(m) {
      season = STL(period: m).decompose(adjusted).seasonal
      for t in adjusted.indices { adjusted[t] -= season[t] }
    }
    // About 0 the sums of the smoothing keep their digits; additive models move with their data.
    let centre = adjusted.reduce(0) { $1.isNaN ? $0 : $0 + $1 / Double(stretch.observed) }
    for t in adjusted.indices { adjusted[t] -= centre }
    guard let estimate = ETSEstimator(values: adjusted, m: 1).select(among: MSTL.forms) else {
      throw FitFailure("no exponential-smoothing model fits it")
    }
    return MSTLModel(series, stretch, season: season, centre: centre, adjusted: adjusted, estimate)
  }
}
