import CommunitySafety
import TimeSeries

/// Makes the panel of a run of tables.
struct TableAssembly {
  /// Longest span of one series, in periods.
  static let spanLimit = 200_000
  /// Most values of all series together.
  static let valueLimit = 50_000_000

  private let files: [TableFile]
  private let options: IngestOptions
  private let registry: AreaRegistry
  private var notes: [DataNote] = []
  private var accounting = RowAccounting()
  /// Series of the run in order of first appearance, and each file's series and periods among them.
  private var keys: [SeriesKey] = []
  private var seriesOf: [[Int]] = []
  private var cells: [PeriodCell] = []
  private var periodOf: [[Int]] = []

  /// Brings the files under common numbers.
  ///
  /// - Throws: `HorizonError` of kind data if no file holds a row.
  init(files: [TableFile], options: IngestOptions, registry: AreaRegistry) throws {
    self.options = options
    self.registry = registry
    guard files.contains(where: { $0.content.rows > 0 }) else {
      throw HorizonError(
        .data, "the table has a header and no rows", at: .init(file: files.first?.location ?? "", line: 1),
        remedy: "Export it again with its rows")
    }
    guard files.reduce(0, { $0 + $1.content.rows }) <= Int(Int32.max) else {
      throw HorizonError(
        .data, "the tables hold more than \(Int32.max) rows together", remedy: "Read them in several runs")
    }
    var kept: [TableFile] = []
    for file in files where file.content.rows > 0 {
      accounting.read += file.content.rows
      if let first = kept.first(where: {
        $0.contentHash == file.contentHash && $0.content.rows == file.content.rows
      }) {
        accounting.setAside["repeated file", default: 0] += file.content.rows
        notes.append(
          DataNote(
            .warning, code: "duplicate-file",
            "\(file.label) repeats \(first.label) byte for byte and was counted once"))
      } else {
        kept.append(file)
      }
    }
    self.files = kept
    var keyIndex: [SeriesKey: Int] = [:]
    var cellIndex: [String: Int] = [:]
    for file in kept {
      guard let rows = file.rows else { continue }
      seriesOf.append(
        rows.keys.map { key in
          if let known = keyIndex[key] { return known }
          keyIndex[key] = keys.count
          keys.append(key)
          return keys.count - 1
        })
      periodOf.append(
        rows.periods.enumerated().map { index, text in
          if let known = cellIndex[text] { return known }
          cellIndex[text] = cells.count
          cells.append(
            PeriodCell(
              text: text,
              place: .init(
                file: file.location, line: rows.periodPlaces[index].line, column: rows.periodPlaces[index].column)))
          return cells.count - 1
        })
    }
  }

  /// The panel, its account and what to know about it.
  consuming func data(sources: [SourceFile], notes earlier: [DataNote]) throws -> IngestedData {
    let periods = try PeriodCells(cells, frequency: options.frequency)
    let isKept = try selection()
    let spans = try spans(periods.ordinals, isKept)
    let grid = try fill(periods, spans, isKept)
    let series = keys.indices.compactMap { index -> Series? in
      guard isKept[index], let span = spans[index] else { return nil }
      return TableAssembly.series(keys[index], span.lowerBound, Array(grid.values(of: index)), periods.frequency)
    }
    noteMissing(grid, series)
    let areas = areas(periods.ordinals, isKept)
    return IngestedData(
      kind: .table, panel: Panel(frequency: periods.frequency, style: periods.style, series: series), areas: areas,
      completeness: calendar(periods, isKept), accounting: accounting, sources: sources, notes: earlier + notes)
  }

  /// Whole numbers that are never negative are counts.
  private static func series(_ key: SeriesKey, _ start: Int, _ values: [Double], _ frequency: Frequency) -> Series {
    let isCount = values.allSatisfy { $0.isNaN || ($0 >= 0 && $0 <= 9e15 && $0 == $0.rounded()) }
    return Series(
      key: key, start: Period(frequency: frequency, ordinal: start), values: values, kind: isCount ? .count : .value)
  }

