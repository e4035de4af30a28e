import TimeSeries

/// A forecasting method that learns from several series before it fits any.
///
/// What may learn from what is declared: the series of one measure form a pool (``SeriesPools``), a series without a
/// measure stands alone, and the forecast of a series must depend on nothing outside its pool. What a pool has in common is
/// best made of ``PoolStatistic`` values, so that it depends neither on the order of the series nor on threads.
public protocol PooledForecaster: Sendable {
  /// The method's name on the command line.
  var name: String { get }

  /// Learns what the series of each pool have in common.
  ///
  /// - Parameters:
  ///   - series: whole pools in any order; missing values are NaN.
  ///   - horizon: periods ahead that will be asked for.
  ///   - threads: worker threads; results must not depend on it.
  /// - Returns: the fit of each series, by its place in `series`; worked out when it is asked for, once each and from
  ///   several threads, so that the models of a large panel need not be held all at once.
  func learn(_ series: [Series], horizon: Int, threads: Int) async throws -> @Sendable (Int) -> SeriesFit
}
