import Ingest
import TimeSeries
import Wording

extension TableNote {
  var text: String {
    switch self {
    case .sums(let sums, let isCheck):
      let list = sums.map { isCheck ? $0.text : "\"\($0.name)\"" }
      let isOne = sums.count == 1
      return
        "\(isOne ? "a sum of other rows is" : "sums of other rows are") \(isCheck ? "kept as a check on them" : "left out")"
        + " and never added to them: \(ListText.abridged(list, most: 6)) (say --totals keep if \(isOne ? "it is none" : "they are none"))"
    case .unlikeTotals(let sums, let areDropped):
      let list = sums.map { "\"\($0.name)\"\($0.worst)" }
      let isOne = sums.count == 1
      return
        "\(isOne ? "a row is" : "rows are") named as of everything and \(isOne ? "is" : "are") not the sum of the others: "
        + "\(ListText.abridged(list, most: 4)); "
        + (areDropped
          ? "left out (say --totals keep to have \(isOne ? "it as a place or measure" : "them as places or measures"))"
          : "kept as \(isOne ? "a series of its own" : "series of their own") (say --totals drop to leave \(isOne ? "it" : "them") out)")
    case .takenApart(.rollingYear, let measures, let lost):
      return
        "sums over the last year\(TableNote.of(measures)) were taken apart into single periods: the first year's are not in them and were "
        + "taken as even, so that levels and yearly sums hold and the season does not\(TableNote.without(lost))"
    case .takenApart(.yearToDate(let month), let measures, let lost):
      return
        "sums of the year so far\(TableNote.of(measures)), from \(PeriodText(frequency: .monthly).season(month - 1, isLong: true)), were taken "
        + "apart into single periods\(TableNote.without(lost))"
    case .notJudgedCumulative(let measures):
      return
        "\(ListText.abridged(measures.map { "\"\($0)\"" }, most: 4)) \(measures.count == 1 ? "has" : "have") too few counts to tell whether they "
        + "are sums over the year like those beside; read as counts of single periods"
    case .negativeCounts(let keys, let values, let outcome):
      let list = ListText.abridged(keys.map(\.uniqueID), most: 3)
      let counted = NumberText.counted(values, "negative value")
      let what =
        switch outcome {
        case .areCode:
          "\(counted) that \(values == 1 ? "stands" : "stand") for no figure among the counts of \(list); missing, not zero"
        case .missing:
          "\(counted) among the counts of \(list): corrections of earlier periods; missing, not zero "
            + "(say --negative net to take them from the periods before)"
        case .netted: "\(counted) among the counts of \(list): corrections, taken from the periods before"
        case .largerThanBefore:
          "\(counted) among the counts of \(list): corrections of more than the periods before hold; missing, not zero"
        }
      return what
    case .fractionalCounts(let keys):
      return
        "\(ListText.abridged(keys.map(\.uniqueID), most: 3)): a column of counts holds fractions; read as values, which are never added to counts"
    case .notYetLoaded(let periods, let share):
      return "\(PeriodText.ranges(periods)): all series together hold \(NumberText.percent(share)) of what is usual; "
        + "the newest figures may not be loaded yet; shown as recorded, and not trusted"
    case .thousandPoints(let example, let values):
      return
        "\(NumberText.counted(values, "number")) such as \(example) \(values == 1 ? "was" : "were") read as thousands: "
        + "semicolons separate the fields, and every \(example.contains(",") ? "comma" : "point") has three digits behind it"
    case .spellings(let dimension, let names):
      let list = names.map { spelledOut($0.others, now: $0.now) }
      return
        "\(NumberText.counted(names.count, dimension.rawValue)) written in several ways \(names.count == 1 ? "was" : "were") brought under one: "
        + ListText.abridged(list, most: 6)
    case .summedDuplicates(let rows):
      return
        "\(NumberText.counted(rows, "row")) for an area, measure and period that had one already \(rows == 1 ? "was" : "were") added to it"
    case .blankColumns(let columns, let file):
      return
        "the columns \(ListText.abridged(columns, most: 6)) of \(file) are blank in every row and are taken as not there"
    case .columnsLeftOut(let columns, let file):
      let isOne = columns.count == 1
      return "\(isOne ? "the column" : "the columns") \(ListText.abridged(columns, most: 8)) of \(file) "
        + "\(isOne ? "is" : "are") no period, area or measure and \(isOne ? "was" : "were") left out"
    case .columnRoles(let areas, let measures, let file):
      func names(_ columns: [String], _ none: String) -> String {
        columns.isEmpty ? none : ListText.joined(columns.map { $0.isEmpty ? "the column without a name" : "\"\($0)\"" })
      }
      return "the areas of \(file) are told by \(names(areas, "nothing: it is of one area")), "
        + "its measures by \(names(measures, "nothing: it is of one"))"
    case .linesBelow(let lines, let file):
      return
        "\(NumberText.counted(lines.count, "line")) below the table of \(file) \(lines.count == 1 ? "was" : "were") passed over: "
        + ListText.abridged(lines.map { "\"\($0.prefix(60))\"" }, most: 3)
    case .linesBetween(let lines, let file):
      return
        "\(NumberText.counted(lines.count, "line")) within the table of \(file), above a row that repeats the header, "
        + "\(lines.count == 1 ? "was" : "were") passed over: \(ListText.abridged(lines.map { "\"\($0.prefix(60))\"" }, most: 3))"
    case .periodMarks(let marks, let periods):
      return
        "\(NumberText.counted(periods, "period")) \(periods == 1 ? "bears" : "bear") a mark (\(ListText.abridged(marks.map { "\"\($0.prefix(20))\"" }, most: 4))) "
        + "and \(periods == 1 ? "was" : "were") read without it: figures marked as provisional may still change"
    case .periodsAlike(let example, let readAs):
      return "the periods are written in several ways and were read alike: \"\(example)\" as \(readAs)"
    case .dayFirst(let example):
      return "dates such as \(example) are read day first, as in the United Kingdom; no date tells otherwise"
    case .suppressed(let values, let marks):
      let shown = marks.isEmpty ? "" : " (\(ListText.abridged(marks, most: 6)))"
      return "\(NumberText.counted(values, "value")) suppressed\(shown); missing, not zero"
    case .missing(let number, let unit):
      return "\(NumberText.counted(number, unit == .cells ? "cell" : "row")) without a value; missing, not zero"
    case .zeroDenominators(let rows):
      return "\(NumberText.counted(rows, "proportion")) of nothing (denominator 0); missing"
    case .repeatedHeader(let number, let unit):
      return unit == .rows
        ? "\(NumberText.counted(number, "row")) \(number == 1 ? "repeats" : "repeat") the header and \(number == 1 ? "was" : "were") passed over"
        : "rows that repeat the header were passed over"
    case .gaps(let periods, let series, let areZero):
      return
        "\(NumberText.counted(periods, "period")) of \(NumberText.grouped(series)) series \(periods == 1 ? "has" : "have") no row; "
        + (areZero ? "taken as zero" : "missing, not zero (say --absent zero if no row means none)")
    }
  }
}

extension TableNote {
  fileprivate static func of(_ measures: [String]) -> String {
    measures.isEmpty ? "" : " of \(ListText.abridged(measures.map { "\"\($0)\"" }, most: 4))"
  }

  fileprivate static func without(_ lost: Int) -> String {
    lost == 0 ? "" : "; \(NumberText.counted(lost, "value")) could not be, and \(lost == 1 ? "is" : "are") missing"
  }
}

extension TableNote.Sum {
  /// "X" of A, B and C, exact in 70 of 72 values.
  fileprivate var text: String {
    let agreement =
      exact == compared
      ? "exact" : "exact in \(NumberText.grouped(exact)) of \(NumberText.counted(compared, "value"))"
    return "\"\(name)\" of \(ListText.abridged(parts, most: 3)), \(agreement)\(worst)"
  }

  /// Where it is furthest off, after a comma; blank where it never is.
  fileprivate var worst: String {
    guard let period, let total, let ofParts else { return "" }
    return
      ", furthest off in \(PeriodText.label(of: period)): \(NumberText.grouped(total)) against \(NumberText.grouped(ofParts))"
  }
}
