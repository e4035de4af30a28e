import Wording

/// How a file writes its periods, so that outputs can echo them in the same form.
public enum PeriodStyle: Hashable, Sendable {
  /// `2019-06`: a month, `offset` months after the first of the period.
  case months(MonthForm, offset: Int)
  /// `2019-Q2`.
  case quarters(QuarterForm)
  /// `Apr-Jun 2019`.
  case monthSpans(MonthSpanForm)
  /// `2019`.
  case years(YearForm)
  /// `2019-W23`.
  case weeks(WeekForm)
  /// `2019-06-01`: a full date on the given day of the period; `suffix` is the time that followed the date in the file,
  /// such as ` 00:00:00`.
  case days(DateForm, DayInPeriod, suffix: String)

  /// Which day stands for its period.
  public enum DayInPeriod: Hashable, Sendable {
    /// Days after the first day of the period (of weeks, the weekday).
    case offset(Int)
    /// The last day of the period (2019-06-30).
    case last
  }

  /// `2019-06`; police.uk's `Month`.
  public static let yearMonth = PeriodStyle.months(.yearFirst(separator: "-"), offset: 0)
  /// `Jun 2019`.
  public static let monthName = PeriodStyle.months(.named(.standard), offset: 0)
  /// `2019-Q2`.
  public static let quarter = PeriodStyle.quarters(.standard)
  /// `2019`.
  public static let year = PeriodStyle.years(.calendar)
  /// `2019/20`, from April 2019.
  public static let financialYear = PeriodStyle.years(.financial(separator: "/", hasAllDigits: false))
  /// `2019-06-01`.
  public static func date(_ day: DayInPeriod, suffix: String) -> PeriodStyle {
    .days(.yearFirst(separator: "-"), day, suffix: suffix)
  }

  /// The style Horizon writes where no input style is known.
  public static func standard(for frequency: Frequency) -> PeriodStyle {
    switch frequency {
    case .monthly: .yearMonth
    case .quarterly: .quarter
    case .yearly: .year
    case .financialYearly: .financialYear
    case .weekly, .daily: .date(.offset(0), suffix: "")
    }
  }

  /// The period in this style. A style that cannot express the period's frequency falls back to its standard style.
  public func format(_ period: Period) -> String {
    switch (self, period.frequency) {
    case (.months(let form, let offset), .monthly), (.months(let form, let offset), .quarterly):
      let first = period.firstDay
      let month = first.month + (period.frequency == .quarterly ? offset : 0)
      switch form {
      case .yearFirst(let separator): return NumberText.padded(first.year, 4) + separator + NumberText.padded(month, 2)
      case .monthFirst(let padding): return "\(padding.text(month))/\(NumberText.padded(first.year, 4))"
      case .named(let names): return names.text(year: first.year, month: month)
      }
    case (.quarters(let form), .quarterly): return form.text(period.ordinal)
    case (.monthSpans(let form), .quarterly): return form.text(period.ordinal)
    case (.years(let form), .yearly) where form == .calendar: return form.text(period.ordinal)
    case (.years(let form), .financialYearly) where form != .calendar: return form.text(period.ordinal)
    case (.weeks(let form), .weekly): return form.text(period)
    case (.days(let form, let which, let suffix), _):
      let offset =
        switch which {
        case .offset(let days): min(days, period.days - 1)
        case .last: period.days - 1
        }
      return form.text(CivilDate(daysSinceEpoch: period.firstDay.daysSinceEpoch + offset)) + suffix
    case (_, let frequency): return PeriodStyle.standard(for: frequency).format(period)
    }
  }

  /// The style of both, where one cell leaves open what the other tells (`May 2019` beside `June 2019`, `10/11/2019`
  /// beside `1/4/2019`); nil if they are written unlike. Days in the period are not compared.
  public func unified(with other: PeriodStyle) -> PeriodStyle? {
    switch (self, other) {
    case (.months(.named(let a), let offset), .months(.named(let b), let otherOffset)):
      guard offset == otherOffset else { return nil }
      return a.unified(with: b).map { .months(.named($0), offset: offset) }
    case (.monthSpans(let a), .monthSpans(let b)):
      guard a.joint == b.joint else { return nil }
      return a.names.unified(with: b.names).map { .monthSpans(MonthSpanForm(joint: a.joint, names: $0)) }
    case (.months(.monthFirst(let a), let offset), .months(.monthFirst(let b), let otherOffset)):
      guard offset == otherOffset else { return nil }
      return PeriodStyle.unified(a, b).map { .months(.monthFirst($0), offset: offset) }
    case (.days(let a, let day, let suffix), .days(let b, _, let otherSuffix)):
      guard suffix == otherSuffix else { return nil }
      return PeriodStyle.unified(a, b).map { .days($0, day, suffix: suffix) }
    default: return self == other ? self : nil
    }
  }

  private static func unified(_ a: DateForm, _ b: DateForm) -> DateForm? {
    switch (a, b) {
    case (.dayFirst(let first, let separator, let isShort), .dayFirst(let second, let otherSeparator, let isOtherShort)):
      separator == otherSeparator && isShort == isOtherShort
        ? unified(first, second).map { .dayFirst($0, separator: separator, hasShortYear: isShort) } : nil
    case (
      .monthFirst(let first, let separator, let isShort), .monthFirst(let second, let otherSeparator, let isOtherShort)
    ):
      separator == otherSeparator && isShort == isOtherShort
        ? unified(first, second).map { .monthFirst($0, separator: separator, hasShortYear: isShort) } : nil
    case (.named(let first, let names), .named(let second, let others)):
      unified(first, second).flatMap { padding in names.unified(with: others).map { .named(padding, $0) } }
    default: a == b ? a : nil
    }
  }

  private static func unified(_ a: Padding, _ b: Padding) -> Padding? {
    if a == b || b == .either { return a }
    return a == .either ? b : nil
  }
}
