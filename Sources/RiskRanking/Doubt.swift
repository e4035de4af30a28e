import TimeSeries

/// What weakens a statement about one series: a code with its payload, which travels into JSON and alerts as it is. The
/// English is made where text is written.
public enum Doubt: Hashable, Sendable, Codable {
  /// Past ranges of the measure held less often than chance explains.
  case rangesHeldTooFew(PastAccuracy)
  /// Most places of the measure once fell outside their ranges on one side.
  case missedTogether(PastAccuracy.MissedTogether)
  /// No past outlook on the measure, or on others, could be checked.
  case neverChecked
  /// Fewer than two years of periods were observed.
  case shortHistory(periods: Int)
  /// Between two and four years were observed.
  case modestHistory
  /// Too few of last year's periods were observed to compare years.
  case notComparable(observed: Int, of: Int)
  /// Fewer than three quarters of last year's periods were observed.
  case lastYearSparse(observed: Int, of: Int)
  /// What is counted ended in this period (``Lifespan/ended``): there is no next year to compare.
  case ended(Period)
  /// What is counted began within the last two years (``Lifespan/began``): what was before is no level to compare with.
  case began(Period)
  /// The measure ended or began where another did the opposite: perhaps it goes by another name.
  case perhapsRenamed(PossibleRename)
  /// Last year's change on the year before is a rise with records without a place set aside and a fall with them shared out
  /// to places, or the other way round: the two changes.
  case dependsOnUnallocated(setAside: Double, sharedOut: Double)
  /// Some of last year's periods are missing.
  case lastYearIncomplete(missing: Int, of: Int)
  /// Periods of last year that are known in part: no model learns from them and they are compared with nothing.
  case knownInPart([Period])
  /// The comparison is over these periods only.
  case comparedOver(periods: Int)
  /// Fewer were counted last year than a percentage can rest on.
  case fewRecorded(below: Double)
  /// Modest counts: fewer than ten a period on average.
  case modestCounts
  /// A simpler model than asked for made the forecast.
  case fallbackForecast(reason: String)
  /// A step of recording lies within the last year.
  case recentStep(kind: Intervention.Kind?)
  /// Periods that were not typical lie within the last two years.
  case untypicalPeriods(kind: Intervention.Kind?)
  /// A group stands in for the real definition.
  case proxy(reason: String)
  /// What must be known of the measure.
  case measureCaveat(String)
  /// No file knows the measure: neither its polarity nor whether it is crime.
  case unknownMeasure
  /// A step of recording: the factor that earlier values were brought to today's level by; nil if it cannot be measured.
  case step(start: Period, kind: Intervention.Kind?, note: String, factor: Double?)
  /// Last year holds a single count far out of line with those around it, which is compared as what is typical of it.
  case outOfLine(Period, counted: Double, typical: Double)
  /// Last year holds periods that were not typical.
  case untypicalLastYear(periods: [Period], kind: Intervention.Kind?)
  /// A likely change goes no further than back to what was usual before the last year.
  case returnsToUsual(UsualLevel)
  /// The likely change rests in part on these periods, which were unusual on the same side: what an event added is learnt as level.
  case restsOnUnusual([Period])
  /// The set of harm weights has none for the measure.
  case noHarmWeight(reason: String)
}
