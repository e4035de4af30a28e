/// Reads the cell of a period from left to right.
struct Cursor {
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

  /// `2019`, or `19` for 2019.
  mutating func yearOfDate() -> (year: Int, isShort: Bool)? {
    guard digits(at: position) == 2 else { return number(4).map { ($0, false) } }
    return number(2).map { ($0 + ($0 < 69 ? 2000 : 1900), true) }
  }

  /// `Jun 2019`, `June 2019`, `JUN-2019`, `Sept 2019`, `Jun-19`, `Jun 19`.
  mutating func monthName() -> ((year: Int, month: Int), MonthNames)? {
    guard let (month, names) = name(), let separator = one(of: " -"), let (year, isShort) = yearOfDate() else {
      return nil
    }
    return ((year, month), names.with(separator: separator, hasShortYear: isShort))
  }

  /// `2019 Jun`, `2019-June`, `2019 JUN`.
  mutating func yearAndMonthName() -> ((year: Int, month: Int), MonthNames)? {
    guard let year = number(4), let separator = one(of: " -"), let (month, names) = name() else { return nil }
    return ((year, month), names.with(separator: separator, hasShortYear: false, isYearFirst: true))
  }

  /// `2019-W53`, `2020 W01`, `2020W01`.
  mutating func week() -> (year: Int, week: Int, WeekForm)? {
    guard let year = number(4) else { return nil }
    let separator = one(of: "- ") ?? ""
    guard let letter = one(of: "Ww"), let week = number(2) else { return nil }
    return (year, week, WeekForm(separator: separator, letter: letter))
  }

  /// `Apr-Jun 2019`, `Apr - Jun 2019`, `April to June 2019`: the quarters of the calendar.
  mutating func monthSpan() -> (quarter: Int, MonthSpanForm)? {
    guard let (from, fromNames) = name() else { return nil }
    let start = position
    let joints = [" to ", " - ", "-", "/", " \u{2013} ", "\u{2013}"]
    let joint = joints.first { literal in
      position = start
      return skip(literal)
    }
    guard let joint, let (through, names) = name(), let both = fromNames.unified(with: names),
      from % 3 == 1, through == from + 2, let separator = one(of: " -"), let (year, isShort) = yearOfDate()
    else { return nil }
    let form = MonthSpanForm(joint: joint, names: both.with(separator: separator, hasShortYear: isShort))
    return (year * 4 + (from - 1) / 3, form)
  }

  private mutating func skip(_ text: String) -> Bool {
    guard cell[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  /// The month of a name, from 1.
  mutating func nameAlone() -> Int? { name()?.month }

  /// A month's name, from 1, and how it is written.
  private mutating func name() -> (month: Int, MonthNames)? {
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
    let isSept = titled == "Sept"
    let (short, long) = (
      isSept ? 8 : MonthNames.short.firstIndex(of: titled), MonthNames.long.firstIndex(of: titled)
    )
    guard let index = short ?? long else { return nil }
    let length: MonthNames.Length = short == nil ? .long : long == nil ? .short : .either
    return (
      index + 1,
      MonthNames(
        length: length, letters: letters, separator: " ", hasShortYear: false,
        hasSept: length == .short && index == 8 ? isSept : nil)
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
  var isDigit: Bool { self >= 48 && self <= 57 }
}
