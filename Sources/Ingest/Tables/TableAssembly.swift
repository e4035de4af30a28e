import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Makes the panel of a run of tables.
///
/// A series that is one record of one wide table, its columns in order, is that record's values as they were read; every
/// other is put together in a grid. Memory is about that of the panel beside what was read.
struct TableAssembly {
  /// Longest span of one series, in periods.
  static let spanLimit = 200_000
  /// Periods that the series of a run may span together whatever it holds, and for each value that it holds where that is more:
  /// a table may be as large as it is full, but a few slips in its dates may not ask for more memory than all of it.
  static let (valueLimit, periodsPerValue) = (50_000_000, 20)

  let files: [TableFile]
  let options: IngestOptions
  let registry: AreaRegistry
  var notes: [DataNote] = []
  var accounting = RowAccounting()
  /// Series of the run in order of first appearance, and each file's series and periods among them.
  var keys: [SeriesKey] = []
  var seriesOf: [[Int]] = []
  private(set) var cells: [PeriodCell] = []
  private(set) var periodOf: [[Int]] = []
  /// What the tables say each series' values are; nil where the values tell.
  var kinds: [MeasureKind?] = []
  /// For each series whether a table has it in a column of counts.
  private(set) var isCounted: [Bool] = []
  var units: [String: String] = [:]
  /// Rows, or cells of wide tables, with a value, by series.
  var countedOf: [Int] = []

  /// Brings the files under common numbers.
  ///
  /// - Throws: `HorizonError` of kind data if no file holds a row, or if two disagree about a measure.
  init(files: [TableFile], options: IngestOptions, registry: AreaRegistry) throws {
    self.options = options
    self.registry = registry
    guard files.contains(where: { $0.rowCount > 0 }) else {
      throw HorizonError(
        .data, "the table has a header and no rows", at: .init(file: files.first?.location ?? "", line: 1),
        remedy: "Export it again with its rows")
    }
    let (kept, repeats) = accounting.read(files)
    notes += repeats
    self.files = kept
    let wide = kept.count { $0.rows?.isWide ?? false }
    accounting.unit = wide == 0 ? .rows : wide == kept.count ? .cells : .rowsAndCells
    try number()
    try fold()
    isCounted = [Bool](repeating: false, count: keys.count)
    for (file, table) in self.files.enumerated() where table.rows?.areCounts == true {
      for series in seriesOf[file] { isCounted[series] = true }
    }
  }

  /// The data of a run of tables, whatever their layouts.
  static func data(of input: IngestedUnits, _ run: LayoutRun) throws -> IngestedData {
    try TableAssembly(files: input.units.map(TableFile.init), options: run.options, registry: run.registry)
      .data(sources: run.sources, notes: run.notes)
  }

  private mutating func number() throws {
    var keyIndex: [SeriesKey: Int] = [:]
    var cellIndex: [String: Int] = [:]
    for file in files {
      guard let table = file.rows else { continue }
      keyIndex.reserveCapacity(keyIndex.count + table.keys.count)
      var series: [Int] = []
      series.reserveCapacity(table.keys.count)
      for key in table.keys {
        if let known = keyIndex[key] {
          guard kinds[known] == table.kind else { throw unlike(key, file) }
          series.append(known)
        } else {
          keyIndex[key] = keys.count
          series.append(keys.count)
          keys.append(key)
          kinds.append(table.kind)
        }
      }
      seriesOf.append(series)
      periodOf.append(
        table.periods.enumerated().map { index, text in
          if let known = cellIndex[text] { return known }
          cellIndex[text] = cells.count
          let place = table.periodPlaces[index]
          cells.append(
            PeriodCell(text: text, place: .init(file: file.location, line: place.line, column: place.column)))
          return cells.count - 1
        })
      for (measure, unit) in table.units.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
        if let known = units.updateValue(unit, forKey: measure), known != unit {
          throw HorizonError(
            .data,
            "the unit of \"\(SafeText.printable(measure))\" is \"\(SafeText.printable(unit))\" here and \"\(SafeText.printable(known))\" in another "
              + "file", at: .init(file: file.location), remedy: "Give a measure one unit, or two names")
        }
      }
      notes += table.notes
    }
  }

  func unlike(_ key: SeriesKey, _ file: TableFile) -> HorizonError {
    HorizonError(
      .data,
      "\"\(SafeText.printable(String(key.uniqueID.prefix(80))))\" is counted here in another way than in the files before",
      at: .init(file: file.location),
      remedy: "Give a measure everywhere as a count, as a numerator and denominator, or as a value")
  }

  /// The panel, its account and what to know about it.
  consuming func data(sources: [SourceFile], notes earlier: [DataNote]) throws -> IngestedData {
    let periods = try PeriodCells(cells, frequency: options.frequency, dates: options.dates)
    notes += periods.notes
    var isKept = try selection()
    let spans = try TableSpans(copy self, periods, isKept)
    notes += spans.notes
    var (series, gaps) = try fill(periods, spans)
    noteMissing(gaps)
    series = try counts(series, keys.indices.filter { spans.spans[$0] != nil })
    series = withoutSums(series, keys.indices.filter { spans.spans[$0] != nil }, &isKept)
    let newest = NewestPeriods(series)
    if !newest.periods.isEmpty {
      notes.append(.table(.notYetLoaded(newest.periods, shareOfUsual: newest.shareOfUsual)))
      series = series.map(newest.marked)
    }
    return IngestedData(
      kind: .table, panel: Panel(frequency: periods.frequency, style: periods.style, series: series),
      areas: try areas(periods, isKept), completeness: calendar(periods, spans, partial: newest.periods),
      accounting: accounting,
      sources: sources, notes: earlier + notes, units: units
    ).with(
      rowsOf: Dictionary(
        uniqueKeysWithValues: keys.indices.lazy.filter { isKept[$0] }.map { (keys[$0], countedOf[$0]) }))
  }

  private mutating func noteMissing(_ gaps: (periods: Int, series: Int)) {
    let marks = Set(files.flatMap { $0.rows?.marks ?? [] }).sorted(by: FileKind.scalarOrder)
    if let values = accounting.setAside["suppressed value"] {
      notes.append(.table(.suppressed(values: values, marks: marks)))
    }
    if let rows = accounting.setAside["missing value"] {
      notes.append(.table(.missing(rows, unit: accounting.unit)))
    }
    if let rows = accounting.setAside["denominator of zero"] {
      notes.append(.table(.zeroDenominators(rows: rows)))
    }
    if let rows = accounting.setAside["repeated header"] {
      notes.append(.table(.repeatedHeader(rows, unit: accounting.unit)))
    }
    if gaps.periods > 0 {
      notes.append(
        .table(.gaps(periods: gaps.periods, series: gaps.series, areZero: options.absentMeansZero)))
    }
  }
}
