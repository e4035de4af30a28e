import Charts
import Forecasting
import TimeSeries
import Wording

/// The first steps of a forecast as a table: median and every interval.
struct ForecastSteps {
  let periods: PeriodText
  let forecast: Forecast
  let steps: Int

  func markup(caption: Markup) -> Markup {
    let count = min(steps, forecast.median.count)
    return DataTable(
      caption: caption,
      columns: [.init(Wording.sentence(periods.frequency.noun)), .init("Median", isNumeric: true)]
        + forecast.intervals.map {
          .init("\(NumberText.grouped($0.level))\u{A0}% interval", isNumeric: true)
        },
      rows: (0..<max(count, 0)).map { step in
        DataTable.Row(
          [Markup(text: periods.label(forecast.start + step)), Markup(text: Wording.count(forecast.median[step]))]
            + forecast.intervals.map { interval in
              guard interval.lower.indices.contains(step), interval.upper.indices.contains(step) else {
                return "\u{2013}"
              }
              return Markup(text: Wording.interval(interval.lower[step], interval.upper[step]))
            })
      }, className: "dense compact"
    ).markup()
  }
}
