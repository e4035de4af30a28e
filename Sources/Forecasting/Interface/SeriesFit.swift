import TimeSeries

/// A model of one series, and how it was come by.
public struct SeriesFit: Sendable {
  /// The model.
  public var model: any FittedModel
  /// Why the method asked for is not what was fitted, in words that follow "because"; nil if it is.
  public var fallbackReason: String?
  /// Why this model was chosen, in a few words, where the method chooses.
  public var choice: String?

  /// A model that was fitted elsewhere.
  public init(_ model: any FittedModel, fallbackReason: String? = nil, choice: String? = nil) {
    self.model = model
    self.fallbackReason = fallbackReason
    self.choice = choice
  }

  /// Fits a method to a series alone; where it cannot be fitted the average of what was observed stands in, and where
  /// nothing was observed a model whose every forecast is NaN.
  public init(_ forecaster: any Forecaster, to series: Series, fallbackReason: String? = nil, choice: String? = nil) {
    guard series.values.contains(where: \.isFinite) else {
      self.init(NoDataModel(series), fallbackReason: "it has no observation")
      return
    }
    do {
      self.init(try forecaster.fit(series), fallbackReason: fallbackReason, choice: choice)
    } catch {
      self.init(
        (try? HistoricAverage().fit(series)) ?? NoDataModel(series),
        fallbackReason: fallbackReason ?? error.description, choice: choice)
    }
  }
}
