import Forecasting
import TimeSeries

extension Table {
  /// `unique_id,ds,model,mean,median,lo-80,hi-80,...`: one row per series and future period, in series order. A series
  /// without data has blank numbers.
  public static func forecasts(_ forecasts: [SeriesForecast], levels: [Double], style: PeriodStyle) -> Table {
    var table = Table(
      columns: ["unique_id", "ds", "model", "mean", "median"]
        + levels.flatMap { ["lo-\(plainNumber($0))", "hi-\(plainNumber($0))"] })
    // Most series of a run have the same periods ahead.
    var periods: (start: Period, texts: [String])?
    for result in forecasts {
      let forecast = result.forecast
      let id = forecast.key.uniqueID
      if periods?.start != forecast.start || periods?.texts.count != forecast.horizon {
        periods = (forecast.start, (0..<forecast.horizon).map { style.format(forecast.start + $0) })
      }
      let texts = periods?.texts ?? []
      let intervals = levels.map { forecast.interval($0) }
      for step in 0..<forecast.horizon {
        var row: [Cell] = [
          .text(id), .text(texts[step]), .text(forecast.model), .number(forecast.mean[step]),
          .number(forecast.median[step]),
        ]
        for interval in intervals {
          row.append(.number(interval?.lower[step]))
          row.append(.number(interval?.upper[step]))
        }
        table.append(row)
      }
    }
    return table
  }

  /// `unique_id,ds,component,value`: a row per series, period of its history and component (level, trend, season,
  /// intervention), in series order; blank where there is none. Results without components have no rows.
  public static func components(_ forecasts: [SeriesForecast], style: PeriodStyle) -> Table {
    var table = Table(columns: ["unique_id", "ds", "component", "value"])
    for result in forecasts {
      let id = result.forecast.key.uniqueID
      for (name, values) in result.components?.named ?? [] {
        for (t, value) in values.enumerated() {
          table.append([
            .text(id), .text(style.format(result.adjusted.start + t)), .text(name),
            .number(value.isFinite ? value : nil),
          ])
        }
      }
    }
    return table
  }
}
