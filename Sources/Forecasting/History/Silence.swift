import TimeSeries

extension Series {
  /// Observed periods since the last event of a series of counts, where there were events once and have been none for the
  /// last two seasons (or 24 periods, if that is more): what is counted may have stopped, or its recording. Nil otherwise.
  public var silence: Int? {
    guard kind == .count, let last = values.lastIndex(where: { $0 > 0 }) else { return nil }
    let stretch = 2 * max(12, start.frequency.seasonLength)
    let since = values[(last + 1)...]
    let observed = since.count { !$0.isNaN }
    return since.count >= stretch && observed > 0 ? observed : nil
  }
}
