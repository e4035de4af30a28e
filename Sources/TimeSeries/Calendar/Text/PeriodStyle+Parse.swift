extension PeriodStyle {
  /// Parses one cell in any of the styles. Returns the period and the style found, or nil if the text is no period of
  /// this frequency.
  ///
  /// Some texts are two things, and the frequency tells which: `2011-12` is December 2011 or the financial year
  /// 2011/12. Of dates that give day and month as numbers `dates` tells which comes first.
  public static func parse(
    _ text: some StringProtocol, frequency: Frequency, dates: DateOrder = .dayFirst
  ) -> (period: Period, style: PeriodStyle)? {
    let cell = Array(text.utf8.prefix(longest + 1))
    guard cell.count <= longest, cell.count >= 4 else { return nil }
    switch frequency {
    case .monthly, .quarterly:
      if let (date, form) = month(cell) {
        let period = Period(frequency, containing: date)
        return (period, .months(form, offset: date.month - period.firstDay.month))
      }
      guard frequency == .quarterly else { break }
      if let (ordinal, form) = quarter(cell) {
        return (Period(frequency: .quarterly, ordinal: ordinal), .quarters(form))
      }
      var cursor = Cursor(cell)
      if let (quarter, form) = cursor.monthSpan(), cursor.isAtEnd {
        return (Period(frequency: .quarterly, ordinal: quarter), .monthSpans(form))
      }
    case .yearly, .financialYearly:
      var cursor = Cursor(cell)
      if let (year, form) = cursor.year(), cursor.isAtEnd, (form == .calendar) == (frequency == .yearly) {
        return (Period(frequency: frequency, ordinal: year), .years(form))
      }
    case .weekly:
      var cursor = Cursor(cell)
      if let (year, week, form) = cursor.week(), cursor.isAtEnd {
        guard let monday = WeekForm.monday(year: year, week: week) else { return nil }
        return (Period(.weekly, containing: CivilDate(daysSinceEpoch: monday)), .weeks(form))
      }
    case .daily: break
    }
    guard let (date, form, suffix) = date(cell, dates) else { return nil }
    let period = Period(frequency, containing: date)
    let offset = date.daysSinceEpoch - period.firstDay.daysSinceEpoch
    let isLast = offset > 0 && offset == period.days - 1 && frequency != .weekly
    return (period, .days(form, isLast ? .last : .offset(offset), suffix: suffix))
  }

  /// The month, 1 to 12, of a name that stands alone: `Apr`, `april`, `SEPT`.
  public static func monthNumber(_ text: some StringProtocol) -> Int? {
    let cell = Array(text.utf8.prefix(longest + 1))
    guard (3...9).contains(cell.count) else { return nil }
    var cursor = Cursor(cell)
    guard let month = cursor.nameAlone(), cursor.isAtEnd else { return nil }
    return month
  }

  /// Bytes of the longest text that is looked at.
  private static let longest = 48

  /// The first day of a month in any form.
  private static func month(_ cell: [UInt8]) -> (CivilDate, MonthForm)? {
    var cursor = Cursor(cell)
    guard let first = cell.first, first.isDigit else {
      guard let (number, names) = cursor.monthName(), cursor.isAtEnd else { return nil }
      return CivilDate(year: number.year, month: number.month, day: 1).map { ($0, .named(names)) }
    }
    if cell.count == 6, let number = cursor.number(6) {
      return CivilDate(year: number / 100, month: number % 100, day: 1).map { ($0, .yearFirst(separator: "")) }
    }
    cursor = Cursor(cell)
    if let year = cursor.number(4), let separator = cursor.one(of: "-/Mm"), let month = cursor.number(2), cursor.isAtEnd
    {
      return CivilDate(year: year, month: month, day: 1).map { ($0, .yearFirst(separator: separator)) }
    }
    cursor = Cursor(cell)
    if let (number, names) = cursor.yearAndMonthName(), cursor.isAtEnd {
      return CivilDate(year: number.year, month: number.month, day: 1).map { ($0, .named(names)) }
    }
    cursor = Cursor(cell)
    if let (month, padding) = cursor.shortNumber(), cursor.one(of: "/") != nil, let year = cursor.number(4),
      cursor.isAtEnd
    {
      return CivilDate(year: year, month: month, day: 1).map { ($0, .monthFirst(padding)) }
    }
    return nil
  }

  private static func quarter(_ cell: [UInt8]) -> (ordinal: Int, form: QuarterForm)? {
    var cursor = Cursor(cell)
    let isYearFirst = cell[0].isDigit
    var year: (number: Int, form: YearForm)?
    if isYearFirst { year = cursor.year() }
    let before = isYearFirst ? cursor.one(of: " -") ?? "" : ""
    guard let letter = cursor.one(of: "Qq"), let quarter = cursor.number(1), (1...4).contains(quarter) else {
      return nil
    }
    let after = isYearFirst ? "" : cursor.one(of: " -") ?? ""
    if !isYearFirst { year = cursor.year() }
    guard let year, cursor.isAtEnd else { return nil }
    let form = QuarterForm(
      year: year.form, isYearFirst: isYearFirst, separator: isYearFirst ? before : after, letter: letter)
    return (year.number * 4 + quarter - 1 + form.shift, form)
  }

  private static func date(_ cell: [UInt8], _ order: DateOrder) -> (CivilDate, DateForm, suffix: String)? {
    let found = cell[0].isDigit ? yearFirstDate(cell) ?? numberedDate(cell, order) ?? namedDate(cell) : nil
    guard let found, let date = CivilDate(year: found.year, month: found.month, day: found.day) else { return nil }
    return (date, found.form, found.suffix)
  }

  private typealias DateParts = (year: Int, month: Int, day: Int, form: DateForm, suffix: String)

  /// `2019-06-01`, `2019/06/01`, `20190601`.
  private static func yearFirstDate(_ cell: [UInt8]) -> DateParts? {
    var cursor = Cursor(cell)
    guard let year = cursor.number(4) else { return nil }
    let separator = cursor.one(of: "-/") ?? ""
    guard let month = cursor.number(2), separator.isEmpty || cursor.one(of: "-/") == separator,
      let day = cursor.number(2), let suffix = cursor.time()
    else { return nil }
    return (year, month, day, .yearFirst(separator: separator), suffix)
  }

  /// `01/06/2019`, `1/6/19`, `01-06-2019`, `01.06.2019`.
  private static func numberedDate(_ cell: [UInt8], _ order: DateOrder) -> DateParts? {
    var cursor = Cursor(cell)
    guard let (day, first) = cursor.shortNumber(), let separator = cursor.one(of: "/-."),
      let (month, second) = cursor.shortNumber(), cursor.one(of: "/-.") == separator,
      let (year, hasShortYear) = cursor.yearOfDate(), let suffix = cursor.time(),
      first == second || first == .either || second == .either
    else { return nil }
    let padding = first == .either ? second : first
    switch order {
    case .dayFirst:
      return (year, month, day, .dayFirst(padding, separator: separator, hasShortYear: hasShortYear), suffix)
    case .monthFirst:
      return (year, day, month, .monthFirst(padding, separator: separator, hasShortYear: hasShortYear), suffix)
    }
  }

  /// `1 June 2019`, `01-Jun-2019`, `01-Jun-19`.
  private static func namedDate(_ cell: [UInt8]) -> DateParts? {
    var cursor = Cursor(cell)
    guard let (day, padding) = cursor.shortNumber(), let separator = cursor.one(of: " -"),
      let (number, names) = cursor.monthName(), names.separator == separator, let suffix = cursor.time()
    else { return nil }
    return (number.year, number.month, day, .named(padding, names), suffix)
  }
}
