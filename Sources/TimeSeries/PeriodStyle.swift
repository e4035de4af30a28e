/// How a file writes its periods, so that outputs can echo them in the same form.
public enum PeriodStyle: Hashable, Sendable {
  /// `2019-06`; police.uk's `Month`.
  case yearMonth
  /// `201906`.
  case compactYearMonth
  /// `Jun 2019`.
  case monthName
  /// `2019-06-01`: a full date, `offset` days after the first day of the period (weekday for weeks), or on the last
  /// day of the period; `suffix` is what followed the date in the file, such as ` 00:00:00`.
  case date(DayInPeriod, suffix: String)
  /// `2019-Q2`.
  case quarter
  /// `2019`.
  case year

  /// Which day stands for its period.
  public enum DayInPeriod: Hashable, Sendable {
    /// Days after the first day of the period.
    case offset(Int)
    /// The last day of the period (2019-06-30).
    case last
  }

  /// The style Horizon writes where no input style is known.
  public static func standard(for frequency: Frequency) -> PeriodStyle {
    switch frequency {
    case .monthly: .yearMonth
    case .quarterly: .quarter
    case .yearly: .year
    case .weekly, .daily: .date(.offset(0), suffix: "")
    }
  }

  /// Parses one cell in any of the styles. Returns the period and the style found, or nil if the text is no period of
  /// this frequency.
  public static func parse(_ text: some StringProtocol, frequency: Frequency) -> (period: Period, style: PeriodStyle)? {
    let utf8 = Array(text.utf8)
    guard let first = utf8.first else { return nil }
    if !first.isDigit { return parseMonthName(utf8, frequency) }
    switch utf8.count {
    case 4:
      guard let year = number(utf8[0..<4]), year > 0, frequency == .yearly else { return nil }
      return (Period(frequency: .yearly, ordinal: year), .year)
    case 6:
      guard let value = number(utf8[0..<6]), frequency == .monthly || frequency == .quarterly else { return nil }
      return month(value / 100, value % 100, frequency, .compactYearMonth)
    case 7 where utf8[4] == UInt8(ascii: "-"):
      guard let year = number(utf8[0..<4]), year > 0 else { return nil }
      if utf8[5] == UInt8(ascii: "Q") {
        guard frequency == .quarterly, let quarter = number(utf8[6..<7]), (1...4).contains(quarter) else { return nil }
        return (Period(frequency: .quarterly, ordinal: year * 4 + quarter - 1), .quarter)
      }
      guard let monthNumber = number(utf8[5..<7]) else { return nil }
      return month(year, monthNumber, frequency, .yearMonth)
    case 10...:
      guard utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-"), utf8.count == 10 || !utf8[10].isDigit,
        let year = number(utf8[0..<4]), let monthNumber = number(utf8[5..<7]), let day = number(utf8[8..<10]),
        let date = CivilDate(year: year, month: monthNumber, day: day)
      else { return nil }
      let period = Period(frequency, containing: date)
      let suffix = String(decoding: utf8[10...], as: UTF8.self)
      let offset = date.daysSinceEpoch - period.firstDay.daysSinceEpoch
      let isLast = offset > 0 && offset == period.days - 1 && frequency != .weekly
      return (period, .date(isLast ? .last : .offset(offset), suffix: suffix))
    default:
      return nil
    }
  }

  /// The period in this style. A style that cannot express the period's frequency falls back to its standard style.
  public func format(_ period: Period) -> String {
    let day = period.firstDay
    switch (self, period.frequency) {
    case (.yearMonth, .monthly), (.yearMonth, .quarterly): return "\(pad(day.year, 4))-\(pad(day.month, 2))"
    case (.compactYearMonth, .monthly), (.compactYearMonth, .quarterly):
      return "\(pad(day.year, 4))\(pad(day.month, 2))"
    case (.monthName, .monthly), (.monthName, .quarterly):
      return "\(PeriodStyle.monthNames[day.month - 1]) \(pad(day.year, 4))"
    case (.quarter, .quarterly): return "\(pad(day.year, 4))-Q\((day.month - 1) / 3 + 1)"
    case (.year, .yearly): return pad(day.year, 4)
    case (.date(let which, let suffix), _):
      let offset =
        switch which {
        case .offset(let days): min(days, period.days - 1)
        case .last: period.days - 1
        }
      let date = CivilDate(daysSinceEpoch: day.daysSinceEpoch + offset)
      return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))\(suffix)"
    case (_, let frequency): return PeriodStyle.standard(for: frequency).format(period)
    }
  }

  static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func month(_ year: Int, _ month: Int, _ frequency: Frequency, _ style: PeriodStyle) -> (
    Period, PeriodStyle
  )? {
    guard let date = CivilDate(year: year, month: month, day: 1), frequency == .monthly || frequency == .quarterly
    else {
      return nil
    }
    return (Period(frequency, containing: date), style)
  }

  private static func parseMonthName(_ utf8: [UInt8], _ frequency: Frequency) -> (Period, PeriodStyle)? {
    guard utf8.count == 8, utf8[3] == UInt8(ascii: " ") || utf8[3] == UInt8(ascii: "-"), let year = number(utf8[4..<8]),
      let index = monthNames.firstIndex(where: { $0.lowercased().utf8.elementsEqual(utf8[0..<3].map { $0 | 0x20 }) })
    else { return nil }
    return month(year, index + 1, frequency, .monthName)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 48 && self <= 57 }
}

private func pad(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
