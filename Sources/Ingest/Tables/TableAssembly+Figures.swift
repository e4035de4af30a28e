import Diagnostics
import TimeSeries
import Wording

extension TableAssembly {
  /// The series with what stands among counts and is none dealt with: corrections, numbers for missing, and figures over
  /// the year. `numbers` are those of the series.
  mutating func counts(_ series: [Series], _ numbers: [Int]) throws -> [Series] {
    var series = series
    var found: [TableNote.Negatives: (keys: [SeriesKey], values: Int)] = [:]
    for (position, number) in numbers.enumerated() {
      let item = series[position]
      guard kinds[number] == nil, item.kind == .value, item.values.contains(where: { $0 < 0 }) else { continue }
      let finding =
        isCounted[number] ? NegativeCounts.findingOfCounts(item.values) : NegativeCounts.finding(item.values)
      guard finding != .values else { continue }
      let negatives = item.values.count { $0 < 0 }
      if options.negatives == .refused { throw negativeCount(item) }
      // A correction of what was before the first period is missing too.
      let outcome: TableNote.Negatives =
        finding == .code
        ? .areCode
        : options.negatives == .missing
          ? .missing : NegativeCounts.canBeNetted(item.values) ? .netted : .largerThanBefore
      let isNetted = outcome == .netted
      let values =
        isNetted ? NegativeCounts.netted(item.values) : item.values.map { $0 < 0 ? .nan : $0 }
      series[position] = Series(key: item.key, start: item.start, values: values, kind: .count)
      found[outcome, default: ([], 0)].keys.append(item.key)
      found[outcome, default: ([], 0)].values += negatives
      if !isNetted { setAside(negatives, of: number, "negative value") }
    }
    let fractional = zip(series, numbers).filter { isCounted[$1] && $0.kind == .value }.map(\.0.key)
    if !fractional.isEmpty { notes.append(.table(.fractionalCounts(fractional))) }
    for outcome in TableNote.Negatives.allCases {
      guard let (keys, values) = found[outcome] else { continue }
      notes.append(.table(.negativeCounts(keys, values: values, outcome)))
    }
    return try singlePeriods(series, numbers)
  }

  /// The series with figures over the year refused, or taken apart where that is asked for.
  private mutating func singlePeriods(_ series: [Series], _ numbers: [Int]) throws -> [Series] {
    guard options.cumulative != false, let frequency = series.first?.start.frequency else { return series }
    let figures = CumulativeFigures(series, frequency)
    guard let first = figures.kinds.min(by: { FileKind.scalarOrder($0.key, $1.key) }) else {
      guard options.cumulative == true else { return series }
      throw HorizonError(
        .data, "the figures cannot be told to be sums over a year, so that they cannot be taken apart",
        at: .init(file: files.first?.location ?? ""),
        remedy: "Give three years or more of them, or the counts of single \(frequency.noun)s without --cumulative")
    }
    guard options.cumulative == true else {
      let isAll = series.allSatisfy { figures.kinds[$0.key.measure ?? ""] != nil }
      throw cumulative(first.value, of: isAll ? nil : first.key, frequency)
    }
    var series = series
    var found: [TableNote.Cumulative: (measures: Set<String>, lost: Int)] = [:]
    for (position, number) in numbers.enumerated() {
      let measure = series[position].key.measure ?? ""
      guard let kind = figures.kinds[measure] else { continue }
      let apart = CumulativeFigures.apart(series[position], kind)
      series[position] = apart.series
      found[kind, default: ([], 0)].measures.insert(measure)
      found[kind, default: ([], 0)].lost += apart.lost
      setAside(apart.lost, of: number, "cumulative value without the one before")
    }
    for (kind, taken) in found.sorted(by: { $0.key.order < $1.key.order }) {
      let isAll = series.allSatisfy { taken.measures.contains($0.key.measure ?? "") }
      let measures = isAll ? [] : taken.measures.sorted(by: FileKind.scalarOrder)
      notes.append(.table(.takenApart(kind, measures: measures, lost: taken.lost)))
    }
    if !figures.unjudged.isEmpty { notes.append(.table(.notJudgedCumulative(measures: figures.unjudged))) }
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

  private func cumulative(_ kind: TableNote.Cumulative, of measure: String?, _ frequency: Frequency) -> HorizonError {
    let what =
      switch kind {
      case .rollingYear: "sums over the last \(frequency.seasonLength) \(frequency.noun)s"
      case .yearToDate(let month):
        "sums of the year so far, from \(PeriodText(frequency: .monthly).season(month - 1, isLong: true))"
      }
    return HorizonError(
      .data,
      "the figures\(measure.map { " of \"\(SafeText.printable(String($0.prefix(80))))\"" } ?? "") are \(what), not counts of single \(frequency.noun)s",
      at: .init(file: files.first?.location ?? ""),
      remedy:
        "Give the counts of single \(frequency.noun)s, say --cumulative to have these taken apart, or --no-cumulative if they are none"
    )
  }

  /// The series that are no sums of others, which stand apart as a check. `numbers` are those of the series.
  mutating func withoutSums(_ series: [Series], _ numbers: [Int], _ isKept: inout [Bool]) -> [Series] {
    guard options.totals != .kept else { return series }
    let sums = SumsAmongRows(series, dropsUnlike: options.totals == .dropped)
    for (dimension, areDropped) in [(TableNote.Dimension.area, true), (.measure, options.totals == .dropped)] {
      let unlike = sums.unlike.filter { $0.dimension == dimension }
      if !unlike.isEmpty { notes.append(.table(.unlikeTotals(unlike, areDropped: areDropped))) }
    }
    if !sums.found.isEmpty { notes.append(.table(.sums(sums.found, isCheck: options.totals == .checked))) }
    for (position, number) in numbers.enumerated() where sums.isSum[position] {
      isKept[number] = false
      accounting.counted -= countedOf[number]
      accounting.setAside["sum of other rows", default: 0] += countedOf[number]
    }
    return zip(series, sums.isSum).filter { !$0.1 }.map(\.0)
  }
}
