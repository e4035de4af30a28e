import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

extension TableAssembly {
  /// What became of the rows, or of the cells of wide tables.
  private struct Tally {
    var (blank, suppressed, zeroDenominator, inMissingSum, notAsked) = (0, 0, 0, 0, 0)
    /// Rows with a value by series.
    var counted: [Int]

    init(series: Int) { counted = [Int](repeating: 0, count: series) }

    @inline(__always)
    mutating func add(_ state: TableRows.State, _ series: Int, denominator: Double?) {
      switch state {
      case .value where denominator == 0: zeroDenominator += 1
      case .value: counted[series] += 1
      case .blank, .notAvailable, .absent: blank += 1
      case .suppressed: suppressed += 1
      }
    }

    var setAside: [(reason: String, rows: Int)] {
      [
        ("missing value", blank), ("suppressed value", suppressed), ("denominator of zero", zeroDenominator),
        ("row of a sum with a missing part", inMissingSum), ("area not asked for", notAsked),
      ].filter { $0.1 > 0 }
    }
  }

  /// Values from several places, and of proportions their denominators.
  private struct Grids {
    var values: TableGrid
    var denominators: TableGrid?

    /// Puts a value in its place; returns false, and leaves what is there, where there is something already.
    @inline(__always)
    mutating func put(_ value: Double, _ denominator: Double?, series: Int, ordinal: Int) -> Bool {
      guard values.put(value, series: series, ordinal: ordinal) else { return false }
      if let denominator { _ = denominators?.put(denominator, series: series, ordinal: ordinal) }
      return true
    }
  }

