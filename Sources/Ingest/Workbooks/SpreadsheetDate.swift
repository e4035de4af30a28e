import TimeSeries
import Wording

/// Days as spreadsheet programs count them.
enum SpreadsheetDate {
  /// What a number format makes of a number.
  enum Format: UInt8, Sendable {
    case number, date, time
  }

  /// The day after the last that is counted: the year 10000 begins.
  private static let end = 2_958_466.0

  /// The date of a serial number, with its time where it has one, as `2022-06-30 13:45`; nil for one that is none.
  ///
  /// Day 1 is the first of January 1900, or day 0 that of 1904. Day 60 of the former is the 29th of February 1900, which
  /// never was: it is written so, and no reader takes it for a date.
  static func text(_ serial: Double, is1904: Bool, format: Format) -> String? {
    guard serial >= 0, serial < end else { return nil }
    // To the nearest second: times of day are not exact fractions.
    let seconds = Int((serial * 86_400).rounded())
    let (day, time) = (seconds / 86_400, seconds % 86_400)
    if format == .time {
      return day == 0 ? clock(time, seconds: true) : nil
    }
    if !is1904, day == 60 { return "1900-02-29" }
    let epoch = is1904 ? firstOf1904 : day < 60 ? firstOf1900 - 1 : firstOf1900 - 2
    let date = CivilDate(daysSinceEpoch: epoch + day)
    let text =
      "\(NumberText.padded(date.year, 4))-\(NumberText.padded(date.month, 2))-\(NumberText.padded(date.day, 2))"
    return time == 0 ? text : text + " " + clock(time, seconds: time % 60 != 0)
  }

  private static let firstOf1900 = -25_567
  private static let firstOf1904 = -24_107

  private static func clock(_ time: Int, seconds: Bool) -> String {
    let text = "\(NumberText.padded(time / 3600, 2)):\(NumberText.padded(time / 60 % 60, 2))"
    return seconds ? text + ":" + NumberText.padded(time % 60, 2) : text
  }

  /// A date of ISO 8601 as it is written in cells, without a time of midnight: `2022-06-30T00:00:00` is `2022-06-30`.
  static func plain(_ text: some Collection<UInt8>) -> [UInt8] {
    guard let split = text.firstIndex(of: UInt8(ascii: "T")) else { return Array(text) }
    let time = text[text.index(after: split)...]
    let isMidnight = time.allSatisfy { $0 == 48 || $0 == 58 || $0 == 46 || $0 == 90 }
    return Array(text[..<split]) + (isMidnight ? [] : [32] + Array(time.prefix { $0 != 46 && $0 != 90 }))
  }

  /// What a number format of a workbook is by its number, of those that every workbook knows; nil for its own.
  static func format(builtIn id: Int) -> Format? {
    switch id {
    case 14...17, 22, 27...31, 34...36, 50...58: .date
    case 18...21, 32, 33, 45...47: .time
    case 0..<164: .number
    default: nil
    }
  }

  /// What a number format is by its code: a date if it has a year or day outside quotes, or a month without hours or
  /// seconds about it.
  static func format(code: String) -> Format {
    var (letters, isQuoted, skip, bracket) = ([Character](), false, false, "")
    var isBracket = false
    for character in code.lowercased() {
      if skip {
        skip = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracket {
        if character == "]" {
          // [h], [mm] and [ss] are hours and more; others are colours, conditions and places.
          if !bracket.isEmpty, bracket.allSatisfy({ $0 == bracket.first }), let first = bracket.first,
            "hms".contains(first)
          {
            letters.append("h")
          }
          isBracket = false
        } else {
          bracket.append(character)
        }
      } else if character == "\"" {
        isQuoted = true
      } else if character == "\\" || character == "_" || character == "*" {
        skip = true
      } else if character == "[" {
        (isBracket, bracket) = (true, "")
      } else if character == ";" {
        // Only the first section: that of positive numbers.
        break
      } else {
        letters.append(character)
      }
    }
    let word = String(letters)
    if word.contains("general") { return .number }
    // 0.00E+00 has no letter of a date; "am/pm" has an m.
    let rest = word.replacing("am/pm", with: "h").replacing("a/p", with: "h")
    if rest.contains(where: { "yd".contains($0) }) { return .date }
    let isTime = rest.contains { "hs".contains($0) }
    if rest.contains("m") { return isTime ? .time : .date }
    return isTime ? .time : .number
  }
}
