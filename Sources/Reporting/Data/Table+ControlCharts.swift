import ControlCharts
import ExceptionDetection
import TimeSeries

extension Table {
  /// `unique_id,ds,value,mean,lower,upper,chart,variation,rules,began,assurance,target,rebased,points,provisional,
  /// false_alarm_rate`: the latest state of every chart, one row a series.
  ///
  /// `false_alarm_rate` is how often the latest point of a series like it in which nothing is new would show special cause.
  public static func controlCharts(_ charts: [ControlChart], style: PeriodStyle) -> Table {
    var table = Table(
      columns: [
        "unique_id", "ds", "value", "mean", "lower", "upper", "chart", "variation", "rules", "began", "assurance",
        "target", "rebased", "points", "provisional", "false_alarm_rate",
      ])
    for chart in charts {
      let latest = chart.latest
      let stretch = chart.latestStretch
      let rebased = stretch.flatMap { $0.reason == nil ? nil : chart.points[$0.range.lowerBound].period }
      table.append([
        .text(chart.key.uniqueID), .text(latest.map { style.format($0.period) } ?? ""), .number(latest?.value),
        .number(latest?.mean), .number(latest?.lower), .number(latest?.upper), .text(chart.kind.rawValue),
        .text(chart.variation.rawValue),
        .text((latest?.signal.rules ?? []).map(\.rawValue).joined(separator: "; ")),
        .text(chart.began.map(style.format) ?? ""), .text(chart.assurance?.rawValue ?? ""), .number(chart.target),
        .text(rebased.map(style.format) ?? ""), .integer(stretch?.points ?? 0),
        .text(chart.isProvisional ? "yes" : "no"),
        .number(chart.falseAlarms),
      ])
    }
    return table
  }
}
