import TimeSeries

extension Vintage {
  /// Periods from the end of `period` to the last one that was over when the vintage was put together: 0 for a vintage of its own end, below 0
  /// for one from before its end.
  public func delay(of period: Period) -> Int {
    Period(period.frequency, containing: CivilDate(daysSinceEpoch: lastDay + 1)) - 1 - period
  }
}