  /// For each series whether its area was asked for.
  private func selection() throws -> [Bool] {
    guard let wanted = options.areas else { return keys.map { _ in true } }
    var names: [String] = []
    var position: [String: Int] = [:]
    for key in keys where position[key.area] == nil {
      position[key.area] = names.count
      names.append(key.area)
    }
    let lookup = DistrictNames(registry)
    let candidates = names.map { name in
      let district = lookup.district(named: name)
      let force = district.map { ForceName.aliases(slug: $0.force, display: ForceName.display(slug: $0.force)) } ?? []
      let area = area(name, district, nil)
      return AreaSelection.Candidate(
        name: name, isListed: true, aliases: AreaSelection.aliases(area, in: registry) + force,
        group: options.by.flatMap { AreaGrouping.name(of: area, at: $0) })
    }
    let choice = try AreaSelection(wanted, among: candidates)
    return keys.map { choice.isKept[position[$0.area] ?? 0] }
  }

  /// First and last period of each series kept: of its rows, or of the table where absence means zero.
  private func spans(_ ordinals: [Int], _ isKept: [Bool]) throws -> [ClosedRange<Int>?] {
    var low = [Int](repeating: .max, count: keys.count)
    var high = [Int](repeating: .min, count: keys.count)
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      let (seriesOf, ordinalOf) = (seriesOf[file], periodOf[file].map { ordinals[$0] })
      for row in table.rows {
        let series = seriesOf[Int(row.series)]
        let ordinal = ordinalOf[Int(row.period)]
        low[series] = min(low[series], ordinal)
        high[series] = max(high[series], ordinal)
      }
    }
    if options.absentMeansZero, let first = low.min(), let last = high.max() {
      low = low.map { _ in first }
      high = high.map { _ in last }
    }
    var total = 0
    for index in keys.indices where isKept[index] {
      let length = high[index] - low[index] + 1
      total += length
      if length > TableAssembly.spanLimit || total > TableAssembly.valueLimit {
        throw HorizonError(
          .data,
          length > TableAssembly.spanLimit
            ? "the series \"\(printable(String(keys[index].uniqueID.prefix(60))))\" spans \(length) periods, more than "
              + "\(TableAssembly.spanLimit)"
            : "the series span more than \(TableAssembly.valueLimit) periods together",
          at: .init(file: files[0].location), remedy: "Check the first and last dates, and --frequency")
      }
    }
    return keys.indices.map { isKept[$0] ? low[$0]...high[$0] : nil }
  }

  /// Puts every row in its place.
  private mutating func fill(
    _ periods: PeriodCells, _ spans: [ClosedRange<Int>?], _ isKept: [Bool]
  ) throws -> TableGrid {
    var grid = TableGrid(spans: spans, absent: options.absentMeansZero ? 0 : .nan)
    var (blank, suppressed, notAsked, firstRow) = (0, 0, 0, 0)
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      let (seriesOf, ordinalOf) = (seriesOf[file], periodOf[file].map { periods.ordinals[$0] })
      for (index, row) in table.rows.enumerated() {
        let series = seriesOf[Int(row.series)]
        guard isKept[series] else {
          notAsked += 1
          continue
        }
        let ordinal = ordinalOf[Int(row.period)]
        var value = row.value
        switch row.state {
        case .value: accounting.counted += 1
        case .blank where options.absentMeansZero:
          value = 0
          accounting.counted += 1
        case .blank, .notAvailable: blank += 1
        case .suppressed: suppressed += 1
        }
        if let other = grid.put(value, series: series, ordinal: ordinal, row: firstRow + index) {
          throw duplicate(
            series, periods.style.format(Period(frequency: periods.frequency, ordinal: ordinal)), other, file, index)
        }
      }
      firstRow += table.count
    }
    for (reason, rows) in [
      ("missing value", blank), ("suppressed value", suppressed), ("area not asked for", notAsked),
    ] where rows > 0 {
      accounting.setAside[reason, default: 0] += rows
    }
    return grid
  }

  private func duplicate(_ series: Int, _ period: String, _ earlier: Int, _ file: Int, _ row: Int) -> HorizonError {
    var (index, first) = (0, earlier)
    while index < file, first >= files[index].content.rows {
      first -= files[index].content.rows
      index += 1
    }
    let line = files[index].rows.map { Int($0.rows[first].line) } ?? 0
    let firstPlace = index == file ? "line \(line)" : "\(printable(files[index].location)):\(line)"
    return HorizonError(
      .data,
      "\"\(printable(String(keys[series].uniqueID.prefix(80))))\" has a second row for \(period); "
        + "the first is \(firstPlace)",
      at: .init(file: files[file].location, line: files[file].rows.map { Int($0.rows[row].line) }),
      remedy: "Keep one row for each series and period")
  }

  private mutating func noteMissing(_ grid: TableGrid, _ series: [Series]) {
    let marks = Set(files.flatMap { $0.rows?.marks ?? [] }).sorted(by: FileKind.scalarOrder)
    if let rows = accounting.setAside["suppressed value"] {
      notes.append(
        DataNote(
          .warning, code: "suppressed-values",
          "\(counted(rows, "value")) suppressed (\(listed(marks, most: 6))); missing, not zero"))
    }
    if let rows = accounting.setAside["missing value"] {
      notes.append(
        DataNote(.warning, code: "missing-values", "\(counted(rows, "row")) without a value; missing, not zero"))
    }
    let gaps = grid.gaps
    if gaps.periods > 0 {
      notes.append(
        DataNote(
          options.absentMeansZero ? .information : .warning, code: "gaps",
          "\(counted(gaps.periods, "period")) of \(grouped(gaps.series)) series \(gaps.periods == 1 ? "has" : "have") no row; "
            + (options.absentMeansZero
              ? "taken as zero" : "missing, not zero (say --absent zero if no row means none)")))
    }
  }

  /// The areas kept, with the latest population the table gives.
  private func areas(_ ordinals: [Int], _ isKept: [Bool]) -> [String: Area] {
    var latest: [String: (ordinal: Int, population: Int)] = [:]
    for (file, table) in files.enumerated() {
      guard let rows = table.rows, !rows.populations.isEmpty else { continue }
      for row in 0..<rows.count where !rows.populations[row].isNaN {
        let name = keys[seriesOf[file][Int(rows.rows[row].series)]].area
        let ordinal = ordinals[periodOf[file][Int(rows.rows[row].period)]]
        if ordinal >= latest[name]?.ordinal ?? .min { latest[name] = (ordinal, Int(rows.populations[row])) }
      }
    }
    let names = DistrictNames(registry)
    var areas: [String: Area] = [:]
    for (index, key) in keys.enumerated() where isKept[index] && areas[key.area] == nil {
      areas[key.area] = area(key.area, names.district(named: key.area), latest[key.area]?.population)
    }
    return areas
  }

  private func area(_ name: String, _ district: AreaRegistry.District?, _ population: Int?) -> Area {
    Area(
      name: name, code: district?.code, level: district == nil ? .unclassified : .district,
      force: district.map { ForceName.display(slug: $0.force) }, csp: district?.csp,
      population: population ?? district?.population)
  }

  /// Rows of the table in each period. A table says nothing of what it ought to hold, so that a period is there or not.
  private func calendar(_ periods: PeriodCells, _ isKept: [Bool]) -> CompletenessCalendar {
    guard let first = periods.ordinals.min(), let last = periods.ordinals.max(),
      last - first < TableAssembly.spanLimit
    else { return CompletenessCalendar(cells: []) }
    var rows = [Int](repeating: 0, count: last - first + 1)
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      let (seriesOf, ordinalOf) = (seriesOf[file], periodOf[file].map { periods.ordinals[$0] })
      for row in table.rows where isKept[seriesOf[Int(row.series)]] {
        rows[ordinalOf[Int(row.period)] - first] += 1
      }
    }
    let median = HalfLoaded.median(rows.filter { $0 > 0 }.map(Double.init))
    return CompletenessCalendar(
      cells: rows.enumerated().map { offset, count in
        .init(
          source: "table", period: Period(frequency: periods.frequency, ordinal: first + offset),
          status: count > 0 ? .present : .absent, rows: count, unlocated: 0, medianRows: median)
      })
  }
}
