import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// A period cell of a table and where it first stands.
struct PeriodCell {
  let text: String
  let place: HorizonError.Location
}

/// The distinct period cells of a run, understood.
struct PeriodCells {
  /// Forms of periods, for messages.
  static let forms =
    "Periods are written as 2019-06-01, 01/06/2019 (day first), 2019-06, 201906, 2019M06, Jun 2019, 2019 Jun, Jun-19, "
    + "06/2019, 2019-Q2, 2019/20 Q1, 2019-W23, 2019 or 2019/20"

  /// What to do about a text that is no period.
  static func remedy(_ text: String) -> String {
    // From 1954 to 2064.
    guard let serial = Int(text), text.utf8.count == 5, (20_000...60_000).contains(serial) else { return forms }
    let date = PeriodStyle.standard(for: .daily).format(
      Period(frequency: .daily, ordinal: serial - PeriodCells.firstSerial))
    return "A spreadsheet counts days so: \(text) is \(date). Format the column as a date and save the file again"
  }

  /// The number that spreadsheets give to 1970-01-01.
  private static let firstSerial = 25_569

  let frequency: Frequency
  let style: PeriodStyle
  /// Ordinal of each cell.
  let ordinals: [Int]
  /// What was assumed.
  let notes: [DataNote]

  /// Understands the cells in one common style.
  ///
  /// - Parameter frequency: nil recognises it.
  /// - Throws: `HorizonError` of kind data for a cell that is no period or is written unlike the first, and of kind usage
  ///   if the frequency cannot be told.
  init(_ cells: [PeriodCell], frequency wanted: Frequency?, dates: DateOrder? = nil) throws {
    let (cells, alike) = PeriodCells.alike(cells, dates ?? .dayFirst)
    if dates == nil { try PeriodCells.refuseMonthFirst(cells, frequency: wanted) }
    let dates = dates ?? .dayFirst
    var frequency = try wanted ?? FrequencyRecognition.frequency(of: cells, dates: dates)
    if frequency == .yearly, let first = cells.first, PeriodStyle.parse(first.text, frequency: .yearly) == nil {
      // Whoever says yearly of 2019/20 means financial years.
      frequency = .financialYearly
    }
    var ordinals: [Int] = []
    ordinals.reserveCapacity(cells.count)
    var styles: [PeriodStyle] = []
    for cell in cells {
      guard let (period, style) = PeriodStyle.parse(cell.text, frequency: frequency, dates: dates) else {
        throw HorizonError(
          .data, "\"\(SafeText.printable(String(cell.text.prefix(40))))\" is not a \(frequency.noun)", at: cell.place,
          remedy: "\(PeriodCells.remedy(cell.text)); if they are not \(frequency.noun)s, say --frequency")
      }
      ordinals.append(period.ordinal)
      styles.append(style)
    }
    self.frequency = frequency
    self.ordinals = ordinals
    style = try PeriodCells.common(styles, cells, ordinals, frequency)
    let isNoted = dates == .dayFirst && PeriodCells.isAmbiguous(style, ordinals, frequency)
    notes = alike + (isNoted ? [PeriodCells.dayFirst(cells)] : [])
  }

  /// Refuses dates that only make sense month first, and those that make as much sense so as day first.
  ///
  /// Day first is the custom here, and is taken where no month could be a day and the days are those of months; dates that
  /// would be daily or irregular, and are months or quarters when read the other way, are not read by accident.
  private static func refuseMonthFirst(_ cells: [PeriodCell], frequency wanted: Frequency?) throws {
    func readings(_ order: DateOrder) -> [Int?] {
      cells.map { cell in
        guard let (period, style) = PeriodStyle.parse(cell.text, frequency: .daily, dates: order),
          case .days(let form, _, _) = style
        else { return nil }
        switch form {
        case .dayFirst, .monthFirst: return period.ordinal
        case .yearFirst, .named: return nil
        }
      }
    }
    let monthFirst = readings(.monthFirst)
    guard let cell = cells.last, monthFirst.allSatisfy({ $0 != nil }) else { return }
    let dayFirst = readings(.dayFirst)
    guard dayFirst.allSatisfy({ $0 != nil }) else {
      // A month over 12: day first is out of the question.
      let odd = dayFirst.firstIndex { $0 == nil } ?? 0
      throw HorizonError(
        .data, "\"\(SafeText.printable(cells[odd].text))\" is a date with the month first", at: cells[odd].place,
        remedy: "Say --dates month-first, or write the dates as 2019-06-01")
    }
    guard Set(dayFirst).count > 1, dayFirst != monthFirst else { return }
    let found = [DateOrder.dayFirst, .monthFirst].map { try? FrequencyRecognition.frequency(of: cells, dates: $0) }
    func isCalendar(_ frequency: Frequency?) -> Bool {
      switch frequency {
      case .monthly, .quarterly, .yearly, .financialYearly: true
      case .daily, .weekly, nil: false
      }
    }
    // First days of months are what day first makes of most files here.
    let areFirstDays = dayFirst.allSatisfy { $0.map { CivilDate(daysSinceEpoch: $0).day == 1 } ?? false }
    // The same day of twelve months is, month first, twelve days on end.
    let areDaysOnEnd = zip(monthFirst, monthFirst.dropFirst()).allSatisfy { a, b in
      if let a, let b { b - a == 1 } else { false }
    }
    if isCalendar(found[0]), areFirstDays || !(isCalendar(found[1]) || areDaysOnEnd) { return }
    // Weeks and days said to be so are believed.
    if let wanted, !isCalendar(wanted), found[0] == wanted, !isCalendar(found[1]) { return }
    if !isCalendar(found[0]), !isCalendar(found[1]), found[0] != nil, found[1] == nil { return }
    throw HorizonError(
      .data,
      isCalendar(found[1]) && !isCalendar(found[0])
        ? "dates such as \(SafeText.printable(cell.text)) are \(found[1]?.noun ?? "month")s only with the month first"
        : "dates such as \(SafeText.printable(cell.text)) may be meant day first or month first", at: cell.place,
      remedy: "Say --dates month-first or --dates day-first, or write the dates as 2019-06-01")
  }

