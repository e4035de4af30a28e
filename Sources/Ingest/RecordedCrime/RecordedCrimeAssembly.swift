import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Makes the panel of a run of files of recorded crime by partnership.
struct RecordedCrimeAssembly {
  /// One file of the run.
  struct File: CountedFile {
    /// For errors.
    let location: String
    /// For notes.
    let label: String
    let contentHash: ContentHash
    let tally: RecordedCrimeTally

    var rowCount: Int { tally.rows }
  }

  private struct Sum {
    var offences = 0
    var rows = 0
    var unknown = 0
    var file = 0
    var line = 0
  }

  private struct Key: Hashable {
    let place: Int
    let label: Int
    let quarter: Int
  }

  private let absentMeansZero: Bool
  private var notes: [DataNote] = []
  private var accounting = RowAccounting()
  private var labels = LabelSpelling()
  private var csps = LabelSpelling()
  private var places: [CountedData.Place] = []
  private var sums: [Key: Sum] = [:]
  /// Keys in order of first appearance, so that outputs do not depend on hashing.
  private var order: [Key] = []

  /// Brings the files under common names and adds them up.
  ///
  /// - Throws: `HorizonError` of kind data if no file holds a row, or two hold different counts of the same offences.
  init(files: [File], registry: AreaRegistry, absentMeansZero: Bool) throws {
    self.absentMeansZero = absentMeansZero
    guard files.contains(where: { $0.tally.rows > 0 }) else {
      throw HorizonError(
        .data, "the table has a header and no rows", at: .init(file: files.first?.location ?? "", line: 1),
        remedy: "Export it again with its rows")
    }
    let (kept, repeats) = accounting.read(files)
    notes = repeats
    for file in kept {
      if !file.tally.linesBelow.isEmpty {
        notes.append(.table(.linesBelow(file.tally.linesBelow, file: FileKind.lastComponent(file.location))))
      }
      accounting.setAside["missing value", default: 0] += file.tally.blank
      accounting.setAside["suppressed value", default: 0] += file.tally.suppressed
    }
    // All names are known before any is spelled.
    let numbered = kept.map { number($0.tally) }
    var placeOf: [String: Int] = [:]
    let finder = PartnershipPlaces(registry)
    for (index, file) in kept.enumerated() {
      var inFile: [Key: Sum] = [:]
      var fileOrder: [Key] = []
      for (cell, line) in zip(file.tally.cells, file.tally.lines) {
        let place = finder.place(csps.spelling(numbered[index].csps[cell.csp]), force: file.tally.forces[cell.force])
        if placeOf[place.area.name] == nil {
          placeOf[place.area.name] = places.count
          places.append(place)
        }
        let key = Key(
          place: placeOf[place.area.name] ?? 0, label: numbered[index].labels[cell.label], quarter: cell.quarter)
        if inFile[key] == nil { fileOrder.append(key) }
        var sum = inFile[key] ?? Sum(file: index, line: line)
        sum.offences += cell.offences
        sum.rows += cell.rows
        sum.unknown += cell.unknown
        inFile[key] = sum
      }
      for key in fileOrder { try add(key, inFile[key] ?? Sum(), kept) }
    }
    accounting.setAside = accounting.setAside.filter { $0.value > 0 }
  }

  private mutating func number(_ tally: RecordedCrimeTally) -> (csps: [Int], labels: [Int]) {
    var lastCSP = [Int](repeating: 0, count: tally.csps.count)
    var lastLabel = [Int](repeating: 0, count: tally.labels.count)
    for cell in tally.cells {
      lastCSP[cell.csp] = max(lastCSP[cell.csp], cell.quarter)
      lastLabel[cell.label] = max(lastLabel[cell.label], cell.quarter)
    }
    return (
      tally.csps.indices.map { csps.note(tally.csps[$0], lastSeen: lastCSP[$0]) },
      tally.labels.indices.map { labels.note(tally.labels[$0], lastSeen: lastLabel[$0]) }
    )
  }

