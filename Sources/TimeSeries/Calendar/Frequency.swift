/// How often a series is observed.
public enum Frequency: String, CaseIterable, Hashable, Sendable, Codable {
  case daily, weekly, monthly, quarterly, yearly
  /// Years that begin in April, as those of United Kingdom public bodies do; calendar years are another frequency.
  case financialYearly = "financial-yearly"

  /// Periods in one seasonal cycle: 7 days, 52 weeks, 12 months, 4 quarters; 1 (no season) for yearly series.
  public var seasonLength: Int {
    switch self {
    case .daily: 7
    case .weekly: 52
    case .monthly: 12
    case .quarterly: 4
    case .yearly, .financialYearly: 1
    }
  }

  /// Periods in a year, rounded to a whole number: the length of "the last year" in comparisons.
  public var periodsPerYear: Int {
    switch self {
    case .daily: 365
    case .weekly: 52
    case .monthly: 12
    case .quarterly: 4
    case .yearly, .financialYearly: 1
    }
  }

  /// The singular noun, for messages: "month".
  public var noun: String {
    switch self {
    case .daily: "day"
    case .weekly: "week"
    case .monthly: "month"
    case .quarterly: "quarter"
    case .yearly: "year"
    case .financialYearly: "financial year"
    }
  }
}
