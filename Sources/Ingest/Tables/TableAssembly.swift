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
  /// Most values of all series together.
  static let valueLimit = 50_000_000

  let files: [TableFile]
  let options: IngestOptions
  let registry: AreaRegistry
  var notes: [DataNote] = []
  var accounting = RowAccounting()
  /// Series of the run in order of first appearance, and each file's series and periods among them.
  private(set) var keys: [SeriesKey] = []
  private(set) var seriesOf: [[Int]] = []
  private(set) var cells: [PeriodCell] = []
  private(set) var periodOf: [[Int]] = []
  /// What the tables say each series' values are; nil where the values tell.
  private(set) var kinds: [MeasureKind?] = []
  /// For each series whether a table has it in a column of counts.
  private(set) var isCounted: [Bool] = []
  private(set) var units: [String: String] = [:]
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

  /// Brings series whose names differ in their writing only together.
  private mutating func fold() throws {
    var isIdentifier = [Bool](repeating: false, count: keys.count)
    for (file, table) in files.enumerated() where table.rows?.areIdentifiers == true {
      for series in seriesOf[file] where keys[series].measure == nil { isIdentifier[series] = true }
    }
    let named = keys.indices.filter { !isIdentifier[$0] }
    let (areas, areaOf) = TableAssembly.distinct(named.map { keys[$0].area })
    let (measures, measureOf) = TableAssembly.distinct(named.map { keys[$0].measure ?? "" })
    let folded = [NameFolding(areas, districts: registry), NameFolding(measures, districts: nil)]
    guard folded.contains(where: \.folds) else { return }
    var rows = [Int](repeating: 0, count: keys.count)
    for (file, table) in files.enumerated() {
      for row in table.rows?.rows ?? [] { rows[seriesOf[file][Int(row.series)]] += 1 }
      for run in table.rows?.runs ?? [] { rows[seriesOf[file][Int(run.series)]] += run.values.count }
    }
    var rowsOf = [[Int](repeating: 0, count: areas.count), [Int](repeating: 0, count: measures.count)]
    for (position, series) in named.enumerated() {
      rowsOf[0][areaOf[position]] += rows[series]
      rowsOf[1][measureOf[position]] += rows[series]
    }
    let spellings = zip(folded, rowsOf).map { $0.spellings(rows: $1) }
    for (dimension, position) in [(TableNote.Dimension.area, 0), (.measure, 1)] where folded[position].folds {
      notes.append(.table(.spellings(dimension, folded[position].drift(spellings[position]))))
    }
    let (oldKeys, oldKinds) = (keys, kinds)
    var canonical = keys
    for (position, series) in named.enumerated() {
      canonical[series] = SeriesKey(
        area: spellings[0][folded[0].numbers[areaOf[position]]],
        measure: keys[series].measure.map { _ in spellings[1][folded[1].numbers[measureOf[position]]] })
    }
    (keys, kinds) = ([], [])
    var numberOf: [SeriesKey: Int] = [:]
    var moved: [Int] = []
    for (series, key) in canonical.enumerated() {
      let number = numberOf[key] ?? keys.count
      if number == keys.count {
        numberOf[key] = number
        keys.append(key)
        kinds.append(oldKinds[series])
      } else if kinds[number] != oldKinds[series], let file = files.first {
        throw unlike(oldKeys[series], file)
      }
      moved.append(number)
    }
    seriesOf = seriesOf.map { list in list.map { moved[$0] } }
    let oldUnits = units
    units = [:]
    for (measure, unit) in oldUnits.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
      let name = measures.firstIndex(of: measure).map { spellings[1][folded[1].numbers[$0]] } ?? measure
      if let known = units.updateValue(unit, forKey: name), known != unit {
        throw HorizonError(
          .data,
          "the unit of \"\(SafeText.printable(name))\" is \"\(SafeText.printable(unit))\" and, written otherwise, \"\(SafeText.printable(known))\"",
          at: .init(file: files.first?.location ?? ""), remedy: "Give a measure one unit, or two names")
      }
    }
  }

  /// The distinct texts in order of first appearance, and the position of each among them.
  private static func distinct(_ texts: [String]) -> (distinct: [String], positions: [Int]) {
    var positionOf: [String: Int] = [:]
    var distinct: [String] = []
    var positions: [Int] = []
    positions.reserveCapacity(texts.count)
    var last: (text: String, position: Int)?
    for text in texts {
      // Rows of one area stand together.
      let position = last.flatMap { $0.text == text ? $0.position : nil } ?? positionOf[text] ?? distinct.count
      last = (text, position)
      if position == distinct.count {
        positionOf[text] = position
        distinct.append(text)
      }
      positions.append(position)
    }
    return (distinct, positions)
  }

  private func unlike(_ key: SeriesKey, _ file: TableFile) -> HorizonError {
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
      areas: areas(periods.ordinals, isKept), completeness: calendar(periods, spans, partial: newest.periods),
      accounting: accounting,
      sources: sources, notes: earlier + notes, units: units)
  }

  /// The series with what stands among counts and is none dealt with: corrections, numbers for missing, and figures over
  /// the year. `numbers` are those of the series.
  private mutating func counts(_ series: [Series], _ numbers: [Int]) throws -> [Series] {
    var series = series
    struct Found: Hashable {
      let finding: NegativeCounts.Finding
      let isNetted: Bool
    }
    var found: [Found: (keys: [SeriesKey], values: Int)] = [:]
    for (position, number) in numbers.enumerated() {
      let item = series[position]
      guard kinds[number] == nil, item.kind == .value, item.values.contains(where: { $0 < 0 }) else { continue }
      let finding =
        isCounted[number] ? NegativeCounts.findingOfCounts(item.values) : NegativeCounts.finding(item.values)
      guard finding != .values else { continue }
      let negatives = item.values.count { $0 < 0 }
      if options.negatives == .refused { throw negativeCount(item) }
      // A correction of what was before the first period is missing too.
      let isNetted =
        options.negatives == .netted && finding == .corrections && NegativeCounts.canBeNetted(item.values)
      let values =
        isNetted ? NegativeCounts.netted(item.values) : item.values.map { $0 < 0 ? .nan : $0 }
      series[position] = Series(key: item.key, start: item.start, values: values, kind: .count)
      found[Found(finding: finding, isNetted: isNetted), default: ([], 0)].keys.append(item.key)
      found[Found(finding: finding, isNetted: isNetted), default: ([], 0)].values += negatives
      if !isNetted { setAside(negatives, of: number, "negative value") }
    }
    for (finding, isNetted) in [(NegativeCounts.Finding.code, false), (.corrections, false), (.corrections, true)] {
      guard let (keys, values) = found[Found(finding: finding, isNetted: isNetted)] else { continue }
      notes.append(
        .table(.negativeCounts(keys, values: values, areCode: finding == .code, areNetted: isNetted)))
    }
    guard options.cumulative != false, let frequency = series.first?.start.frequency else { return series }
    guard let kind = CumulativeFigures(series, frequency).kind else {
      guard options.cumulative == true else { return series }
      throw HorizonError(
        .data, "the figures cannot be told to be sums over a year, so that they cannot be taken apart",
        at: .init(file: files.first?.location ?? ""),
        remedy: "Give three years or more of them, or the counts of single \(frequency.noun)s without --cumulative")
    }
    guard options.cumulative == true else { throw cumulative(kind, frequency) }
    var lost = 0
    for (position, number) in numbers.enumerated() {
      let apart = CumulativeFigures.apart(series[position], kind)
      series[position] = apart.series
      lost += apart.lost
      setAside(apart.lost, of: number, "cumulative value without the one before")
    }
    notes.append(.table(.takenApart(kind, lost: lost)))
    return series
  }

  /// Takes rows of a series that were counted out of the account.
  private mutating func setAside(_ rows: Int, of number: Int, _ reason: String) {
    guard rows > 0 else { return }
    // Of rows that were added up, more than one may be behind a value.
    let rows = min(rows, countedOf[number])
    countedOf[number] -= rows
    accounting.counted -= rows
    accounting.setAside[reason, default: 0] += rows
  }

  private func negativeCount(_ series: Series) -> HorizonError {
    HorizonError(
      .data, "\"\(SafeText.printable(String(series.key.uniqueID.prefix(80))))\" has negative counts",
      at: .init(file: files.first?.location ?? ""),
      remedy: "Say --negative missing or --negative net, or correct the extract")
  }

  private func cumulative(_ kind: TableNote.Cumulative, _ frequency: Frequency) -> HorizonError {
    let what =
      switch kind {
      case .rollingYear: "sums over the last \(frequency.seasonLength) \(frequency.noun)s"
      case .yearToDate(let month):
        "sums of the year so far, from \(PeriodText(frequency: .monthly).season(month - 1, isLong: true))"
      }
    return HorizonError(
      .data, "the figures are \(what), not counts of single \(frequency.noun)s",
      at: .init(file: files.first?.location ?? ""),
      remedy:
        "Give the counts of single \(frequency.noun)s, say --cumulative to have these taken apart, or --no-cumulative if they are none"
    )
  }

  /// The series that are no sums of others, which stand apart as a check. `numbers` are those of the series.
  private mutating func withoutSums(_ series: [Series], _ numbers: [Int], _ isKept: inout [Bool]) -> [Series] {
    guard options.totals != .kept else { return series }
    let sums = SumsAmongRows(series)
    guard !sums.found.isEmpty else { return series }
    notes.append(.table(.sums(sums.found, isCheck: options.totals == .checked)))
    for (position, number) in numbers.enumerated() where sums.isSum[position] {
      isKept[number] = false
      accounting.counted -= countedOf[number]
      accounting.setAside["sum of other rows", default: 0] += countedOf[number]
    }
    return zip(series, sums.isSum).filter { !$0.1 }.map(\.0)
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
