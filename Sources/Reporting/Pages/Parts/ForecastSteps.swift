import Charts
import Forecasting
import TimeSeries
import Wording

/// The first steps of a forecast as a table: mean and every interval.
struct ForecastSteps {
  let periods: PeriodText
  let forecast: Forecast
  let steps: Int
  /// How figures of its measure are written.
  let text: MeasureText
  /// The series that it is of, as figures claim it.
  var series: String?

  func markup(caption: Markup) -> Markup {
    let count = min(steps, forecast.mean.count)
    return DataTable(
      caption: caption,
      columns: [.init(Wording.sentence(periods.frequency.noun)), .init("Forecast", isNumeric: true, claim: .forecast)]
        + forecast.intervals.map {
          .init(
            "\(NumberText.grouped($0.level))\u{A0}% interval", isNumeric: true,
            claim: $0.level == 80 ? .interval80 : $0.level == 95 ? .interval95 : nil)
        },
      rows: (0..<max(count, 0)).map { step in
        DataTable.Row(
          [Markup(text: periods.label(forecast.start + step)), Markup(text: text.foreseen(forecast.mean[step]))]
            + forecast.intervals.map { interval in
              guard interval.lower.indices.contains(step), interval.upper.indices.contains(step) else {
                return "\u{2013}"
              }
              return Markup(text: text.foreseenInterval(interval.lower[step], interval.upper[step]))
            })
      }, className: "dense compact", series: series
    ).markup()
  }
}
