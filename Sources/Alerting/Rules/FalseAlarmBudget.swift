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

  /// How much more than the usual exceeds what is expected before it is told: a quarter. Smaller rises of large series stand out,
  /// and nobody is called for them.
  public static let usualExcessShare = 0.25

  /// Alarms that a threshold gives as a multiple of those that it would if every test were exact and each an alarm of its own,
  /// at the usual size: the largest at levels that wander by 0 to 4.5 % a month (Benchmarks/alerts.py).
  static let yield = 1.2

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
