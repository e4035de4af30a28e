/// A quarter of a reporting year, such as the third of 2025/26.
///
/// The year of UK public bodies begins in April; one that begins in another month is named likewise (2025/26 from July 2025), and
/// one that begins in January by its calendar year alone.
public struct ReportingQuarter: Hashable, Comparable, Sendable {
  /// Month in which the year of UK public bodies begins.
  public static let april = 4

  /// Calendar year in which the reporting year begins.
  public let year: Int
  /// From 1 to 4.
  public let number: Int
  /// Month in which the reporting year begins, from 1 to 12.
  public let firstMonth: Int

  /// A quarter; its number must be from 1 to 4 and the month from 1 to 12.
  public init(year: Int, number: Int, firstMonth: Int = april) {
    precondition((1...4).contains(number) && (1...12).contains(firstMonth), "a quarter is from 1 to 4, a month to 12")
    (self.year, self.number, self.firstMonth) = (year, number, firstMonth)
  }

  /// The quarter that a month or calendar quarter lies in, or begins in; nil for another frequency.
  public init?(containing period: Period, firstMonth: Int = april) {
    guard [.monthly, .quarterly].contains(period.frequency), (1...12).contains(firstMonth) else { return nil }
    let day = period.firstDay
    self.init(months: day.year * 12 + day.month - 1, firstMonth: firstMonth)
  }

  /// The quarter that begins no later than a month counted from year 0, and holds it.
  private init(months: Int, firstMonth: Int) {
    let since = months - (firstMonth - 1)
    self.init(
      year: since.flooredQuotient(by: 12), number: since.flooredRemainder(by: 12) / 3 + 1, firstMonth: firstMonth)
  }

  /// Reads "2025/26-Q3" or "2025/26 Q3", and "2025-Q3" of years that begin in January; nil for anything else, such as years
  /// that do not follow each other.
  public init?(_ text: some StringProtocol, firstMonth: Int = april) {
    guard (1...12).contains(firstMonth) else { return nil }
    let upper = text.uppercased()
    guard let mark = upper.lastIndex(of: "Q"), mark > upper.startIndex,
      let number = Int(upper[upper.index(after: mark)...]), (1...4).contains(number),
      let year = ReportingQuarter.year(
        String(upper[..<mark].reversed().drop { $0 == "-" || $0 == " " }.reversed()), firstMonth: firstMonth)
    else { return nil }
    self.init(year: year, number: number, firstMonth: firstMonth)
  }

  /// The calendar year in which a reporting year begins: 2025 for "2025/26" and "2025-26", and "2025" where years begin in January;
  /// nil for anything else.
  public static func year(_ text: some StringProtocol, firstMonth: Int = april) -> Int? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" }
    guard let first = parts.first, first.count == 4, first.utf8.allSatisfy({ (48...57).contains($0) }),
      let year = Int(first)
    else { return nil }
    if firstMonth == 1 { return parts.count == 1 ? year : nil }
    guard parts.count == 2, parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let second = Int(parts[1]) else {
      return nil
    }
    switch parts[1].count {
    case 2: return (year + 1) % 100 == second ? year : nil
    case 4: return year + 1 == second ? year : nil
    default: return nil
    }
  }

  /// "2025/26"; "2025" of years that begin in January.
  public static func yearName(_ year: Int, firstMonth: Int = april) -> String {
    guard firstMonth != 1 else { return String(year) }
    let next = String((year + 1) % 100)
    return "\(year)/\(next.count == 1 ? "0" : "")\(next)"
  }

  /// "2025/26".
  public var yearName: String { ReportingQuarter.yearName(year, firstMonth: firstMonth) }
  /// "2025/26-Q3".
  public var name: String { "\(yearName)-Q\(number)" }

  /// The quarter so many later.
  public func advanced(by n: Int) -> ReportingQuarter {
    let all = year * 4 + number - 1 + n
    return ReportingQuarter(
      year: all.flooredQuotient(by: 4), number: all.flooredRemainder(by: 4) + 1, firstMonth: firstMonth)
  }

  /// Its months, or the calendar quarter that it is; nil for another frequency and for calendar quarters that it cuts through.
  public func periods(_ frequency: Frequency) -> ClosedRange<Period>? {
    let first = year * 12 + firstMonth - 1 + 3 * (number - 1)
    switch frequency {
    case .monthly:
      return Period(frequency: .monthly, ordinal: first)...Period(frequency: .monthly, ordinal: first + 2)
    case .quarterly:
      guard first.flooredRemainder(by: 3) == 0 else { return nil }
      let only = Period(frequency: .quarterly, ordinal: first.flooredQuotient(by: 3))
      return only...only
    default: return nil
    }
  }

  /// The first period of its year; nil as ``periods(_:)``.
  public func yearBegins(_ frequency: Frequency) -> Period? {
    ReportingQuarter(year: year, number: 1, firstMonth: firstMonth).periods(frequency)?.lowerBound
  }

  /// In time order.
  public static func < (a: ReportingQuarter, b: ReportingQuarter) -> Bool {
    (a.year * 12 + a.firstMonth + 3 * a.number) < (b.year * 12 + b.firstMonth + 3 * b.number)
  }
}
