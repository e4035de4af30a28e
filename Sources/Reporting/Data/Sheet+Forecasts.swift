import Forecasting
import Tables
import TimeSeries

/// One future period of one series.
private struct ForecastStep {
  let id: String
  let period: String
  let forecast: Forecast
  /// Those of the levels asked for, in their order; nil where the forecast has none.
  let intervals: [PredictionInterval?]
  let step: Int
  /// Level of its node in a hierarchy, where forecasts are of one.
  var hierarchyLevel: String?
}

/// Makes the rows of one forecast after the other.
private struct ForecastRows {
  let levels: [Double]
  let style: PeriodStyle
  /// Most series of a run have the same periods ahead.
  private var periods: (start: Period, texts: [String])?

  init(levels: [Double], style: PeriodStyle) { (self.levels, self.style) = (levels, style) }

  mutating func each(
    _ key: SeriesKey, _ forecast: Forecast, _ level: String?, _ add: (ForecastStep) throws -> Void
  ) rethrows {
    if periods?.start != forecast.start || periods?.texts.count != forecast.horizon {
      periods = (forecast.start, (0..<forecast.horizon).map { style.format(forecast.start + $0) })
    }
    let (id, texts) = (key.uniqueID, periods?.texts ?? [])
    let intervals = levels.map { forecast.interval($0) }
    for step in 0..<forecast.horizon {
      try add(
        ForecastStep(
          id: id, period: texts[step], forecast: forecast, intervals: intervals, step: step, hierarchyLevel: level))
    }
  }
}

extension Table where Row == ForecastStep {
  fileprivate static func forecasts(levels: [Double], withHierarchy: Bool = false) -> Table {
    Table(
      "forecasts", title: "Forecasts",
      "One row a series and future period, in the order of the series. A series without data has blank numbers."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.id }
      Column("ds", .period, CommonColumns.period) { $0.period }
      Column("model", .text, "What made the forecast; a fallback is named like any other.") { $0.forecast.model }
      Column("mean", .number, unit: CommonColumns.measureUnit, "Mean of the predictive distribution.") {
        known($0.forecast.mean[$0.step])
      }
      Column("median", .number, unit: CommonColumns.measureUnit, "Its median.") { known($0.forecast.median[$0.step]) }
      for (index, level) in levels.enumerated() {
        Column(
          CommonColumns.bounds(level).lower, .number, unit: CommonColumns.measureUnit,
          "Lower end of the central \(plainNumber(level)) % interval."
        ) { $0.intervals[index]?.lower[$0.step] }
        Column(
          CommonColumns.bounds(level).upper, .number, unit: CommonColumns.measureUnit,
          "Upper end of the central \(plainNumber(level)) % interval."
        ) { $0.intervals[index]?.upper[$0.step] }
      }
      if withHierarchy {
        Column(
          "level", .text, "Level in the hierarchy, of the area and of the measure; blank of what is part of no total."
        ) {
          $0.hierarchyLevel
        }
      }
    }
  }
}

/// A part of one period of a history.
private struct ComponentValue {
  let id: String
  let period: String
  let name: String
  let value: Double
}

extension Table where Row == ComponentValue {
  fileprivate static var components: Table {
    Table(
      "components", title: "Components of the histories",
      "One row a series, period of its history and part its model takes it apart into."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.id }
      Column("ds", .period, CommonColumns.period) { $0.period }
      Column("component", .text, "level, trend, season or intervention.") { $0.name }
      Column("value", .number, unit: CommonColumns.measureUnit, "The part; blank where there is none.") {
        known($0.value)
      }
    }
  }
}

extension Sheet {
  /// `unique_id,ds,model,mean,median,lo-80,hi-80,...`: one row per series and future period, in series order. A series
  /// without data has blank numbers.
  public static func forecasts(_ forecasts: [SeriesForecast], levels: [Double], style: PeriodStyle) -> Sheet {
    .forecasts(named: forecasts.map { ($0.forecast.key, $0.forecast) }, levels: levels, style: style)
  }

  /// The same, each forecast under the key beside it: a place may be written under each of its names.
  static func forecasts(
    named forecasts: [(id: SeriesKey, forecast: Forecast)], levels: [Double], style: PeriodStyle
  ) -> Sheet {
    written(forecasts.map { ($0.id, $0.forecast, nil) }, .forecasts(levels: levels), levels: levels, style: style)
  }

  /// The same with a column `level` more: forecasts of a hierarchy, each with its level.
  public static func forecasts(
    inHierarchy forecasts: [(id: SeriesKey, forecast: Forecast, level: String?)], levels: [Double], style: PeriodStyle
  ) -> Sheet {
    written(forecasts, .forecasts(levels: levels, withHierarchy: true), levels: levels, style: style)
  }

  /// The same, of forecasts that were kept, in the order of their series.
  public static func forecasts(_ kept: KeptForecasts, levels: [Double], style: PeriodStyle) -> Sheet {
    let size = 2000
    return Sheet(.forecasts(levels: levels), parts: (kept.keys.count + size - 1) / size) { part, add in
      var steps = ForecastRows(levels: levels, style: style)
      for i in (part * size)..<min(kept.keys.count, (part + 1) * size) {
        guard let forecast = try kept.forecast(at: i) else { continue }
        try steps.each(kept.keys[i], forecast, nil, add)
      }
    }
  }

  private static func written(
    _ forecasts: [(id: SeriesKey, forecast: Forecast, level: String?)], _ table: Table<ForecastStep>, levels: [Double],
    style: PeriodStyle
  ) -> Sheet {
    Sheet(table) { add in
      var steps = ForecastRows(levels: levels, style: style)
      for (key, forecast, level) in forecasts { try steps.each(key, forecast, level, add) }
    }
  }

  /// `unique_id,ds,component,value`: a row per series, period of its history and component (level, trend, season,
  /// intervention), in series order; blank where there is none. Results without components have no rows.
  public static func components(_ forecasts: [SeriesForecast], style: PeriodStyle) -> Sheet {
    Sheet(.components) { add in
      for result in forecasts {
        let id = result.forecast.key.uniqueID
        for (name, values) in result.components?.named ?? [] {
          for (t, value) in values.enumerated() {
            try add(
              ComponentValue(id: id, period: style.format(result.adjusted.start + t), name: name, value: value))
          }
        }
      }
    }
  }
}
