import CommunitySafety
import Diagnostics
import TimeSeries

/// The opening of a file: its header, what stands above it, and the first rows below it, where they were looked at.
struct Opening: Sendable {
  /// Most records that are looked at before the layout of a file must be known, and most bytes of them.
  static let recordLimit = 60
  static let byteLimit = 1 << 20

  /// The header.
  let header: TableHeader
  /// Records above the header that are no part of the table.
  let above: [OwnedRecord]
  /// Records below the header; empty where a layout was plain from the header.
  let rows: [OwnedRecord]
  /// Line of the upper of two rows that make the header together; nil where it is one row.
  let upperLine: Int?

  /// An opening of a header alone, or with rows that were looked at.
  init(header: TableHeader, above: [OwnedRecord] = [], rows: [OwnedRecord] = [], upperLine: Int? = nil) {
    self.header = header
    self.above = above
    self.rows = rows
    self.upperLine = upperLine
  }

  /// What to know about how the header of a file was found.
  func notes(file: String) -> [DataNote] {
    guard let line = header.place.line else { return [] }
    var notes: [DataNote] = []
    if !skipped.isEmpty { notes.append(.files(.linesAbove(skipped, header: line, file: file))) }
    if let upperLine,
      let column = header.names.indices.first(where: {
        header.names[$0] != header.written[$0] && !header.written[$0].isEmpty
      })
    {
      notes.append(
        .files(
          .joinedHeader(
            upper: upperLine, lower: line, written: header.written[column], readAs: header.names[column], file: file)))
    }
    return notes
  }

  /// Hands over the records of the opening that stand below the header.
  func forEachRow(_ handle: (CSVRecord) throws -> Void) rethrows {
    for row in rows { try row.withRecord(handle) }
  }

  /// What was skipped above the header, for a note.
  var skipped: [String] {
    above.map { record in record.texts.filter { !$0.isEmpty }.joined(separator: ", ") }.filter { !$0.isEmpty }
  }

  /// The readings of the first records of a file that take the one at `place` for the header: with what stands above it
  /// as years over months, and alone, where all above is unmistakably none of the table.
  ///
  /// - Parameter fillsUp: whether rows end with their last field that holds anything, as those of sheets do.
  /// - Throws: `HorizonError` of kind data for a month that says another year than the one that stands above it.
  static func readings(
    of records: [OwnedRecord], at place: Int, file: String, fillsUp: Bool = false
  ) throws -> [Opening] {
    var rows = Array(records[(place + 1)...])
    let width = fillsUp ? rows.reduce(records[place].count) { max($0, $1.count) } : 0
    let header = records[place].filledUp(to: width).withRecord { TableHeader($0, file: file) }
    if fillsUp { rows = rows.map { isNoteOfSheet($0, width) ? $0 : $0.filledUp(to: width) } }
    var readings: [Opening] = []
    if place > 0, let joined = try HeaderRows.joined(records[place - 1].texts, header),
      records[..<(place - 1)].allSatisfy({ isPreamble($0, header) })
    {
      readings.append(
        Opening(
          header: joined, above: Array(records[..<(place - 1)]), rows: rows, upperLine: records[place - 1].line))
    }
    let isUpperRow =
      place + 1 < records.count
      && HeaderRows.areTwo(records[place].texts, records[place + 1].withRecord { TableHeader($0, file: file) })
    if !isUpperRow, records[..<place].allSatisfy({ isPreamble($0, header) }) {
      readings.append(Opening(header: header, above: Array(records[..<place]), rows: rows))
    }
    return readings
  }

  /// The same opening under another header.
  func under(_ header: TableHeader) -> Opening {
    Opening(header: header, above: above, rows: rows, upperLine: upperLine)
  }

  /// Whether a row of a sheet is a note rather than one whose other fields are blank.
  private static func isNoteOfSheet(_ record: OwnedRecord, _ width: Int) -> Bool {
    let filled = record.texts.filter { !$0.isEmpty }
    return filled.count <= 2 && record.count < width && filled.first.map(LinesBelow.readsAsNote) ?? false
  }

