import ControlCharts
import ExceptionDetection
import Tables
import TimeSeries

extension Table where Row == ControlChart {
  fileprivate static func controlCharts(_ style: PeriodStyle) -> Table {
    Table(
      "control-charts", title: "Control charts",
      "One row a series: the latest state of its control chart by the rules of Making Data Count."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.key.uniqueID }
      Column("ds", .period, "The latest period.") { $0.latest.map { style.format($0.period) } }
      Column("value", .number, unit: CommonColumns.measureUnit, "Its figure.") { $0.latest?.value }
      Column("mean", .number, unit: CommonColumns.measureUnit, "Mean since the last rebase.") { $0.latest?.mean }
      Column("lower", .number, unit: CommonColumns.measureUnit, "Lower process limit.") { $0.latest?.lower }
      Column("upper", .number, unit: CommonColumns.measureUnit, "Upper process limit.") { $0.latest?.upper }
      Column("chart", .choice(ControlChart.Kind.self), "Kind of chart.") { $0.kind }
      Column("variation", .choice(SPCVariation.self), "What the latest point is: special cause, and which way.") {
        $0.variation
      }
      Column("rules", .text, "The rules that say so.") { chart in
        let rules = chart.latest?.signal.rules ?? []
        return rules.isEmpty ? nil : rules.map(\.rawValue).joined(separator: "; ")
      }
      Column("began", .period, "Period in which it began.") { $0.began.map(style.format) }
      Column("assurance", .choice(SPCAssurance.self), "Whether a process that goes on like this meets its target.") {
        $0.assurance
      }
      Column("target", .number, unit: CommonColumns.measureUnit, "The target; blank without one.") { $0.target }
      Column("rebased", .period, "Period from which new limits hold; blank without a rebase.") { chart in
        chart.latestStretch.flatMap {
          $0.reason == nil ? nil : style.format(chart.points[$0.range.lowerBound].period)
        }
      }
      Column("points", .integer, unit: "points", "Points the limits rest on.") { $0.latestStretch?.points ?? 0 }
      Column("provisional", .answer, "Whether these are too few for limits that last: trial limits.") {
        $0.isProvisional
      }
      Column(
        "false_alarm_rate", .probability,
        "How often the latest point of a series like it in which nothing is new would show special cause."
      ) { $0.falseAlarms.any }
      rate(.outsideLimits, "false_alarm_outside_limits", "a point outside the limits")
      rate(.trend, "false_alarm_trend", "a 7-point trend")
      rate(.oneSide, "false_alarm_one_side", "seven on one side")
      rate(.twoOfThree, "false_alarm_two_of_three", "two of three near a limit")
      Column("rebase_reason", .text, "Why new limits hold, and who says so; blank without a rebase.") {
        $0.latestStretch?.reason
      }
      Column(
        "proposed_rebase", .period,
        "Period from which the level seems to have changed: a rebase for a person to accept, with a known cause; blank for none or if none was looked for."
      ) { $0.proposal.map { style.format($0.period) } }
      Column("proposed_change_percent", .number, unit: "per cent", "By how much it seems to have changed.") {
        $0.proposal.map { 100 * ($0.ratio - 1) }
      }
      Column(
        "warning", .choice(OverlappingFigures.self),
        "Sums that the figures are, neighbours of which overlap: no limits and no rules; blank for figures of single periods."
      ) { $0.overlap }
    }
  }
}

/// The rate of false alarms of one rule.
private func rate(_ rule: SPCRule, _ name: String, _ words: String) -> Column<ControlChart> {
  Column(name, .probability, "How often with nothing new the latest point would be part of \(words).") {
    $0.falseAlarms.rules[rule]
  }
}

extension Sheet {
  /// `unique_id,ds,value,mean,lower,upper,chart,variation,rules,began,assurance,target,rebased,points,provisional,
  /// false_alarm_rate,false_alarm_outside_limits,false_alarm_trend,false_alarm_one_side,false_alarm_two_of_three,rebase_reason,
  /// proposed_rebase,proposed_change_percent,warning`: the latest state of every chart, one row a series.
  public static func controlCharts(_ charts: [ControlChart], style: PeriodStyle) -> Sheet {
    Sheet(.controlCharts(style), rows: charts)
  }
}
