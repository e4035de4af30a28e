import CommunitySafety
import TimeSeries

/// Tells how often a table is observed from how its periods are written and spaced.
///
/// What counts is the greatest common divisor of the distances between distinct periods, so that gaps do no harm: years
/// and quarters by their form; months one apart are monthly, three apart quarterly; dates on one day of the month (or its
/// last) as months, twelve apart yearly; other dates seven days apart weekly, with neighbouring days daily.
enum FrequencyRecognition {
  /// The frequency of these cells.
  ///
  /// - Throws: `HorizonError`: data for a cell that is no period in any form, usage if the spacing fits no frequency.
  static func frequency(of cells: [PeriodCell]) throws -> Frequency {
    let parsed = try cells.map(parse)
    guard let first = parsed.first else { throw ambiguous("there are no periods", nil) }
    switch first {
    case .year: return .yearly
    case .quarter: return .quarterly
    case .month:
      let months = parsed.compactMap { if case .month(let ordinal) = $0 { ordinal } else { nil } }
      switch step(months) {
      case 0, 1: return .monthly
      case 3: return .quarterly
      case let step: throw ambiguous("the months are \(step) apart", cells.first)
      }
    case .day:
      let days = parsed.compactMap { if case .day(let ordinal) = $0 { ordinal } else { nil } }
      return try frequency(ofDays: days, cells.first)
    }
  }

  private enum Parsed {
    case year
    case quarter
    case month(Int)
    case day(Int)
  }

  private static func parse(_ cell: PeriodCell) throws -> Parsed {
    if let (period, style) = PeriodStyle.parse(cell.text, frequency: .daily), case .date = style {
      return .day(period.ordinal)
    }
    if let (period, _) = PeriodStyle.parse(cell.text, frequency: .monthly) { return .month(period.ordinal) }
    if let (_, style) = PeriodStyle.parse(cell.text, frequency: .quarterly), style == .quarter { return .quarter }
    if PeriodStyle.parse(cell.text, frequency: .yearly) != nil { return .year }
    throw HorizonError(
      .data, "\"\(printable(String(cell.text.prefix(40))))\" is not a period", at: cell.place,
      remedy: "Periods are written as 2019-06-01, 2019-06, 201906, Jun 2019, 2019-Q2 or 2019")
  }

  private static func frequency(ofDays days: [Int], _ cell: PeriodCell?) throws -> Frequency {
    let distinct = Set(days).sorted()
    guard distinct.count > 1 else { throw ambiguous("there is only one date", cell) }
    let dates = distinct.map { CivilDate(daysSinceEpoch: $0) }
    let isSameDay = dates.allSatisfy { $0.day == dates[0].day }
    let isLastDay = dates.allSatisfy { $0.day == CivilDate.daysInMonth(year: $0.year, month: $0.month) }
    if isSameDay || isLastDay {
      switch step(dates.map { $0.year * 12 + $0.month }) {
      case 1: return .monthly
      case 3: return .quarterly
      case 12: return .yearly
      case let step: throw ambiguous("the dates are \(step) months apart", cell)
      }
    }
    let common = step(distinct)
    if common == 7 { return .weekly }
    let nearest = zip(distinct.dropFirst(), distinct).map { $0 - $1 }.min() ?? 0
    if common == 1, nearest == 1 { return .daily }
    // The 30th of every month is the 28th or 29th of February.
    let isLateDay = dates.allSatisfy { date in
      let last = CivilDate.daysInMonth(year: date.year, month: date.month)
      return date.day == min(last, dates.map(\.day).max() ?? 31)
    }
    if isLateDay, step(dates.map { $0.year * 12 + $0.month }) == 1 { return .monthly }
    throw ambiguous(common == 1 ? "the dates are at irregular distances" : "the dates are \(common) days apart", cell)
  }

  /// Greatest common divisor of the distances; 0 for fewer than two distinct numbers.
  private static func step(_ ordinals: [Int]) -> Int {
    guard let least = ordinals.min() else { return 0 }
    return ordinals.reduce(0) { divisor, ordinal in
      var (a, b) = (divisor, ordinal - least)
      while b != 0 { (a, b) = (b, a % b) }
      return a
    }
  }

  private static func ambiguous(_ reason: String, _ cell: PeriodCell?) -> HorizonError {
    HorizonError(
      .usage, "the frequency of the table cannot be told: \(reason)", at: cell.map { .init(file: $0.place.file) },
      remedy: "Say --frequency daily, weekly, monthly, quarterly or yearly")
  }
}
