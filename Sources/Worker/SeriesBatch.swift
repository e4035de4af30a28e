import Diagnostics
import TimeSeries

/// The series of one frame, as they were sent, and what of them can be used.
///
/// Body: the number of series n and of rows r (four bytes each); n + 1 offsets of identifiers in their bytes and n + 1 of the
/// series' rows (four bytes each, the first 0, rising, the last the number of bytes and r); r days since 1970-01-01 (four bytes, signed); r values
/// (doubles; NaN is missing); the bytes of the identifiers, UTF-8. Rows of a series are in any order, each of another period.
public struct SeriesBatch: Sendable {
  /// What may be wrong with a series by itself; the others of its batch are none the worse for it.
  public enum Status: UInt8, CaseIterable, Sendable {
    case ok, badIdentifier, repeatedIdentifier, noRows, badDate, duplicatePeriod, tooLong, notFinite, negative,
      afterThrough

    /// The name that outputs have.
    public var name: String {
      switch self {
      case .ok: "ok"
      case .badIdentifier: "bad-id"
      case .repeatedIdentifier: "repeated-id"
      case .noRows: "no-rows"
      case .badDate: "bad-date"
      case .duplicatePeriod: "duplicate-period"
      case .tooLong: "too-long"
      case .notFinite: "not-finite"
      case .negative: "negative"
      case .afterThrough: "after-through"
      }
    }
  }

  /// Most periods from the first to the last row of a series.
  public static let spanLimit = 200_000
  /// Most bytes of an identifier.
  public static let longestIdentifier = 4096

  /// What became of each series.
  public private(set) var statuses: [Status] = []
  /// What is wrong with each, in words; empty where nothing is.
  public private(set) var errors: [String] = []
  /// The series that can be used.
  public private(set) var series: [Series] = []
  /// Where each of ``series`` stood.
  public private(set) var positions: [Int] = []
  /// For each of ``series`` how its dates stand within their periods.
  private(set) var anchors: [DateAnchor] = []

  /// Reads the body of a frame.
  ///
  /// - Throws: `HorizonError` of kind data if it is no batch.
  public init(_ body: [UInt8], frequency: Frequency, through last: Period? = nil) throws {
    try body.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      let (count, rows) = (Int(try reader.next(UInt32.self)), Int(try reader.next(UInt32.self)))
      let identifierEnds = try reader.next(UInt32.self, count + 1)
      let rowEnds = try reader.next(UInt32.self, count + 1)
      let days = try reader.next(Int32.self, rows)
      let values = try reader.doubles(rows)
      let text = try reader.slice(reader.rest)
      for (ends, total) in [(identifierEnds, text.count), (rowEnds, rows)] {
        guard ends.first == 0, ends.last.map(Int.init) == total, zip(ends, ends.dropFirst()).allSatisfy(<=) else {
          throw HorizonError(
            .data, "the offsets of a batch do not rise from 0 to what it holds", at: .init(file: FrameReader.place),
            remedy: "Use the package of the program's own version")
        }
      }
      var seen = Set<SeriesKey>()
      seen.reserveCapacity(count)
      for i in 0..<count {
        let identifier = UnsafeRawBufferPointer(rebasing: text[Int(identifierEnds[i])..<Int(identifierEnds[i + 1])])
        let range = Int(rowEnds[i])..<Int(rowEnds[i + 1])
        do throws(Fault) {
          let key = try Self.key(identifier)
          guard seen.insert(key).inserted else {
            throw Fault(.repeatedIdentifier, "it is in the batch before, too: give each series once")
          }
          let made = try Self.made(key, days[range], values[range], frequency, last)
          series.append(made.series)
          anchors.append(made.anchor)
          positions.append(i)
          statuses.append(.ok)
          errors.append("")
        } catch {
          statuses.append(error.status)
          errors.append(error.message)
        }
      }
    }
  }

  /// What is wrong with one series.
  private struct Fault: Error {
    let status: Status
    let message: String

    init(_ status: Status, _ message: String) { (self.status, self.message) = (status, message) }
  }

  private static func key(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> SeriesKey {
    guard !bytes.isEmpty else { throw Fault(.badIdentifier, "its unique_id is empty: give every series one") }
    guard bytes.count <= longestIdentifier else {
      throw Fault(.badIdentifier, "its unique_id has \(bytes.count) bytes, and may have \(longestIdentifier)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(.badIdentifier, "its unique_id is not UTF-8 text")
    }
    return SeriesKey(uniqueID: text)
  }

  private static func made(
    _ key: SeriesKey, _ days: ArraySlice<Int32>, _ values: ArraySlice<Double>, _ frequency: Frequency, _ last: Period?
  ) throws(Fault) -> (series: Series, anchor: DateAnchor) {
    guard let earliest = days.min(), let latest = days.max() else { throw Fault(.noRows, "it has no rows") }
    // The years 1 to 9999.
    guard earliest >= -719_162, latest <= 2_932_896 else {
      throw Fault(.badDate, "it has a date that is missing, is none, or is outside the years 1 to 9999")
    }
    let first = Period(frequency, containing: CivilDate(daysSinceEpoch: Int(earliest)))
    let end = Period(frequency, containing: CivilDate(daysSinceEpoch: Int(latest)))
    guard end - first < spanLimit else {
      throw Fault(.tooLong, "it spans \(end - first + 1) \(frequency.noun)s, and may span \(spanLimit)")
    }
    if let last, end > last {
      throw Fault(.afterThrough, "it goes on after the last \(frequency.noun) of the run: say so with through")
    }
    var filled = [Double](repeating: .nan, count: end - first + 1)
    var isThere = [Bool](repeating: false, count: filled.count)
    var isCount = true
    for (day, value) in zip(days, values) {
      let date = CivilDate(daysSinceEpoch: Int(day))
      let at = Period(frequency, containing: date) - first
      guard !isThere[at] else {
        throw Fault(
          .duplicatePeriod,
          "it has two rows for the \(frequency.noun) of \(text(date)): add them up, or leave one out")
      }
      isThere[at] = true
      guard !value.isNaN else { continue }
      guard value.isFinite else { throw Fault(.notFinite, "its value of \(text(date)) is infinite") }
      guard value >= 0 else {
        throw Fault(.negative, "its value of \(text(date)) is below nought: net corrections, or make them missing")
      }
      if !(value <= 9e15 && value == value.rounded()) { isCount = false }
      filled[at] = value
    }
    let series = Series(key: key, start: first, values: filled, kind: isCount ? .count : .value)
    return (series, DateAnchor(day: Int(latest), of: end))
  }

  private static func text(_ date: CivilDate) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.year)-\(two(date.month))-\(two(date.day))"
  }
}

/// How the dates of a series stand within their periods: so many days after the first, or on the last day.
struct DateAnchor: Equatable, Sendable {
  private let offset: Int
  private let isLastDay: Bool

  init(day: Int, of period: Period) {
    offset = day - period.firstDay.daysSinceEpoch
    isLastDay = offset > 0 && offset == period.days - 1
  }

  /// The date of a period, in days since 1970-01-01.
  func day(of period: Period) -> Int32 {
    let first = period.firstDay.daysSinceEpoch
    return Int32(clamping: first + (isLastDay ? period.days - 1 : min(offset, period.days - 1)))
  }
}
