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
    guard let current = ReportingQuarter(containing: end), let span = current.periods(end.frequency),
      let complete = span.upperBound == end ? span : current.advanced(by: -1).periods(end.frequency),
      let first = current.yearBegins(end.frequency)
    else { return nil }
    let perYear = end.frequency.periodsPerYear
    quarter = complete
    yearToDate = first...end
    year = (end - (perYear - 1))...end
    rest = first > year.lowerBound ? year.lowerBound...(first - 1) : nil
  }
}
