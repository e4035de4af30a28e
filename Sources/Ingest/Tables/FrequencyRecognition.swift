import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Tells how often a table is observed from how its periods are written and spaced.
///
/// What counts is the greatest common divisor of the distances between distinct periods, so that gaps do no harm: years
/// and quarters by their form; months one apart are monthly, three apart quarterly; dates on one day of the month (or its
/// last) as months, twelve apart yearly; other dates seven days apart weekly, with neighbouring days daily.
///
/// `2011-12` is a month or a financial year: of several that could all be either, none is a month.
enum FrequencyRecognition {
  /// The frequency of these cells.
  ///
  /// - Throws: `HorizonError`: data for a cell that is no period in any form or of another form than the first, usage if
  ///   the spacing fits no frequency.
  static func frequency(of cells: [PeriodCell], dates: DateOrder = .dayFirst) throws -> Frequency {
    guard let first = cells.first else { throw ambiguous("there are no periods", nil) }
    let readings = cells.map { Reading($0, dates) }
    if let bad = readings.firstIndex(where: \.isEmpty) {
      throw HorizonError(
        .data, "\"\(SafeText.printable(String(cells[bad].text.prefix(40))))\" is not a period", at: cells[bad].place,
        remedy: PeriodCells.remedy(cells[bad].text))
    }
    let years = readings.compactMap(\.financialYear)
    if years.count == cells.count, Set(years).count > 1 || readings[0].month == nil { return .financialYearly }
    func all(_ part: (Reading) -> Int?) throws -> [Int] {
      try zip(cells, readings).map { cell, reading in
        guard let ordinal = part(reading) else { throw PeriodCells.mixed(first, cell) }
        return ordinal
      }
    }
    if readings[0].week != nil {
      _ = try all(\.week)
      return .weekly
    }
    if readings[0].day != nil { return try frequency(ofDays: all(\.day), first) }
    if readings[0].month != nil {
      switch step(try all(\.month)) {
      case 0, 1: return .monthly
      case 3: return .quarterly
      case let step: throw ambiguous("the months are \(step) apart", first)
      }
    }
    if readings[0].quarter != nil {
      _ = try all(\.quarter)
      return .quarterly
    }
    _ = try all(readings[0].year != nil ? \.year : \.financialYear)
    return readings[0].year != nil ? .yearly : .financialYearly
  }

  /// What a cell may be: the ordinal in each form.
  private struct Reading {
    var (day, week, month, quarter, year, financialYear): (Int?, Int?, Int?, Int?, Int?, Int?)

    var isEmpty: Bool {
      day == nil && week == nil && month == nil && quarter == nil && year == nil && financialYear == nil
    }

    init(_ cell: PeriodCell, _ dates: DateOrder) {
      func ordinal(_ frequency: Frequency) -> (Int, PeriodStyle)? {
        PeriodStyle.parse(cell.text, frequency: frequency, dates: dates).map { ($0.period.ordinal, $0.style) }
      }
      if let (ordinal, _) = ordinal(.daily) {
        day = ordinal
        return
      }
      if case (let ordinal, .weeks)? = ordinal(.weekly) {
        week = ordinal
        return
      }
      month = ordinal(.monthly)?.0
      if case (let ordinal, .quarters)? = ordinal(.quarterly) { quarter = ordinal }
      year = ordinal(.yearly)?.0
      financialYear = ordinal(.financialYearly)?.0
    }
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
      case 12:
        let isApril = dates.allSatisfy { isLastDay ? $0.month == 3 : $0.month == 4 && $0.day == 1 }
        return isApril ? .financialYearly : .yearly
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
      remedy: "Say --frequency daily, weekly, monthly, quarterly, yearly or financial-yearly")
  }
}