  private mutating func add(_ key: Key, _ sum: Sum, _ files: [File]) throws {
    guard let other = sums[key] else {
      sums[key] = sum
      order.append(key)
      places[key.place].rows += sum.rows - sum.unknown
      return
    }
    guard other.offences == sum.offences, other.unknown == sum.unknown else {
      throw HorizonError(
        .data,
        "\"\(SafeText.printable(places[key.place].area.name))\" has other counts of \"\(SafeText.printable(labels.spelling(key.label)))\" "
          + "for \(RecordedCrimeAssembly.name(key.quarter)) than \(SafeText.printable(files[other.file].location)):\(other.line)",
        at: .init(file: files[sum.file].location, line: sum.line),
        remedy: "Give each quarter in one file only, from the later publication")
    }
    accounting.setAside["repeated in another file", default: 0] += sum.rows - sum.unknown
  }

  /// The panel, its account and what to know about it.
  consuming func data(kind: IngestedData.SourceKind) -> CountedData {
    noteNames()
    var values: [SeriesKey: [Int: Double]] = [:]
    var keys: [SeriesKey] = []
    var rowsOf: [Int: Int] = [:]
    var negative: [CountedNote.NegativeTotal] = []
    for key in order {
      let sum = sums[key] ?? Sum()
      let series = SeriesKey(area: places[key.place].area.name, measure: labels.spelling(key.label))
      if values[series] == nil { keys.append(series) }
      rowsOf[key.quarter, default: 0] += sum.rows
      var value = Double(sum.offences)
      if sum.unknown > 0 || sum.offences < 0 {
        value = .nan
        places[key.place].rows -= sum.rows - sum.unknown
        let reason = sum.unknown > 0 ? "added to an unknown number" : "negative total"
        accounting.setAside[reason, default: 0] += sum.rows - sum.unknown
        if sum.unknown == 0 {
          negative.append(.init(series, Period(frequency: .quarterly, ordinal: key.quarter), sum.offences))
        }
      }
      values[series, default: [:]][key.quarter] = value
    }
    noteValues(negative)
    let span = (rowsOf.keys.min() ?? 0)...(rowsOf.keys.max() ?? 0)
    let series = keys.map { key in
      RecordedCrimeAssembly.series(key, values[key] ?? [:], absentMeansZero ? span.filter { rowsOf[$0] != nil } : nil)
    }
    let median = HalfLoaded.median(rowsOf.values.map(Double.init))
    let calendar = span.map { quarter in
      CompletenessCalendar.Cell(
        source: "home-office", period: Period(frequency: .quarterly, ordinal: quarter),
        status: rowsOf[quarter] == nil ? .absent : .present, rows: rowsOf[quarter] ?? 0, unlocated: 0,
        medianRows: median)
    }
    accounting.setAside = accounting.setAside.filter { $0.value > 0 }
    return CountedData(
      kind: kind, panel: Panel(frequency: .quarterly, style: .quarter, series: series), places: places,
      accounting: accounting, completeness: CompletenessCalendar(cells: calendar), notes: notes)
  }

  private static func series(_ key: SeriesKey, _ values: [Int: Double], _ zeros: [Int]?) -> Series {
    var values = values
    for quarter in zeros ?? [] where values[quarter] == nil { values[quarter] = 0 }
    let (first, last) = (values.keys.min() ?? 0, values.keys.max() ?? 0)
    return Series(
      key: key, start: Period(frequency: .quarterly, ordinal: first), values: (first...last).map { values[$0] ?? .nan })
  }

  private mutating func noteNames() {
    let drift = labels.drift + csps.drift
    if !drift.isEmpty { notes.append(.counted(.spellings(drift))) }
    let residual = places.filter { $0.area.level == .residual }
    if !residual.isEmpty {
      notes.append(
        .counted(.residualAreas(residual.map(\.area.name), rows: residual.reduce(0) { $0 + $1.rows })))
    }
  }

  private mutating func noteValues(_ negative: [CountedNote.NegativeTotal]) {
    if !negative.isEmpty { notes.append(.counted(.negativeTotals(negative))) }
    if let values = accounting.setAside["suppressed value"], values > 0 {
      notes.append(.table(.suppressed(values: values, marks: [])))
    }
    if let rows = accounting.setAside["missing value"], rows > 0 {
      notes.append(.table(.missing(rows, unit: .rows)))
    }
  }

  private static func name(_ quarter: Int) -> String {
    PeriodStyle.quarter.format(Period(frequency: .quarterly, ordinal: quarter))
  }
}
