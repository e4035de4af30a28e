import CommunitySafety

/// Days that a workbook holds as plain numbers, without the format of a date: `43556` where a period is wanted.
///
/// No period is written in five digits, so that periods all of which are such numbers, from 1954 to 2064, can be nothing else.
/// In text files they are refused: there nothing says how the days were counted.
enum SerialDates {
  private static let range = 20_000...60_000

  /// The date that a text stands for; nil for one that is not such a number.
  static func date(_ text: String, is1904: Bool) -> String? {
    guard text.utf8.count == 5, let serial = Int(text), range.contains(serial) else { return nil }
    return SpreadsheetDate.text(Double(serial), is1904: is1904, format: .date)
  }

  /// A header with dates in place of at least two numbers that are the days of weeks, months, quarters or years; nil for
  /// another.
  static func header(_ header: TableHeader, is1904: Bool) -> TableHeader? {
    let serials = header.names.compactMap { name in
      name.utf8.count == 5 ? Int(name).flatMap { range.contains($0) ? $0 : nil } : nil
    }
    let steps = zip(serials, serials.dropFirst()).map { $1 - $0 }
    let isRegular = [7...7, 28...31, 90...92, 365...366].contains { step in steps.allSatisfy(step.contains) }
    guard serials.count > 1 && isRegular else { return nil }
    return TableHeader(names: header.names.map { date($0, is1904: is1904) ?? $0 }, over: header)
  }

  /// Puts dates in place of the periods of a table if all are such numbers.
  ///
  /// - Returns: the first of them and its date; nil if the table was left as it is.
  static func resolve(_ rows: inout TableRows, is1904: Bool) -> (serial: String, date: String)? {
    let dates = rows.periods.compactMap { date($0, is1904: is1904) }
    guard dates.count == rows.periods.count, let serial = rows.periods.first, let first = dates.first else {
      return nil
    }
    rows.periods = dates
    return (serial, first)
  }
}
