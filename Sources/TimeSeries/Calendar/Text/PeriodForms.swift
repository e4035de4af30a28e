import Wording

/// Whether numbers under ten have a leading zero.
public enum Padding: Hashable, Sendable {
  /// `01/04/2019`.
  case padded
  /// `1/4/2019`.
  case plain
  /// Told by neither: `10/11/2019`. Written as `padded`.
  case either

  func text(_ number: Int) -> String { self == .plain ? String(number) : NumberText.padded(number, 2) }
}

/// How a file writes months.
public enum MonthForm: Hashable, Sendable {
  /// `2019-06`, `2019/06`, `201906`, `2019M06`: the year, this separator, two digits.
  case yearFirst(separator: String)
  /// `06/2019`.
  case monthFirst(Padding)
  /// `Jun 2019`.
  case named(MonthNames)
}

/// How a file writes months by their names.
public struct MonthNames: Hashable, Sendable {
  /// How much of a name is written.
  public enum Length: Hashable, Sendable {
    /// `Jun`.
    case short
    /// `June`.
    case long
    /// Told by neither: `May`. Written as `short`.
    case either
  }
  /// The case of its letters.
  public enum Letters: Hashable, Sendable { case title, lower, upper }

  let length: Length
  let letters: Letters
  /// What stands between the name and the year.
  let separator: String
  /// `19` for 2019: 69 to 99 are of the last century, as in POSIX `strptime`.
  let hasShortYear: Bool
  /// `2019 Jun` rather than `Jun 2019`.
  var isYearFirst = false
  /// Whether September's short name is `Sept` rather than `Sep`; nil where no cell told.
  let hasSept: Bool?

  /// `Jun 2019`.
  static let standard = MonthNames(
    length: .short, letters: .title, separator: " ", hasShortYear: false, hasSept: nil)

  static let short = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  static let long = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The name alone.
  func text(month: Int) -> String {
    let short = month == 9 && hasSept == true ? "Sept" : MonthNames.short[month - 1]
    let name = length == .long ? MonthNames.long[month - 1] : short
    return switch letters {
    case .title: name
    case .lower: name.lowercased()
    case .upper: name.uppercased()
    }
  }

  /// The year alone.
  func text(year: Int) -> String { hasShortYear ? NumberText.padded(year % 100, 2) : NumberText.padded(year, 4) }

  func text(year: Int, month: Int) -> String {
    isYearFirst
      ? text(year: year) + separator + text(month: month) : text(month: month) + separator + text(year: year)
  }

  func with(separator: String, hasShortYear: Bool, isYearFirst: Bool = false) -> MonthNames {
    MonthNames(
      length: length, letters: letters, separator: separator, hasShortYear: hasShortYear, isYearFirst: isYearFirst,
      hasSept: hasSept)
  }

  /// The way of writing of both; nil if they are written unlike.
  func unified(with other: MonthNames) -> MonthNames? {
    guard letters == other.letters, separator == other.separator, hasShortYear == other.hasShortYear,
      isYearFirst == other.isYearFirst,
      length == other.length || length == .either || other.length == .either,
      hasSept == nil || other.hasSept == nil || hasSept == other.hasSept
    else { return nil }
    return MonthNames(
      length: length == .either ? other.length : length, letters: letters, separator: separator,
      hasShortYear: hasShortYear, isYearFirst: isYearFirst, hasSept: hasSept ?? other.hasSept)
  }
}

/// How a file writes quarters by their months: `Apr-Jun 2019`, `April to June 2019`.
public struct MonthSpanForm: Hashable, Sendable {
  /// What stands between the names.
  let joint: String
  let names: MonthNames

  func text(_ quarter: Int) -> String {
    let (year, first) = (quarter.flooredQuotient(by: 4), 3 * quarter.flooredRemainder(by: 4) + 1)
    return names.text(month: first) + joint + names.text(year: year, month: first + 2)
  }
}

/// How a file writes years.
public enum YearForm: Hashable, Sendable {
  /// `2019`, from January.
  case calendar
  /// `2019/20` or, with all digits, `2019/2020`: from April.
  case financial(separator: String, hasAllDigits: Bool)

  func text(_ year: Int) -> String {
    switch self {
    case .calendar: NumberText.padded(year, 4)
    case .financial(let separator, let hasAllDigits):
      NumberText.padded(year, 4) + separator
        + (hasAllDigits ? NumberText.padded(year + 1, 4) : NumberText.padded((year + 1) % 100, 2))
    }
  }
}

