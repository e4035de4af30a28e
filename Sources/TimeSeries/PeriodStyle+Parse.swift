extension PeriodStyle {
  /// Parses one cell in any of the styles. Returns the period and the style found, or nil if the text is no period of
  /// this frequency.
  ///
  /// Some texts are two things, and the frequency tells which: `2011-12` is December 2011 or the financial year
  /// 2011/12. Dates with slashes are read day first, as in the United Kingdom.
  public static func parse(_ text: some StringProtocol, frequency: Frequency) -> (period: Period, style: PeriodStyle)? {
    let cell = Array(text.utf8.prefix(longest + 1))
    guard cell.count <= longest, cell.count >= 4 else { return nil }
    switch frequency {
    case .monthly, .quarterly:
      if let (date, form) = month(cell) {
        let period = Period(frequency, containing: date)
        return (period, .months(form, offset: date.month - period.firstDay.month))
      }
      if frequency == .quarterly, let (ordinal, form) = quarter(cell) {
        return (Period(frequency: .quarterly, ordinal: ordinal), .quarters(form))
      }
    case .yearly, .financialYearly:
      var cursor = Cursor(cell)
      if let (year, form) = cursor.year(), cursor.isAtEnd, (form == .calendar) == (frequency == .yearly) {
        return (Period(frequency: frequency, ordinal: year), .years(form))
      }
    case .daily, .weekly: break
    }
    guard let (date, form, suffix) = date(cell) else { return nil }
    let period = Period(frequency, containing: date)
    let offset = date.daysSinceEpoch - period.firstDay.daysSinceEpoch
    let isLast = offset > 0 && offset == period.days - 1 && frequency != .weekly
    return (period, .days(form, isLast ? .last : .offset(offset), suffix: suffix))
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
    if let year = cursor.number(4), let separator = cursor.one(of: "-/"), let month = cursor.number(2), cursor.isAtEnd {
      return CivilDate(year: year, month: month, day: 1).map { ($0, .yearFirst(separator: separator)) }
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

  private static func date(_ cell: [UInt8]) -> (CivilDate, DateForm, suffix: String)? {
    var cursor = Cursor(cell)
    if let year = cursor.number(4), cursor.one(of: "-") != nil, let month = cursor.number(2),
      cursor.one(of: "-") != nil, let day = cursor.number(2), let suffix = cursor.time()
    {
      return CivilDate(year: year, month: month, day: day).map { ($0, .iso, suffix) }
    }
    cursor = Cursor(cell)
    guard let (day, first) = cursor.shortNumber(), cursor.one(of: "/") != nil,
      let (month, second) = cursor.shortNumber(),
      cursor.one(of: "/") != nil, let year = cursor.number(4), let suffix = cursor.time(),
      first == second || first == .either || second == .either
    else { return nil }
    return CivilDate(year: year, month: month, day: day).map {
      ($0, .dayFirst(first == .either ? second : first), suffix)
    }
  }
}

/// Reads a cell from left to right.
private struct Cursor {
  private let cell: [UInt8]
  private var position = 0

  init(_ cell: [UInt8]) { self.cell = cell }

  var isAtEnd: Bool { position == cell.count }

  private func digits(at start: Int) -> Int {
    var end = start
    while end < cell.count, cell[end].isDigit { end += 1 }
    return end - start
  }

  /// A number of exactly so many digits.
  mutating func number(_ width: Int) -> Int? {
    guard position + width <= cell.count else { return nil }
    var value = 0
    for byte in cell[position..<position + width] {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    position += width
    return value
  }

  /// A number of one or two digits.
  mutating func shortNumber() -> (value: Int, padding: Padding)? {
    let width = digits(at: position)
    guard width == 1 || width == 2, let value = number(width) else { return nil }
    return (value, width == 1 ? .plain : value < 10 ? .padded : .either)
  }

  /// One of these ASCII characters.
  mutating func one(of characters: StaticString) -> String? {
    guard position < cell.count else { return nil }
    let byte = cell[position]
    let isThere = characters.withUTF8Buffer { $0.contains(byte) }
    guard isThere else { return nil }
    position += 1
    return String(decoding: [byte], as: UTF8.self)
  }

  /// `2019`, `2019/20`, `2019-20`, `2019/2020`.
  mutating func year() -> (number: Int, form: YearForm)? {
    guard let year = number(4), year > 0 else { return nil }
    let start = position
    guard let separator = one(of: "/-"), digits(at: position) > 0 else {
      position = start
      return (year, .calendar)
    }
    switch digits(at: position) {
    case 2: return number(2) == (year + 1) % 100 ? (year, .financial(separator: separator, hasAllDigits: false)) : nil
    case 4: return number(4) == year + 1 ? (year, .financial(separator: separator, hasAllDigits: true)) : nil
    default: return nil
    }
  }

  /// `Jun 2019`, `June 2019`, `JUN-2019`, `Jun-19`.
  mutating func monthName() -> ((year: Int, month: Int), MonthNames)? {
    let start = position
    while position < cell.count, cell[position] | 0x20 >= 97, cell[position] | 0x20 <= 122 { position += 1 }
    let name = String(decoding: cell[start..<position], as: UTF8.self)
    let titled = name.prefix(1).uppercased() + name.dropFirst().lowercased()
    let letters: MonthNames.Letters
    switch name {
    case titled: letters = .title
    case name.lowercased(): letters = .lower
    case name.uppercased(): letters = .upper
    default: return nil
    }
    let (short, long) = (MonthNames.short.firstIndex(of: titled), MonthNames.long.firstIndex(of: titled))
    guard let index = short ?? long, let separator = one(of: " -") else { return nil }
    let hasShortYear = separator == "-" && digits(at: position) == 2
    guard var year = number(hasShortYear ? 2 : 4) else { return nil }
    if hasShortYear { year += year < 69 ? 2000 : 1900 }
    let length: MonthNames.Length = short == nil ? .long : long == nil ? .short : .either
    return (
      (year, index + 1),
      MonthNames(length: length, letters: letters, separator: separator, hasShortYear: hasShortYear)
    )
  }

  /// The rest of the cell if it is empty or a time of day.
  mutating func time() -> String? {
    let rest = cell[position...]
    position = cell.count
    guard let first = rest.first else { return "" }
    guard first == 32 || first == UInt8(ascii: "T"),
      rest.dropFirst().allSatisfy({ $0.isDigit || [32, 43, 45, 46, 58, 90].contains($0) }),
      rest.contains(where: \.isDigit)
    else { return nil }
    return String(decoding: rest, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 48 && self <= 57 }
}