  /// Puts every value in its place and keeps account.
  ///
  /// - Returns: the series, and how many periods of how many of them have no row.
  mutating func fill(
    _ periods: PeriodCells, _ spans: TableSpans
  ) throws -> (series: [Series], gaps: (periods: Int, series: Int)) {
    let inGrid = keys.indices.map { spans.isRun[$0] ? nil : spans.spans[$0] }
    var grids = Grids(values: TableGrid(spans: inGrid))
    if kinds.contains(.proportion) {
      grids.denominators = TableGrid(spans: keys.indices.map { kinds[$0] == .proportion ? inGrid[$0] : nil })
    }
    var whole = [[Double]](repeating: [], count: keys.count)
    var plain = [Bool](repeating: false, count: keys.count)
    var tally = Tally(series: keys.count)
    var summed = 0
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      let (seriesOf, ordinals) = (seriesOf[file], periodOf[file].map { periods.ordinals[$0] })
      for (index, row) in table.rows.enumerated() {
        let series = seriesOf[Int(row.series)]
        guard spans.spans[series] != nil else {
          tally.notAsked += 1
          continue
        }
        let denominator = table.denominators.isEmpty ? nil : table.denominators[index]
        let value = present(row.value, series)
        tally.add(value.isNaN ? row.state : .value, series, denominator: denominator)
        let ordinal = ordinals[Int(row.period)]
        if grids.put(value, denominator, series: series, ordinal: ordinal) { continue }
        let place = Place(series: series, ordinal: ordinal, file: file, line: Int(row.line))
        summed += try add(value, denominator, at: place, periods, &grids)
      }
      let (part, solid) = (spans.runParts[file], spans.runParts[file].count == table.runPeriods.count)
      for run in table.runs {
        let series = seriesOf[Int(run.series)]
        guard spans.spans[series] != nil else {
          tally.notAsked += run.values.count
          continue
        }
        tally.blank += run.values.count - part.count
        if spans.isRun[series] {
          whole[series] = solid ? run.values : Array(run.values[part])
          plain[series] = run.isPlain
          if run.isPlain {
            tally.counted[series] += whole[series].count
          } else {
            for value in whole[series] { tally.add(.init(of: value), series, denominator: nil) }
          }
          continue
        }
        for index in part {
          let value = present(run.values[index], series)
          tally.add(.init(of: value), series, denominator: nil)
          let ordinal = spans.runOrdinals[file][index]
          if grids.put(value, nil, series: series, ordinal: ordinal) { continue }
          let place = Place(series: series, ordinal: ordinal, file: file, line: Int(run.line))
          summed += try add(value, nil, at: place, periods, &grids)
        }
      }
      if table.repeatedHeaders > 0 { accounting.setAside["repeated header", default: 0] += table.repeatedHeaders }
    }
    if summed > 0 {
      tally = recount(grids, spans, periods, tally.notAsked)
      notes.append(.table(.summedDuplicates(rows: summed)))
    }
    countedOf = tally.counted
    accounting.counted = tally.counted.reduce(0, +)
    for (reason, rows) in tally.setAside { accounting.setAside[reason, default: 0] += rows }
    return series(&grids, &whole, plain, spans, periods.frequency)
  }

  /// What a cell says: a blank one is zero where absence means that, but not the numerator of an unknown whole.
  @inline(__always)
  private func present(_ value: Double, _ series: Int) -> Double {
    guard value.isNaN, options.absentMeansZero, TableRows.State(of: value) == .blank, kinds[series] != .proportion
    else {
      return value
    }
    return 0
  }

  /// Where a value goes, and where it came from.
  private struct Place {
    let series: Int
    let ordinal: Int
    let file: Int
    let line: Int
  }

  /// Adds a value to the one that is in its place, or lets one of them go; returns 1 if it was added.
  private func add(
    _ value: Double, _ denominator: Double?, at place: Place, _ periods: PeriodCells, _ grids: inout Grids
  ) throws -> Int {
    let known = grids.values.value(series: place.series, ordinal: place.ordinal)
    // Of two cells of a place a blank one says nothing, but as a part of a sum: a wide row goes on under another spelling.
    func isBlank(_ value: Double) -> Bool { value.isNaN && TableRows.State(of: value) == .blank }
    if options.duplicates != .summed, denominator == nil, isBlank(value) || isBlank(known) {
      if isBlank(known) { grids.values.replace(value, series: place.series, ordinal: place.ordinal) }
      return 0
    }
    guard options.duplicates == .summed else { throw duplicate(place, periods, nil) }
    guard kinds[place.series] != .value, [known, value].allSatisfy({ $0.isNaN || ($0 >= 0 && $0 == $0.rounded()) })
    else {
      throw duplicate(place, periods, "only counts and proportions can be added")
    }
    grids.values.add(value, series: place.series, ordinal: place.ordinal)
    if let denominator { grids.denominators?.add(denominator, series: place.series, ordinal: place.ordinal) }
    return 1
  }

  private func duplicate(_ place: Place, _ periods: PeriodCells, _ reason: String?) -> HorizonError {
    let period = periods.style.format(Period(frequency: periods.frequency, ordinal: place.ordinal))
    let first = firstPlace(of: place, periods)
    let there =
      first.file == place.file
      ? "line \(first.line)" : "\(SafeText.printable(files[first.file].location)):\(first.line)"
    let names = names(of: place, periods)
    let spelled =
      names.count > 1
      ? "; they are written "
        + ListText.abridged(names.map { "\"\(SafeText.printable(String($0.prefix(60))))\"" }, most: 4)
      : ""
    return HorizonError(
      .data,
      "\"\(SafeText.printable(String(keys[place.series].uniqueID.prefix(80))))\" has a second row for \(period); the first is "
        + there + spelled + (reason.map { "; \($0)" } ?? ""),
      at: .init(file: files[place.file].location, line: place.line),
      remedy: "Keep one row for each series and period"
        + (reason == nil ? ", or say --duplicates sum if each is a part of the count" : "")
        + (names.count > 1 ? ", or --no-fold-spellings if they are not the same" : ""))
  }

  /// How the rows of a place write their series, in file order.
  private func names(of place: Place, _ periods: PeriodCells) -> [String] {
    var names: [String] = []
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      func note(_ series: Int32) {
        let name = table.keys[Int(series)].uniqueID
        if !names.contains(name) { names.append(name) }
      }
      let isThere = periodOf[file].map { periods.ordinals[$0] == place.ordinal }
      for row in table.rows where seriesOf[file][Int(row.series)] == place.series && isThere[Int(row.period)] {
        note(row.series)
      }
      for run in table.runs where seriesOf[file][Int(run.series)] == place.series {
        if table.runPeriods.contains(where: { isThere[Int($0)] }) { note(run.series) }
      }
    }
    return names
  }

  private func firstPlace(of place: Place, _ periods: PeriodCells) -> (file: Int, line: Int) {
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      for row in table.rows where seriesOf[file][Int(row.series)] == place.series {
        if periods.ordinals[periodOf[file][Int(row.period)]] == place.ordinal { return (file, Int(row.line)) }
      }
      for run in table.runs where seriesOf[file][Int(run.series)] == place.series {
        let isThere = table.runPeriods.contains {
          periods.ordinals[periodOf[file][Int($0)]] == place.ordinal
        }
        if isThere { return (file, Int(run.line)) }
      }
    }
    return (place.file, place.line)
  }

  /// The account where rows were added up: a row counts if the sum it went into is known.
  private func recount(_ grids: Grids, _ spans: TableSpans, _ periods: PeriodCells, _ notAsked: Int) -> Tally {
    var tally = Tally(series: keys.count)
    tally.notAsked = notAsked
    func count(_ value: Double, _ series: Int, _ ordinal: Int) {
      let state = TableRows.State(of: present(value, series))
      let sum = spans.isRun[series] ? value : grids.values.value(series: series, ordinal: ordinal)
      if state == .value && sum.isNaN {
        tally.inMissingSum += 1
      } else {
        let isShare = kinds[series] == .proportion
        tally.add(
          state, series, denominator: isShare ? grids.denominators?.value(series: series, ordinal: ordinal) : nil)
      }
    }
    for (file, table) in files.enumerated() {
      guard let table = table.rows else { continue }
      for row in table.rows {
        let series = seriesOf[file][Int(row.series)]
        if spans.spans[series] != nil { count(row.value, series, periods.ordinals[periodOf[file][Int(row.period)]]) }
      }
      for run in table.runs {
        let series = seriesOf[file][Int(run.series)]
        guard spans.spans[series] != nil else { continue }
        tally.blank += run.values.count - spans.runParts[file].count
        for index in spans.runParts[file] { count(run.values[index], series, spans.runOrdinals[file][index]) }
      }
    }
    return tally
  }

  private func series(
    _ grids: inout Grids, _ whole: inout [[Double]], _ plain: [Bool], _ spans: TableSpans, _ frequency: Frequency
  ) -> (series: [Series], gaps: (periods: Int, series: Int)) {
    var made: [Series] = []
    made.reserveCapacity(keys.count)
    var gaps = (periods: 0, series: 0)
    for index in keys.indices {
      guard let span = spans.spans[index] else { continue }
      let start = Period(frequency: frequency, ordinal: span.lowerBound)
      if spans.isRun[index] {
        made.append(TableAssembly.series(keys[index], start, whole[index], plain[index] ? .count : kinds[index]))
        whole[index] = []
        continue
      }
      let isShare = kinds[index] == .proportion
      let taken = grids.values.take(index, absent: options.absentMeansZero && !isShare ? 0 : nil)
      gaps.periods += taken.gaps
      gaps.series += taken.gaps > 0 ? 1 : 0
      guard isShare, let wholes = grids.denominators?.take(index, absent: nil).values else {
        made.append(TableAssembly.series(keys[index], start, taken.values, kinds[index]))
        continue
      }
      made.append(
        Series(
          key: keys[index], start: start, values: zip(taken.values, wholes).map { $1 > 0 ? $0 / $1 : .nan },
          kind: .proportion, denominators: wholes))
    }
    return (made, gaps)
  }

  /// Unless the table says, whole numbers that are never negative are counts.
  private static func series(_ key: SeriesKey, _ start: Period, _ values: [Double], _ kind: MeasureKind?) -> Series {
    let isCount = values.allSatisfy { $0.isNaN || ($0 >= 0 && $0 <= 9e15 && $0 == Double(Int($0))) }
    return Series(key: key, start: start, values: values, kind: kind ?? (isCount ? .count : .value))
  }
}
