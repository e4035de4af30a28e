import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// First and last period of each series of a run of tables, and which of them are records of wide tables as they stand.
struct TableSpans {
  /// Of each series kept the periods from its first to its last row: of the whole run where absence means zero.
  let spans: [ClosedRange<Int>?]
  /// Of each series whether it is one run of values in rising order without a gap, over its whole span.
  let isRun: [Bool]
  /// Of each file the ordinals of a run's values, and the part of them that is not blank in every record.
  let runOrdinals: [[Int]]
  let runParts: [Range<Int>]
  private(set) var notes: [DataNote] = []

  /// - Throws: `HorizonError` of kind data for spans too long, and for a table with two columns for one period.
  init(_ assembly: TableAssembly, _ periods: PeriodCells, _ isKept: [Bool]) throws {
    let keys = assembly.keys
    var low = [Int](repeating: .max, count: keys.count)
    var high = [Int](repeating: .min, count: keys.count)
    var (runs, rows) = ([Int](repeating: 0, count: keys.count), [Bool](repeating: false, count: keys.count))
    var isSolid: [Bool] = []
    var (runOrdinals, runParts): ([[Int]], [Range<Int>]) = ([], [])
    for (file, name) in assembly.files.enumerated() {
      guard let table = name.rows else { continue }
      let (seriesOf, ordinalOf) = (assembly.seriesOf[file], assembly.periodOf[file].map { periods.ordinals[$0] })
      for row in table.rows {
        let series = seriesOf[Int(row.series)]
        let ordinal = ordinalOf[Int(row.period)]
        low[series] = min(low[series], ordinal)
        high[series] = max(high[series], ordinal)
        rows[series] = true
      }
      let ordinals = table.runPeriods.map { ordinalOf[Int($0)] }
      let part = TableSpans.part(table)
      runOrdinals.append(ordinals)
      runParts.append(part)
      try TableSpans.refuseTwice(ordinals, table, name)
      isSolid.append(zip(ordinals[part], ordinals[part].dropFirst()).allSatisfy { $1 == $0 + 1 })
      if part.count < ordinals.count, table.runs.count > 0 {
        let blank = ordinals.indices.filter { !part.contains($0) }.map { table.periods[Int(table.runPeriods[$0])] }
        notes.append(.table(.blankColumns(blank, file: name.label)))
      }
      guard let least = ordinals[part].min(), let most = ordinals[part].max() else { continue }
      for run in table.runs {
        let series = seriesOf[Int(run.series)]
        low[series] = min(low[series], least)
        high[series] = max(high[series], most)
        runs[series] += 1
      }
    }
    if assembly.options.absentMeansZero, let first = low.min(), let last = high.max(), first <= last {
      low = low.map { _ in first }
      high = high.map { _ in last }
    }
    spans = try TableSpans.checked(low, high, assembly, isKept)
    var isRun = [Bool](repeating: false, count: keys.count)
    if !assembly.options.absentMeansZero {
      for (file, name) in assembly.files.enumerated() where isSolid[file] {
        for run in name.rows?.runs ?? [] {
          let series = assembly.seriesOf[file][Int(run.series)]
          isRun[series] = runs[series] == 1 && !rows[series]
        }
      }
    }
    self.isRun = isRun
    (self.runOrdinals, self.runParts) = (runOrdinals, runParts)
  }

  /// The values of a run from the first to the last that is not blank in every record: a sheet made for the whole year
  /// has columns for months to come.
  private static func part(_ table: TableRows) -> Range<Int> {
    let blank = TableRows.State.blank.code.bitPattern
    var (first, last) = (table.runPeriods.count, -1)
    for run in table.runs {
      run.values.withUnsafeBufferPointer { values in
        var index = 0
        while index < first, values[index].bitPattern == blank { index += 1 }
        first = min(first, index)
        index = values.count - 1
        while index > last, values[index].bitPattern == blank { index -= 1 }
        last = max(last, index)
      }
    }
    return first <= last ? first..<last + 1 : 0..<0
  }

  private static func refuseTwice(_ ordinals: [Int], _ table: TableRows, _ file: TableFile) throws {
    var first: [Int: Int] = [:]
    for (index, ordinal) in ordinals.enumerated() {
      guard let other = first.updateValue(index, forKey: ordinal) else { continue }
      let (a, b) = (Int(table.runPeriods[other]), Int(table.runPeriods[index]))
      throw HorizonError(
        .data,
        "the columns \"\(SafeText.printable(table.periods[a]))\" and \"\(SafeText.printable(table.periods[b]))\" are one period",
        at: .init(file: file.location, line: table.periodPlaces[b].line, column: table.periodPlaces[b].column),
        remedy: "Keep one column for each period, or say --frequency")
    }
  }

  /// Most periods that the series of a run of so many values may span together.
  static func mostPeriods(values: Int) -> Int {
    max(TableAssembly.valueLimit, TableAssembly.periodsPerValue * values)
  }

  private static func checked(
    _ low: [Int], _ high: [Int], _ assembly: TableAssembly, _ isKept: [Bool]
  ) throws -> [ClosedRange<Int>?] {
    var total = 0
    let limit = mostPeriods(values: assembly.files.reduce(0) { $0 + $1.rowCount })
    return try low.indices.map { index -> ClosedRange<Int>? in
      guard isKept[index], low[index] <= high[index] else { return nil }
      let length = high[index] - low[index] + 1
      total += length
      if length > TableAssembly.spanLimit || total > limit {
        throw HorizonError(
          .data,
          length > TableAssembly.spanLimit
            ? "the series \"\(SafeText.printable(String(assembly.keys[index].uniqueID.prefix(60))))\" spans \(length) periods, more "
              + "than \(TableAssembly.spanLimit)"
            : "the series span more than \(limit) periods together, and nearly all of these are empty",
          at: .init(file: assembly.files[0].location), remedy: "Check the first and last dates, and --frequency")
      }
      return low[index]...high[index]
    }
  }
}
