import TimeSeries
import Wording

/// A second of universal time, as alerts write it: `2026-11-28T09:30:00Z`. Alerts alone in Horizon know the clock, and they are
/// handed it.
public struct Moment: Hashable, Comparable, Sendable, Codable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int

  /// The moment this many seconds after 1970 began.
  public init(seconds: Int) { self.seconds = seconds }

  /// Reads `2026-11-28T09:30:00Z`, or `2026-11-28` for the first second of that day; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    func numbers(_ text: Substring, _ separator: Character, _ widths: [Int]) -> [Int]? {
      let fields = text.split(separator: separator, omittingEmptySubsequences: false)
      guard fields.map(\.utf8.count) == widths, fields.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
      else { return nil }
      return fields.compactMap { Int($0) }
    }
    guard (1...2).contains(parts.count), let day = numbers(parts[0], "-", [4, 2, 2]),
      let date = CivilDate(year: day[0], month: day[1], day: day[2])
    else { return nil }
    var time = [0, 0, 0]
    if parts.count == 2 {
      guard parts[1].hasSuffix("Z"), let clock = numbers(parts[1].dropLast(), ":", [2, 2, 2]), clock[0] < 24,
        clock[1] < 60, clock[2] < 60
      else { return nil }
      time = clock
    }
    self.init(seconds: date.daysSinceEpoch * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
  }

  /// The day in universal time.
  public var day: CivilDate { CivilDate(daysSinceEpoch: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400) }

  /// `2026-11-28T09:30:00Z`.
  public var text: String {
    let rest = seconds - day.daysSinceEpoch * 86_400
    let two = { NumberText.padded($0, 2) }
    return "\(NumberText.padded(day.year, 4))-\(two(day.month))-\(two(day.day))"
      + "T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// This many seconds later.
  public static func + (moment: Moment, seconds: Int) -> Moment { Moment(seconds: moment.seconds + seconds) }
  /// The earlier first.
  public static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let moment = Moment(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no moment: \(text)")
    }
    self = moment
  }

  /// Writes ``text``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
