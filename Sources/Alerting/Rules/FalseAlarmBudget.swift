import ExceptionDetection
import TimeSeries

/// From how many false alarms readers put up with to the threshold of a rule.
///
/// The threshold is a p-value that depends on nothing but the budget and how often figures come, so that it stays the same however many
/// series there are and however many events are going on. (A false-discovery rate lets the more through the more is going on,
/// which is right for a table that is read once and wrong for messages that are each new.)
public enum FalseAlarmBudget {
  /// What a rule that says nothing has: one false alarm a year for 100 series.
  public static let usual = 1.0

  /// Alarms a year for 100 series that a threshold p gives, as a share of the tests below p if they were exact and each
  /// an alarm of its own. Measured by Benchmarks/alerts.py.
  static let yield = 1.0

  /// The threshold of a budget.
  ///
  /// - Parameter falseAlarms: a year for 100 series.
  public static func largestChance(_ falseAlarms: Double, _ frequency: Frequency) -> Double {
    min(1, falseAlarms / (100 * Double(frequency.periodsPerYear) * yield))
  }

  /// False alarms a year that are expected of a number of series.
  public static func expected(_ falseAlarms: Double, series: Int) -> Double { falseAlarms * Double(series) / 100 }
}

extension AlertConfiguration.Rule {
  /// What counts as an exception in a panel of this frequency.
  public func exception(_ frequency: Frequency) -> ExceptionRule {
    var rule = exception
    rule.largestChance = FalseAlarmBudget.largestChance(falseAlarms, frequency)
    return rule
  }
}
