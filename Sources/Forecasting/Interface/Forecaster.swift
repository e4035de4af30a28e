import NumericCore
import TimeSeries

/// A forecasting method. Fitting gives a value of another type, so that predicting before fitting does not compile.
///
/// A conformer looks at one series; one that learns from several is a ``PooledForecaster``. Either is run by the engine, with
/// its handling of interventions, fallbacks and draws, as a ``ForecastingMethod``:
///
///     struct LastValue: Forecaster {
///       let name = "last-value"
///       func fit(_ series: Series) throws(FitFailure) -> any FittedModel { ... }
///     }
///     let engine = ForecastEngine(method: .alone("the last value again") { LastValue() }, horizon: 12)
///
/// `Examples/` has such a method in full.
public protocol Forecaster: Sendable {
  /// The method's name on the command line.
  var name: String { get }

  /// Fits the method to one series (missing values are NaN).
  ///
  /// - Throws: ``FitFailure`` if this series cannot be fitted by this method; the caller names a fallback.
  func fit(_ series: Series) throws(FitFailure) -> any FittedModel
}

/// Why a method cannot be fitted to a series, in words that follow "because".
public struct FitFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason: "it has 7 observed months and the model needs 24".
  public let description: String
  /// A failure with this reason.
  public init(_ description: String) { self.description = description }
}

/// A method fitted to a series: everything needed to look ahead.
public protocol FittedModel: Sendable {
  /// The fitted model in the field's notation: `ETS(A,Ad,M)`, `counts`, ...
  var name: String { get }
  /// The series it was fitted to.
  var key: SeriesKey { get }
  /// One-step expectations over the history, one a period, NaN where there is none (the start, or no data yet).
  var fitted: [Double] { get }
  /// The same without the season, on the scale of the data; ``fitted`` itself for a model without one.
  var withoutSeason: [Double] { get }

  /// The predictive distribution of each of the next `horizon` periods; `levels` in per cent.
  func predict(horizon: Int, levels: [Double]) -> Forecast

  /// The same distributions in full, where they are known as probabilities of counts or shares; nil where they are not.
  func distributions(horizon: Int) -> [LatticeDistribution]?

  /// Joint draws of the next `horizon` periods.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths
}

extension FittedModel {
  /// As ``fitted``: for a model without a season.
  public var withoutSeason: [Double] { fitted }
  /// Not known.
  public func distributions(horizon: Int) -> [LatticeDistribution]? { nil }
}
