import CommunitySafety
import TimeSeries

/// The completeness calendar of a run of police.uk files, and what to say about it.
struct StreetCalendar {
  private(set) var cells: [CompletenessCalendar.Cell] = []
  private(set) var notes: [DataNote] = []
  /// For each force of the table the half-loaded months, counted from the first of the span.
  private(set) var partialMonths: [Set<Int>]

  /// Judges every month of `span` of the given forces (positions in the table's).
  ///
  /// The rows of a cell are those of the force's own files; for a month with stray rows only, the rows in its districts
  /// found in the files of others.
  init(
    table: StreetTable, geographies: [ForceGeography], span: ClosedRange<Int>, isThere: [[Bool]], forces: [Int],
    accounts: StreetAccounts
  ) {
    let count = span.count
    let zeros = [[Int]](repeating: [Int](repeating: 0, count: count), count: table.forces.count)
    var (rows, unlocated, stray) = (zeros, zeros, zeros)
    partialMonths = [Set<Int>](repeating: [], count: table.forces.count)
    let homes = StreetCalendar.homes(table, geographies)
    for cell in table.cells {
      let month = cell.month - span.lowerBound
      rows[cell.force][month] += cell.rows
      if table.areas[cell.place].district.isEmpty { unlocated[cell.force][month] += cell.rows }
      for home in homes[cell.place] where home != cell.force && !isThere[home][month] {
        stray[home][month] += cell.rows
      }
    }
    for force in forces {
      let present = (0..<count).filter { isThere[force][$0] }
      let flags = HalfLoaded.flags(present.map { rows[force][$0] })
      let partial = Set(zip(present, flags).filter(\.1).map(\.0))
      partialMonths[force] = partial
      let median = HalfLoaded.median(present.map { Double(rows[force][$0]) })
      for month in 0..<count {
        let strays = stray[force][month]
        let status: CompletenessCalendar.Status =
          isThere[force][month]
          ? (partial.contains(month) ? .partial : .present) : (strays > 0 ? .strayRowsOnly : .absent)
        cells.append(
          .init(
            source: table.forces[force], period: Period(frequency: .monthly, ordinal: span.lowerBound + month),
            status: status, rows: status == .strayRowsOnly ? strays : rows[force][month],
            unlocated: unlocated[force][month], medianRows: median, account: accounts[force, month]))
      }
      note(force: geographies[force].display, Array(cells.suffix(count)))
    }
  }

  /// For each area the forces that its district is at home in.
  private static func homes(_ table: StreetTable, _ geographies: [ForceGeography]) -> [[Int]] {
    table.areas.map { area in
      geographies.indices.filter {
        if case .district = geographies[$0].place(of: area.district) { true } else { false }
      }
    }
  }

  private mutating func note(force: String, _ cells: [CompletenessCalendar.Cell]) {
    func months(_ status: CompletenessCalendar.Status) -> [CompletenessCalendar.Cell] {
      cells.filter { $0.status == status }
    }
    let absent = cells.filter { $0.status == .absent || $0.status == .strayRowsOnly }
    if !absent.isEmpty { notes.append(.street(.absentPeriods(force: force, absent.map(\.period)))) }
    for cell in months(.strayRowsOnly) {
      notes.append(.street(.strayRows(.init(force: force, month: cell.period), rows: cell.rows)))
    }
    for cell in months(.partial) {
      notes.append(
        .street(
          .halfLoaded(
            .init(force: force, month: cell.period), rows: cell.rows,
            shareOfUsual: Double(cell.rows) / cell.medianRows)))
    }
  }
}
