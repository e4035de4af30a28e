import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Collects the rows of one table, whatever its layout. No text is made of a row: names and period cells become small
/// integers by their bytes.
struct TableRowsBuilder {
  /// Most rows of one table.
  static let rowLimit = 200_000_000
  /// Most cells of a wide table.
  static let cellLimit = 100_000_000
  /// Most distinct period cells of one table.
  static let periodLimit = 1_000_000

  /// Named in errors.
  let file: String
  private var identities = ByteInterner(capacity: 1024)
  private var measures = ByteInterner()
  private var pairs = IntegerInterner()
  private var periods = ByteInterner(capacity: 512)
  private var marks = Set<String>()
  private var units: [Int: (text: String, line: Int)] = [:]
  private var rows = TableRows()
  private var identityNames: [String]?
  private let hasMeasures: Bool
  private var (lastIdentity, lastMeasure, lastPair) = (-1, -1, -1)

  /// An empty collection. With `hasMeasures` a series is an area and a measure, else a `unique_id`; `kind` is what the
  /// layout says its values are; `areIdentifiers` where identities are a `unique_id`.
  init(file: String, hasMeasures: Bool, areIdentifiers: Bool = false, areCounts: Bool = false, kind: MeasureKind? = nil)
  {
    self.file = file
    rows.areIdentifiers = areIdentifiers
    rows.areCounts = areCounts
    self.hasMeasures = hasMeasures
    rows.kind = kind
  }

  /// Makes room for about as many rows, which is not held to: archives may announce any size. Later rows may be shorter than
  /// those the number was foretold from; room that is not used costs nothing, running out of it a copy.
  mutating func expect(rows count: Int) {
    let most = min(max(0, count), 8_000_000)
    rows.rows.reserveCapacity(most + most / 4)
  }

  /// The number of a series.
  ///
  /// - Parameters:
  ///   - measure: nil exactly where the table's series have no measure of their own.
  ///   - line: line and columns of the names (from 0), for errors.
  /// - Throws: `HorizonError` of kind data for a name that is not UTF-8.
  @inline(__always)
  mutating func series(
    _ identity: UnsafeBufferPointer<UInt8>, measure: UnsafeBufferPointer<UInt8>? = nil, line: Int,
    columns: (identity: Int, measure: Int) = (0, 0)
  ) throws -> Int {
    if lastIdentity < 0 || !identities.matches(lastIdentity, identity) {
      lastIdentity = try TableRowsBuilder.intern(&identities, identity, file, line, columns.identity)
      lastPair = -1
    }
    guard let measure else { return lastIdentity }
    if lastMeasure < 0 || !measures.matches(lastMeasure, measure) {
      lastMeasure = try TableRowsBuilder.intern(&measures, measure, file, line, columns.measure)
      lastPair = -1
    }
    if lastPair < 0 { lastPair = pairs.intern(UInt64(lastIdentity) << 32 | UInt64(lastMeasure)).index }
    return lastPair
  }

  /// The number of a period cell, which stands in field `column` (from 0).
  ///
  /// - Throws: `HorizonError` of kind data for a cell that is not UTF-8, or one distinct period too many.
  @inline(__always)
  mutating func period(_ cell: UnsafeBufferPointer<UInt8>, line: Int, column: Int) throws -> Int {
    let (index, isNew) = periods.intern(cell)
    if isNew { try noteNewPeriod(cell, line, column) }
    return index
  }

  /// Appends a row: `value` is what its cell held where the state is `value`.
  ///
  /// - Parameter denominator: what a proportion's value is a share of; given for every row of a table of them.
  /// - Throws: `HorizonError` of kind data for one row too many.
  @inline(__always)
  mutating func append(
    value: Double, denominator: Double? = nil, state: TableRows.State, series: Int, period: Int, line: Int
  ) throws {
    rows.rows.append(
      TableRows.Row(
        value: state == .value ? value : state.code, series: Int32(truncatingIfNeeded: series),
        period: Int32(truncatingIfNeeded: period), line: Int32(truncatingIfNeeded: line), state: state))
    if let denominator { rows.denominators.append(denominator) }
    if rows.rows.count > TableRowsBuilder.rowLimit { throw tooMany("rows", TableRowsBuilder.rowLimit) }
  }

  /// Says which periods the values of every run are of.
  mutating func setRunPeriods(_ periods: [Int]) { rows.runPeriods = periods.map { Int32(truncatingIfNeeded: $0) } }

  /// Appends a record of a wide table: one value a run period, or why there is none (`TableRows.State.code`); `isPlain` if
  /// all were written as plain whole numbers.
  ///
  /// - Throws: `HorizonError` of kind data for one cell too many.
  mutating func append(run values: [Double], isPlain: Bool, series: Int, line: Int) throws {
    rows.runs.append(
      TableRows.Run(
        values: values, series: Int32(truncatingIfNeeded: series), line: Int32(truncatingIfNeeded: line),
        isPlain: isPlain))
    if rows.runs.count * values.count > TableRowsBuilder.cellLimit {
      throw tooMany("cells", TableRowsBuilder.cellLimit)
    }
  }

