import Diagnostics
import TimeSeries

/// The windows of a scorecard: of a quarter and its year, as far as the data goes.
public struct ScorecardWindows: Hashable, Sendable {
  /// The quarter.
  public let quarter: ReportingQuarter
  /// All of its periods.
  public let whole: ClosedRange<Period>
  /// Those of them that the data reaches: what is compared, like for like, with the same periods of last year.
  public let known: ClosedRange<Period>
  /// The reporting year from its first period to the last of ``known``.
  public let yearToDate: ClosedRange<Period>
  /// The year to the last of ``known``.
  public let year: ClosedRange<Period>

  /// Whether the data goes to the end of the quarter.
  public var isComplete: Bool { known == whole }
  /// The last period that is used.
  public var end: Period { known.upperBound }

  /// The windows of a quarter at the end of some data.
  ///
  /// - Parameters:
  ///   - quarter: nil for the last quarter that the data holds all of, or the first where it holds none.
  ///   - span: of the data.
  /// - Throws: `HorizonError`: usage for data by weeks, days or years, and for a year that cuts through calendar quarters; data for
  ///   a quarter that the data does not reach.
  public init(_ quarter: ReportingQuarter?, of span: ClosedRange<Period>, firstMonth: Int = ReportingQuarter.april)
    throws
  {
    let frequency = span.upperBound.frequency
    guard let last = ReportingQuarter(containing: span.upperBound, firstMonth: firstMonth),
      let current = last.periods(frequency)
    else {
      let isCut = frequency == .quarterly
      throw HorizonError(
        .usage,
        isCut
          ? "a year that begins in month \(firstMonth) cuts through the calendar quarters of the data"
          : "figures by \(frequency.noun) do not make up quarters",
        remedy: isCut ? "Use --year-begins 1, 4, 7 or 10, or monthly data" : "Give monthly or quarterly figures")
    }
    let latest = current.upperBound == span.upperBound ? last : last.advanced(by: -1)
    let isBegun = latest.periods(frequency).map { $0.lowerBound >= span.lowerBound } ?? false
    let chosen = quarter ?? (isBegun ? latest : last)
    guard let whole = chosen.periods(frequency), let first = chosen.yearBegins(frequency) else {
      throw HorizonError(.usage, "\(chosen.name) is no quarter of the data", remedy: "Choose another --quarter")
    }
    let text = PeriodText(frequency: frequency)
    guard whole.lowerBound <= span.upperBound, whole.upperBound >= span.lowerBound else {
      throw HorizonError(
        .data,
        "the data is from \(text.range(span.lowerBound, span.upperBound)), and has nothing of \(chosen.name) (\(text.range(whole.lowerBound, whole.upperBound)))",
        remedy: "The latest quarter of the data is \(latest.name): choose that or an earlier one, or give newer data")
    }
    let end = min(whole.upperBound, span.upperBound)
    self.quarter = chosen
    self.whole = whole
    known = whole.lowerBound...end
    yearToDate = first...end
    year = (end - (frequency.periodsPerYear - 1))...end
  }
}
