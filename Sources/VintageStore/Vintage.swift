import CommunitySafety
import Diagnostics
import TimeSeries

/// When data was known: the label of an ingest, a period by whose end its data had been put together.
///
/// Vintages come in the order of the last days of their periods.
public struct Vintage: Hashable, Comparable, Sendable {
  /// The period, written in the standard form of its frequency: `2021-09`.
  public let label: String
  /// Its last day, in days since 1970-01-01.
  let lastDay: Int

  /// The vintage known by the end of a period.
  public init(_ period: Period) {
    label = PeriodStyle.standard(for: period.frequency).format(period)
    lastDay = Vintage.lastDay(period)
  }

  /// A vintage that was stored.
  init(label: String, lastDay: Int) {
    self.label = label
    self.lastDay = lastDay
  }

  /// Understands a label: a period of the data's frequency, else of any other.
  ///
  /// - Throws: `HorizonError` of kind usage for a label that is no period.
  public init(label: String, frequency: Frequency) throws {
    for candidate in [frequency, .monthly, .quarterly, .yearly, .daily] {
      if let period = PeriodStyle.parse(label, frequency: candidate)?.period {
        self.init(period)
        return
      }
    }
    throw HorizonError(
      .usage, "--vintage \(label) is no period",
      remedy: "Write the period by whose end the data was put together, as 2021-09 or 2021-09-30")
  }

  static func lastDay(_ period: Period) -> Int { period.firstDay.daysSinceEpoch + period.days - 1 }

  /// By the last days of their periods.
  public static func < (a: Vintage, b: Vintage) -> Bool { a.lastDay < b.lastDay }
}

/// One ingest as an edition of a file: a later one supersedes it.
struct Edition: Hashable, Comparable {
  let lastDay: Int
  let ingest: Int

  static func < (a: Edition, b: Edition) -> Bool {
    a.lastDay == b.lastDay ? a.ingest < b.ingest : a.lastDay < b.lastDay
  }

  /// The edition to use of several: the newest known by the end of the day `asOf`, or, where none was, the newest of the
  /// earliest vintage.
  static func preferred(_ editions: some Collection<Edition>, asOf: Int?) -> Edition? {
    guard let asOf else { return editions.max() }
    if let known = editions.filter({ $0.lastDay <= asOf }).max() { return known }
    guard let first = editions.min() else { return nil }
    return editions.filter { $0.lastDay == first.lastDay }.max()
  }
}

extension Vintage {
  /// Periods from the end of `period` to the last one that was over when the vintage was put together: 0 for a vintage of its own end, below 0
  /// for one from before its end.
  public func delay(of period: Period) -> Int {
    Period(period.frequency, containing: CivilDate(daysSinceEpoch: lastDay + 1)) - 1 - period
  }
}