/// How a file writes quarters: `2019-Q2`, `Q2 2019`, `2019/20 Q1`. Of a financial year the first is April to June.
public struct QuarterForm: Hashable, Sendable {
  let year: YearForm
  let isYearFirst: Bool
  let separator: String
  /// `Q` or `q`.
  let letter: String

  /// `2019-Q2`.
  static let standard = QuarterForm(year: .calendar, isYearFirst: true, separator: "-", letter: "Q")

  /// Quarters of the calendar that the year's first lies after January.
  var shift: Int { year == .calendar ? 0 : 1 }

  func text(_ ordinal: Int) -> String {
    let quarter = letter + String((ordinal - shift).flooredRemainder(by: 4) + 1)
    let year = year.text((ordinal - shift).flooredQuotient(by: 4))
    return isYearFirst ? year + separator + quarter : quarter + separator + year
  }
}

/// How a file writes weeks of the ISO calendar, which begin on Mondays: `2019-W53`, `2020 W01`, `2020W01`.
public struct WeekForm: Hashable, Sendable {
  /// What stands between year and week.
  let separator: String
  /// `W` or `w`.
  let letter: String

  /// The ISO year and number of the week that begins on this Monday.
  static func number(ofMonday days: Int) -> (year: Int, week: Int) {
    let thursday = CivilDate(daysSinceEpoch: days + 3)
    let first = CivilDate(uncheckedYear: thursday.year, month: 1, day: 1).daysSinceEpoch
    return (thursday.year, (days + 3 - first) / 7 + 1)
  }

  /// Days since 1970-01-01 of the Monday of a week; nil for a week that the year does not have.
  static func monday(year: Int, week: Int) -> Int? {
    guard (1...9999).contains(year), (1...53).contains(week) else { return nil }
    let fourth = CivilDate(uncheckedYear: year, month: 1, day: 4).daysSinceEpoch
    // 4 January lies in the first week; 1970-01-05 was a Monday.
    let monday = fourth - ((fourth - 4).flooredRemainder(by: 7)) + 7 * (week - 1)
    return number(ofMonday: monday) == (year, week) ? monday : nil
  }

  /// The week in which a period of weeks has its Monday.
  func text(_ period: Period) -> String {
    // Blocks of seven days begin on Thursdays.
    let (year, week) = WeekForm.number(ofMonday: period.firstDay.daysSinceEpoch + 4)
    return NumberText.padded(year, 4) + separator + letter + NumberText.padded(week, 2)
  }
}

/// Which of the two comes first where a date gives day and month as numbers.
public enum DateOrder: String, CaseIterable, Hashable, Sendable {
  /// `01/06/2019` is 1 June, as in the United Kingdom.
  case dayFirst = "day-first"
  /// `01/06/2019` is 6 January, as in the United States.
  case monthFirst = "month-first"
}

/// How a file writes dates.
public enum DateForm: Hashable, Sendable {
  /// `2019-06-01`, `2019/06/01`, `20190601`.
  case yearFirst(separator: String)
  /// `01/06/2019`, `01-06-2019`, `1/6/19`; two digits of a year as in ``MonthNames``.
  case dayFirst(Padding, separator: String, hasShortYear: Bool)
  /// `06/01/2019`: 1 June where the month comes first.
  case monthFirst(Padding, separator: String, hasShortYear: Bool)
  /// `1 June 2019`, `01-Jun-2019`: the day, then the month as its names have it.
  case named(Padding, MonthNames)

  func text(_ date: CivilDate) -> String {
    switch self {
    case .yearFirst(let separator):
      return [NumberText.padded(date.year, 4), NumberText.padded(date.month, 2), NumberText.padded(date.day, 2)].joined(
        separator: separator)
    case .dayFirst(let padding, let separator, let hasShortYear):
      let year = hasShortYear ? NumberText.padded(date.year % 100, 2) : NumberText.padded(date.year, 4)
      return [padding.text(date.day), padding.text(date.month), year].joined(separator: separator)
    case .monthFirst(let padding, let separator, let hasShortYear):
      let year = hasShortYear ? NumberText.padded(date.year % 100, 2) : NumberText.padded(date.year, 4)
      return [padding.text(date.month), padding.text(date.day), year].joined(separator: separator)
    case .named(let padding, let names):
      return padding.text(date.day) + names.separator + names.text(year: date.year, month: date.month)
    }
  }
}
