import TimeSeries

/// The rows of one table in the plain form a store keeps: names and periods as written, one record a row.
package struct TableRecords: Sendable {
  /// One row.
  package struct Record: Sendable, Hashable {
    /// Position in `keys`.
    package var series: Int
    /// Position in `periods`.
    package var period: Int
    /// The number; nil if there was none.
    package var value: Double?
    /// What the value cell held, as a small number: see `TableRows.State`.
    package var state: Int
    /// Of a proportion what the value is counted among; nil where there is none.
    package var denominator: Double?
    /// Resident population; nil where blank.
    package var population: Double?

    /// A row.
    package init(series: Int, period: Int, value: Double?, state: Int, denominator: Double?, population: Double?) {
      self.series = series
      self.period = period
      self.value = value
      self.state = state
      self.denominator = denominator
      self.population = population
    }
  }

  /// Series and period cells in order of first appearance.
  package var keys: [SeriesKey]
  package var periods: [String]
  /// The rows in file order.
  package var records: [Record]
  /// Distinct marks of suppression, sorted.
  package var marks: [String]
  /// What the layout says its values are; nil where each series' values tell.
  package var kind: MeasureKind?
  /// Units by measure.
  package var units: [String: String]
  /// Values in each record of a wide table, 0 for other tables: so many records after one another are of one series.
  package var runLength: Int

  /// Records under these names.
  package init(
    keys: [SeriesKey] = [], periods: [String] = [], records: [Record] = [], marks: [String] = [],
    kind: MeasureKind? = nil, units: [String: String] = [:], runLength: Int = 0
  ) {
    self.kind = kind
    self.units = units
    self.runLength = runLength
    self.keys = keys
    self.periods = periods
    self.records = records
    self.marks = marks
  }
}

extension TableRecords {
  /// The rows of a table that was read.
  package init(_ rows: TableRows) {
    self.init(
      keys: rows.keys, periods: rows.periods,
      records: rows.rows.enumerated().map { index, row in
        func number(_ column: [Double]) -> Double? { column.isEmpty || column[index].isNaN ? nil : column[index] }
        return Record(
          series: Int(row.series), period: Int(row.period), value: row.state == .value ? row.value : nil,
          state: Int(row.state.rawValue), denominator: number(rows.denominators), population: number(rows.populations))
      }
        + rows.runs.flatMap { run in
          zip(rows.runPeriods, run.values).map { period, value in
            Record(
              series: Int(run.series), period: Int(period), value: value.isNaN ? nil : value,
              state: Int(TableRows.State(of: value).rawValue), denominator: nil, population: nil)
          }
        },
      marks: rows.marks, kind: rows.kind, units: rows.units,
      runLength: rows.rows.isEmpty ? rows.runPeriods.count : 0)
  }

  /// The rows as if the table had just been read, but for their lines; nil for a state or position that no row has.
  package var rows: TableRows? {
    var rows = TableRows()
    rows.keys = keys
    rows.periods = periods
    rows.periodPlaces = periods.map { _ in (line: 1, column: 1) }
    rows.marks = marks
    rows.kind = kind
    rows.units = units
    // A store does not keep what the identities of a table were; names with measures are names.
    rows.areIdentifiers = true
    if runLength > 0 { return runs(into: rows) }
    rows.rows.reserveCapacity(records.count)
    for record in records {
      guard let raw = UInt8(exactly: record.state), let state = TableRows.State(rawValue: raw),
        keys.indices.contains(record.series), periods.indices.contains(record.period),
        (record.value == nil) == (state != .value)
      else { return nil }
      rows.rows.append(
        TableRows.Row(
          value: record.value ?? state.code, series: Int32(record.series), period: Int32(record.period),
          line: Int32(rows.rows.count + 2), state: state))
    }
    if records.contains(where: { $0.denominator != nil }) || kind == .proportion {
      rows.denominators = records.map { $0.denominator ?? .nan }
    }
    if records.contains(where: { $0.population != nil }) { rows.populations = records.map { $0.population ?? .nan } }
    return rows
  }

  /// The records of a wide table, each of one series and the same periods; nil if they are not.
  private func runs(into empty: TableRows) -> TableRows? {
    var rows = empty
    guard records.count % runLength == 0 else { return nil }
    rows.runPeriods = records.prefix(runLength).map { Int32($0.period) }
    for start in stride(from: 0, to: records.count, by: runLength) {
      let record = records[start..<start + runLength]
      guard record.allSatisfy({ $0.series == records[start].series }), keys.indices.contains(records[start].series),
        record.map({ Int32($0.period) }) == rows.runPeriods
      else { return nil }
      let values = record.map { cell in
        cell.value ?? (UInt8(exactly: cell.state).flatMap(TableRows.State.init(rawValue:)) ?? .notAvailable).code
      }
      rows.runs.append(
        TableRows.Run(
          values: values, series: Int32(records[start].series), line: Int32(rows.runs.count + 2),
          isPlain: values.allSatisfy { $0 >= 0 && $0 <= 9e15 && $0 == $0.rounded() }))
    }
    return rows
  }
}