  /// The style all cells share.
  private static func common(
    _ styles: [PeriodStyle], _ cells: [PeriodCell], _ ordinals: [Int], _ frequency: Frequency
  ) throws -> PeriodStyle {
    guard var style = styles.first else { return .standard(for: frequency) }
    for (index, other) in styles.enumerated() {
      guard let both = style.unified(with: other) else { throw mixed(cells[0], cells[index]) }
      style = both
    }
    guard case .days(let form, _, let suffix) = style else { return style }
    return .days(form, try day(styles, cells, ordinals, frequency), suffix: suffix)
  }

  /// The day of the period on which all dates lie.
  private static func day(
    _ styles: [PeriodStyle], _ cells: [PeriodCell], _ ordinals: [Int], _ frequency: Frequency
  ) throws -> PeriodStyle.DayInPeriod {
    /// Day of each cell in its period, and whether it is the last.
    var days: [(offset: Int, isLast: Bool, length: Int)] = []
    for (index, style) in styles.enumerated() {
      guard case .days(_, let day, _) = style else { throw mixed(cells[0], cells[index]) }
      let length = Period(frequency: frequency, ordinal: ordinals[index]).days
      switch day {
      case .last: days.append((length - 1, true, length))
      case .offset(let offset): days.append((offset, false, length))
      }
    }
    if days.allSatisfy(\.isLast) { return .last }
    // The 30th of most months is the 28th of February.
    let offset = days.map(\.offset).max() ?? 0
    if let odd = days.firstIndex(where: { $0.offset != min(offset, $0.length - 1) }) {
      let usual = days.firstIndex { $0.offset == min(offset, $0.length - 1) } ?? 0
      let (early, late) = (min(odd, usual), max(odd, usual))
      throw HorizonError(
        .data,
        "\(SafeText.printable(cells[late].text)) and \(SafeText.printable(cells[early].text)) (line \(cells[early].place.line ?? 0)) are "
          + "different days of their \(frequency.noun)s", at: cells[late].place,
        remedy: frequency == .daily
          ? "Write every date alike"
          : "Give every \(frequency.noun) by the same day, or say --frequency if the rows are not \(frequency.noun)s")
    }
    return .offset(offset)
  }

  /// Whether dates with slashes could all be read month first as well.
  private static func isAmbiguous(_ style: PeriodStyle, _ ordinals: [Int], _ frequency: Frequency) -> Bool {
    guard case .days(.dayFirst, let which, _) = style else { return false }
    return ordinals.allSatisfy { ordinal in
      let period = Period(frequency: frequency, ordinal: ordinal)
      let offset =
        switch which {
        case .last: period.days - 1
        case .offset(let days): min(days, period.days - 1)
        }
      return CivilDate(daysSinceEpoch: period.firstDay.daysSinceEpoch + offset).day <= 12
    }
  }

  private static func dayFirst(_ cells: [PeriodCell]) -> DataNote {
    .table(.dayFirst(example: cells.last?.text ?? ""))
  }

  /// The error for two cells of different forms.
  static func mixed(_ first: PeriodCell, _ odd: PeriodCell) -> HorizonError {
    let place =
      first.place.line == odd.place.line ? "field \(first.place.column ?? 0)" : "line \(first.place.line ?? 0)"
    return HorizonError(
      .data,
      "\"\(SafeText.printable(String(odd.text.prefix(40))))\" is written unlike \"\(SafeText.printable(String(first.text.prefix(40))))\" "
        + "of \(place)", at: odd.place, remedy: "Write all periods in one form")
  }
}