  /// Gives the row appended last a population; called for every row of a table that has them, or for none.
  mutating func append(population: Double) { rows.populations.append(population) }

  /// Notes a mark of suppression.
  mutating func note(mark: UnsafeBufferPointer<UInt8>) {
    if marks.count < 20 { marks.insert(SafeText.printable(String(decoding: mark, as: UTF8.self))) }
  }

  /// Notes a record that repeats the header, as `count` rows or cells.
  mutating func noteRepeatedHeader(_ count: Int) { rows.repeatedHeaders += count }

  /// Notes something about the table itself.
  mutating func note(_ note: DataNote) { rows.notes.append(note) }

  /// Notes the unit of the measure named last; a blank one says nothing.
  ///
  /// - Throws: `HorizonError` of kind data for a second unit of one measure.
  mutating func note(unit: UnsafeBufferPointer<UInt8>, line: Int, column: Int) throws {
    guard !unit.isEmpty else { return }
    if let known = units[lastMeasure] {
      guard !known.text.utf8.elementsEqual(unit) else { return }
      throw HorizonError(
        .data,
        "the unit of \"\(SafeText.printable(measures.string(lastMeasure)))\" is \"\(SafeText.printable(String(decoding: unit, as: UTF8.self)))\" "
          + "here and \"\(SafeText.printable(known.text))\" on line \(known.line)",
        at: .init(file: file, line: line, column: column + 1), remedy: "Give a measure one unit, or two names")
    }
    try TableRowsBuilder.validate(unit, file, line, column)
    units[lastMeasure] = (String(decoding: unit, as: UTF8.self), line)
  }

  /// Number of rows, or of records of a wide table, so far.
  var count: Int { rows.rows.count + rows.runs.count }

  /// Multiplies the values at these places by a thousand, and notes why.
  mutating func scale(_ places: [ThousandPoints.Place], note: TableNote) {
    rows.notes.append(.table(note))
    for place in places {
      if rows.runs.isEmpty {
        let row = rows.rows[place.row]
        rows.rows[place.row] = TableRows.Row(
          value: (row.value * 1000).rounded(), series: row.series, period: row.period, line: row.line, state: row.state)
      } else {
        rows.runs[place.row].values[place.column] = (rows.runs[place.row].values[place.column] * 1000).rounded()
      }
    }
  }

  /// Names the areas, which were told apart by other bytes than their names, in order of first appearance.
  mutating func setIdentityNames(_ names: [String]) { identityNames = names }

  /// What was collected.
  consuming func finish() -> TableRows {
    rows.periods = periods.strings
    rows.marks = marks.sorted(by: FileKind.scalarOrder)
    if hasMeasures {
      let (areas, measures) = (identityNames ?? identities.strings, measures.strings)
      rows.keys = pairs.keys.map { SeriesKey(area: areas[Int($0 >> 32)], measure: measures[Int($0 & 0xFFFF_FFFF)]) }
      rows.units = Dictionary(uniqueKeysWithValues: units.map { (measures[$0], $1.text) })
    } else {
      // The series of a measure share its text.
      var measures: [String: String] = [:]
      rows.keys =
        identityNames.map { names in names.map { SeriesKey(area: $0, measure: nil) } }
        ?? (0..<identities.count).map { identity in
          let key = SeriesKey(uniqueID: identities.string(identity))
          guard let measure = key.measure else { return key }
          // Equal names may be written in different bytes, which stay.
          if let known = measures[measure], known.utf8.elementsEqual(measure.utf8) {
            return SeriesKey(area: key.area, measure: known)
          }
          measures[measure] = measure
          return key
        }
    }
    return rows
  }

  private func tooMany(_ what: String, _ limit: Int) -> HorizonError {
    HorizonError(
      .data, "the table has more than \(limit) \(what)", at: .init(file: file),
      remedy: "Split it, or aggregate it to fewer areas or measures")
  }

  private mutating func noteNewPeriod(_ cell: UnsafeBufferPointer<UInt8>, _ line: Int, _ column: Int) throws {
    try TableRowsBuilder.validate(cell, file, line, column)
    rows.periodPlaces.append((line, column + 1))
    if periods.count > TableRowsBuilder.periodLimit {
      throw HorizonError(
        .data, "the table has more than \(TableRowsBuilder.periodLimit) distinct periods",
        at: .init(file: file, line: line, column: column + 1), remedy: "Check that this column holds periods")
    }
  }

  /// Static, for a method of the builder would hold a copy of it, and with it of every name, while one is added.
  private static func intern(
    _ table: inout ByteInterner, _ name: UnsafeBufferPointer<UInt8>, _ file: String, _ line: Int, _ column: Int
  ) throws -> Int {
    let (index, isNew) = table.intern(name)
    if isNew { try validate(name, file, line, column) }
    return index
  }

  private static func validate(
    _ name: UnsafeBufferPointer<UInt8>, _ file: String, _ line: Int, _ column: Int
  ) throws {
    guard name.validText == nil else { return }
    throw HorizonError(
      .data, name.contains(0) ? "the field holds a NUL byte" : "the field is not UTF-8 text",
      at: .init(file: file, line: line, column: column + 1), remedy: "Save the file as CSV UTF-8")
  }
}