  /// Whether a record above a header is a title, a note or a blank line: at most two fields of it hold anything where the
  /// header has more, or it has fewer fields and no number among them.
  private static func isPreamble(_ record: OwnedRecord, _ header: TableHeader) -> Bool {
    let filled = record.texts.filter { !$0.isEmpty }
    let names = header.names.count { !$0.isEmpty }
    if filled.count <= 2, names > 2 { return true }
    return record.count < header.names.count && names > 2
      && !filled.contains { text in text.allSatisfy { $0.isNumber || ".,%-".contains($0) } }
  }
}

/// Two rows of headers: years over months or quarters.
enum HeaderRows {
  /// Whether the rows are such, contradictory ones among them.
  static func areTwo(_ above: [String], _ header: TableHeader) -> Bool {
    do { return try joined(above, header) != nil } catch { return true }
  }

  /// The header that the rows make together; nil if they are not such rows. A year stands over the first of its months
  /// (cells were merged) or over each. A single year above months that say others is a title, and they are right.
  ///
  /// - Throws: `HorizonError` of kind data, with the column, for a month that says another year than the one of several that
  ///   stands above it.
  static func joined(_ above: [String], _ header: TableHeader) throws -> TableHeader? {
    var names = header.names
    var (year, count): (String?, Int) = (nil, 0)
    for (column, name) in header.names.enumerated() {
      if column < above.count, !above[column].isEmpty { year = above[column] }
      // A header that is merged over both rows stands in the upper one.
      if name.isEmpty, column < above.count { names[column] = above[column] }
      guard let year else { continue }
      if let joined = marked(name, in: year) {
        names[column] = joined
        count += 1
      } else if isYear(year), PeriodStyle.parse(name, frequency: .monthly) != nil {
        guard above.count(where: isYear) > 1 else { return nil }
        throw HorizonError(
          .data, "the month \"\(name)\" stands under \"\(year)\" in the line above", at: header.place(ofColumn: column),
          remedy: "Correct the year in one of the two lines")
      }
    }
    return count > 1 ? TableHeader(names: names, over: header) : nil
  }

  /// The period that the rows make, with the marks that either has: `Mar 2024 (p)`.
  private static func marked(_ name: String, in year: String) -> String? {
    func isPart(_ text: String) -> Bool { period(text, in: "2021") != nil }
    let (part, above) = (PeriodMark.split(name, isPeriod: isPart), PeriodMark.split(year, isPeriod: isYear))
    return period(part?.period ?? name, in: above?.period ?? year).map { joined in
      [joined, part?.mark ?? above?.mark].compactMap(\.self).joined(separator: " ")
    }
  }

  /// `Apr 2021` of `Apr` in `2021` or `2021/22`; `2021/22 Q1` of `Q1`; a month that says its own year as it is, under the year
  /// that it lies in.
  private static func period(_ name: String, in year: String) -> String? {
    if let own = PeriodStyle.parse(name, frequency: .monthly)?.period { return lies(own, in: year) ? name : nil }
    if name.count == 2, name.first == "Q" || name.first == "q" { return isYear(year) ? "\(year) \(name)" : nil }
    guard let month = PeriodStyle.monthNumber(name) else { return nil }
    if let (period, _) = PeriodStyle.parse(year, frequency: .yearly), year.utf8.count == 4 {
      return PeriodStyle.monthName.format(.month(period.ordinal, month))
    }
    guard let (period, style) = PeriodStyle.parse(year, frequency: .financialYearly), case .years = style else {
      return nil
    }
    return PeriodStyle.monthName.format(.month(period.ordinal + (month < 4 ? 1 : 0), month))
  }

  private static func lies(_ month: Period, in year: String) -> Bool {
    if year.utf8.count == 4, let (known, _) = PeriodStyle.parse(year, frequency: .yearly) {
      return known.ordinal == month.year
    }
    guard let (known, style) = PeriodStyle.parse(year, frequency: .financialYearly), case .years = style else {
      return false
    }
    return (known.firstDay..<(known + 1).firstDay).contains(month.firstDay)
  }

  private static func isYear(_ text: String) -> Bool {
    [Frequency.yearly, .financialYearly].contains { PeriodStyle.parse(text, frequency: $0) != nil }
  }
}
