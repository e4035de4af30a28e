import TimeSeries

/// What a fitted model takes the history of a series apart into: one value a period each, on the scale of the data.
///
/// Where the model expects anything, level + season is what it expected of the period before it was seen; whether the season
/// is a factor or a term in the model, here it is what it adds.
public struct SeriesComponents: Sendable, Equatable {
  /// Expected without the season; NaN where there is no expectation.
  public let level: [Double]
  /// By how much the level differs from that of the period before; NaN where there is none.
  public let trend: [Double]
  /// What the season adds (for counts with that of the days in the month); 0 for a model without one.
  public let season: [Double]
  /// What interventions added to the value recorded, compared with the history the model saw: 0 without any, NaN within
  /// a window that was left out.
  public let intervention: [Double]

  /// Names with their values, in the order above.
  public var named: [(name: String, values: [Double])] {
    [("level", level), ("trend", trend), ("season", season), ("intervention", intervention)]
  }

  /// Of a model of a series that was recorded as `recorded` and seen by the model as `adjusted`.
  init(_ model: any FittedModel, recorded: Series, adjusted: Series) {
    let (fitted, level) = (model.fitted, model.withoutSeason)
    self.level = level
    trend = level.indices.map { $0 > 0 ? level[$0] - level[$0 - 1] : .nan }
    season = zip(fitted, level).map { $0 - $1 }
    intervention = zip(recorded.values, adjusted.values).map { seen, used in
      seen == used || (seen.isNaN && used.isNaN) ? 0 : seen - used
    }
  }
}
