/// The windows of a quarterly scorecard at the end of some data, by the financial year, April to March: quarters are Apr-Jun,
/// Jul-Sep, Oct-Dec and Jan-Mar.
public struct FinancialWindows: Hashable, Sendable {
  /// The latest quarter that is over.
  public let quarter: ClosedRange<Period>
  /// The financial year up to the end of the data.
  public let yearToDate: ClosedRange<Period>
  /// The twelve months, or four quarters, up to the end of the data.
  public let year: ClosedRange<Period>
  /// What of ``year`` was before ``yearToDate``; nil where a financial year has just ended.
  public let rest: ClosedRange<Period>?

  /// The windows of data that end with a period; nil for a frequency other than months and quarters, whose periods do not make
  /// up quarters.
  public init?(end: Period) {
    let length: Int
    switch end.frequency {
    case .monthly: length = 3
    case .quarterly: length = 1
    default: return nil
    }
    let perYear = 4 * length
    let last = end - (end.ordinal + 1).flooredRemainder(by: length)
    quarter = (last - (length - 1))...last
    // The first period of April: a quarter's length after the calendar year began.
    let first = end - (end.ordinal - length).flooredRemainder(by: perYear)
    yearToDate = first...end
    year = (end - (perYear - 1))...end
    rest = first > year.lowerBound ? year.lowerBound...(first - 1) : nil
  }
}
