import TimeSeries

/// The days that a source's extract covers, and which of its periods can be trusted.
struct IncidentReach {
  /// First and last day on which an incident was reported.
  let first: Int
  let last: Int
  /// Months, counted from year 0, in which the source has an incident.
  private let months: Set<Int>
  /// Incidents counted.
  private let incidents: Int

  init(first: Int, last: Int, months: Set<Int>, incidents: Int) {
    (self.first, self.last, self.months, self.incidents) = (first, last, months, incidents)
  }

  /// Incidents expected where the chance of none is 1 in 100: minus the natural logarithm of 0.01.
  private static let surprise = 4.605_170_185_988_091

  /// State of a period of the extract.
  enum State { case outside, absent, partial, whole }

  /// Whether a period of these days can be trusted. A month without an incident of any kind is absent; a period at either end is
  /// partial if it goes on beyond the extract for longer than the source's usual pace leaves to chance (1 in 100, if
  /// incidents come independently), or for a whole month.
  func state(of days: ClosedRange<Int>) -> State {
    let (begin, end) = (days.lowerBound, days.upperBound)
    guard end >= first, begin <= last else { return .outside }
    for month in IncidentReach.month(max(begin, first))...IncidentReach.month(min(end, last))
    where !months.contains(month) { return .absent }
    let pace = Double(incidents) / Double(last - first + 1)
    let beyond = Double(max(0, first - begin) + max(0, end - last))
    return beyond * pace > IncidentReach.surprise || beyond >= 28 ? .partial : .whole
  }

  /// Months since year 0 of a day.
  static func month(_ day: Int) -> Int { Period(.monthly, containing: CivilDate(daysSinceEpoch: day)).ordinal }
}
