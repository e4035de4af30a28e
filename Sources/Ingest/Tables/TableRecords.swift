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
    /// Resident population; nil where blank.
    package var population: Double?

    /// A row.
    package init(series: Int, period: Int, value: Double?, state: Int, population: Double?) {
      self.series = series
      self.period = period
      self.value = value
      self.state = state
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

  /// Records under these names.
  package init(keys: [SeriesKey] = [], periods: [String] = [], records: [Record] = [], marks: [String] = []) {
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
        let population = rows.populations.isEmpty ? Double.nan : rows.populations[index]
        return Record(
          series: Int(row.series), period: Int(row.period), value: row.state == .value ? row.value : nil,
          state: Int(row.state.rawValue), population: population.isNaN ? nil : population)
      },
      marks: rows.marks)
  }

  /// The rows as if the table had just been read, but for their lines; nil for a state or position that no row has.
  package var rows: TableRows? {
    var rows = TableRows()
    rows.keys = keys
    rows.periods = periods
    rows.periodPlaces = periods.map { _ in (line: 1, column: 1) }
    rows.marks = marks
    rows.rows.reserveCapacity(records.count)
    for record in records {
      guard let raw = UInt8(exactly: record.state), let state = TableRows.State(rawValue: raw),
        keys.indices.contains(record.series), periods.indices.contains(record.period),
        (record.value == nil) == (state != .value)
      else { return nil }
      rows.rows.append(
        TableRows.Row(
          value: record.value ?? .nan, series: Int32(record.series), period: Int32(record.period),
          line: Int32(rows.rows.count + 2), state: state))
    }
    if records.contains(where: { $0.population != nil }) { rows.populations = records.map { $0.population ?? .nan } }
    return rows
  }
}
