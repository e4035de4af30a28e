import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Where the fields of a wide row are: a column a period, and beside them the names of what the row counts.
///
/// A column whose header is a period holds values, if it is one of those that most are. Of the others those that hold areas
/// by their header or their codes say where; the finest of them is the area, its codes decide what is one area, and wider
/// ones tell two of one name apart. The other texts in their order, joined by `|`, are the measure, blank ones included.
/// Numbers that are no periods, totals, remarks and columns without a name belong to none and are left out. A table without a
/// column of areas is of one area. Options name columns instead.
struct WideColumns: Sendable, Equatable {
  /// Name of the one area of a table without a column of areas.
  static let wholeArea = "Whole area"

  let header: TableHeader
  /// `unique_id`, or names of the areas, of codes alone those; nil where all rows are of one area.
  let identity: Int?
  /// Codes that tell areas apart.
  let code: Int?
  /// Names of wider areas, which tell areas of one name apart.
  let wider: [Int]
  /// What is joined to the measure.
  let measure: [Int]
  /// The measure of a table without a column for it.
  let onlyMeasure: String?
  let periods: [Int]
  /// Columns that are not read.
  let leftOut: [Int]

  /// Fields of a row.
  var count: Int { header.names.count }
  /// Whether identities are a `unique_id`.
  var isIdentified: Bool { identity.map { header.keys[$0] == "unique_id" } ?? false }

  /// Whether two columns or more are named for periods.
  static func isRecognised(_ header: TableHeader) -> Bool {
    var periods = 0
    for name in header.names where isPeriod(name) {
      periods += 1
      if periods == 2 { return true }
    }
    return false
  }

  /// Finds the columns, by the options where they say.
  ///
  /// - Throws: `HorizonError`: data for a header without periods or without names, or with one period twice; usage for
  ///   options that do not go with the header.
  init(_ opening: Opening, options: IngestOptions) throws {
    let header = opening.header
    self.header = header
    let names = header.names
    let said = try SaidColumns(options, header)
    let all = names.indices.filter { !said.all.contains($0) && WideColumns.isPeriod(names[$0]) }
    guard !all.isEmpty else {
      throw HorizonError(
        .data, "no column of the table is named for a period", at: header.place,
        remedy: "Name the columns 2019-06, Jun 2019, 201906, 2019 Q2, 2019 or 2019/20, or say another --input-kind")
    }
    periods = WideColumns.ofOneFrequency(all, names, options.frequency)
    var first: [String: Int] = [:]
    for column in periods {
      if let other = first.updateValue(column, forKey: header.keys[column]) {
        throw HorizonError(
          .data, "two columns are named \"\(SafeText.printable(names[column]))\": \(other + 1) and \(column + 1)",
          at: header.place(ofColumn: column), remedy: "Keep one column for each period")
      }
    }
    let isPeriod = Set(all)
    let others = names.indices.filter {
      !isPeriod.contains($0) && !said.ignored.contains($0)
        && (!WideColumns.isTotal(header.keys[$0]) || said.all.contains($0))
    }
    let rows = opening.rows
    var evidence: [Int: ColumnEvidence] = [:]
    for column in others {
      evidence[column] = ColumnEvidence(
        name: names[column], cells: rows.filter { $0.count == names.count }.map { $0.text(column) })
    }
    let id = header.keys.firstIndex(of: "unique_id")
    var areas: [Int] = []
    if let id, said.areas.isEmpty {
      (identity, code, wider, measure) = (id, nil, [], said.measures)
    } else {
      let places = try WideColumns.places(others, evidence, said, header)
      (identity, code, wider) = (places.identity, places.code, places.wider)
      areas = places.areas
      let taken = Set([places.identity, places.code].compactMap(\.self) + places.areas)
      measure =
        said.measures.isEmpty
        ? others.filter { column in
          !taken.contains(column) && !names[column].isEmpty && !ColumnEvidence.isRemark(names[column])
            && evidence[column].map { !$0.isFigure } ?? true
        } : said.measures
    }
    guard options.measure == nil || (id == nil && measure.isEmpty) else { throw header.hasMeasures }
    onlyMeasure = options.measure
    let read = Set(periods + measure + areas + [identity, code].compactMap(\.self))
    leftOut = names.indices.filter { !read.contains($0) && !said.ignored.contains($0) }
  }

  /// The finest column of areas, the codes that go with it, and the names of wider areas.
  private static func places(
    _ others: [Int], _ evidence: [Int: ColumnEvidence], _ said: SaidColumns, _ header: TableHeader
  ) throws -> (identity: Int?, code: Int?, wider: [Int], areas: [Int]) {
    if let identity = said.areas.first { return (identity, nil, Array(said.areas.dropFirst()), said.areas) }
    let free = others.filter { !said.measures.contains($0) }
    let named = free.filter { !header.names[$0].isEmpty }
    let areas = named.filter { evidence[$0]?.level != nil }
    func level(_ column: Int) -> ColumnEvidence.Level { evidence[column]?.level ?? .unknown }
    func distinct(_ column: Int) -> Int { evidence[column]?.distinct ?? 0 }
    let texts = areas.filter { evidence[$0]?.isCode == false }
    let codes = areas.filter { evidence[$0]?.isCode == true }
    /// The finest by level; of one level, or of levels not known, the one that tells most apart, then the first.
    func finest(_ columns: [Int]) -> Int? {
      let known = columns.filter { level($0) != .unknown }
      let least = known.map(level).min()
      let among = known.isEmpty ? columns : columns.filter { level($0) == least }
      let most = among.map(distinct).max()
      return among.first { distinct($0) == most }
    }
    if let text = finest(texts) {
      // Codes of a finer level than any name are the areas; of the same level, or of none, they go with the name.
      if let code = finest(codes), level(code) < level(text), level(code) != .unknown, level(text) != .unknown {
        return (code, nil, texts, areas)
      }
      // Codes of a wider level tell fewer apart than the names.
      let code =
        codes.first { level($0) == level(text) }
        ?? codes.first { (level($0) == .unknown || level(text) == .unknown) && distinct($0) >= distinct(text) }
      return (text, code, texts.filter { $0 != text }, areas)
    }
    if let code = finest(codes) { return (code, nil, [], areas) }
    // No header says area. What is not a number and is not named for what is counted is one.
    let candidates = named.filter {
      !ColumnEvidence.isRemark(header.names[$0]) && evidence[$0].map { !$0.isFigure } ?? true
    }
    if let other = candidates.first(where: { evidence[$0]?.isMeasure != true }) { return (other, nil, [], [other]) }
    if !candidates.isEmpty || !said.measures.isEmpty { return (nil, nil, [], []) }
    guard let only = named.first ?? free.first else {
      throw HorizonError(
        .data, "every column of the table is named for a period: nothing says what its rows are of",
        at: header.place, remedy: "Give it a column of areas or a unique_id")
    }
    return (only, nil, [], [only])
  }

  /// Whether a header is a period in any form. Of bare numbers only years that data can be of.
  static func isPeriod(_ name: String) -> Bool {
    guard name.utf8.contains(where: { $0 &- 48 < 10 }) else { return false }
    return isWritten(name) || PeriodMark.split(name, isPeriod: isWritten) != nil
  }

  private static func isWritten(_ name: String) -> Bool { frequencies.contains { isPeriod(name, $0) } }

  private static let frequencies = [Frequency.monthly, .quarterly, .yearly, .financialYearly, .weekly]

  private static func isPeriod(_ name: String, _ frequency: Frequency) -> Bool {
    DateOrder.allCases.contains { order in
      PeriodStyle.parse(name, frequency: frequency, dates: order).map { (1700...2300).contains($0.period.year) }
        ?? false
    }
  }

  /// The columns of one frequency, where those of others are few: sums over the year stand beside its months.
  private static func ofOneFrequency(_ columns: [Int], _ names: [String], _ wanted: Frequency?) -> [Int] {
    let counts = (wanted.map { [$0] } ?? frequencies).map { frequency in
      columns.filter { isWritten(names[$0], as: frequency, orMonth: wanted != nil) }
    }
    guard let most = counts.max(by: { $0.count < $1.count }), most.count < columns.count,
      most.count > 1, most.count * 3 >= columns.count * 2
    else { return columns }
    return most
  }

  /// Whether a header is a period of this frequency by its form; months and dates may stand for periods of any, where
  /// `orMonth` says so.
  private static func isWritten(_ name: String, as frequency: Frequency, orMonth: Bool) -> Bool {
    let name = PeriodMark.split(name, isPeriod: isWritten)?.period ?? name
    let readings = DateOrder.allCases.compactMap { PeriodStyle.parse(name, frequency: frequency, dates: $0) }
    guard let (_, style) = readings.first(where: { (1700...2300).contains($0.period.year) }) else { return false }
    switch style {
    case .months, .days: return orMonth || frequency == .monthly
    case .quarters, .monthSpans, .years, .weeks: return true
    }
  }

  private static func isTotal(_ key: String) -> Bool {
    ["total", "totals", "grand total", "all", "sum"].contains(key) || key.hasPrefix("total ")
  }
}

/// Columns that options name.
private struct SaidColumns {
  let areas: [Int]
  let measures: [Int]
  let ignored: [Int]

  var all: Set<Int> { Set(areas + measures + ignored) }

  init(_ options: IngestOptions, _ header: TableHeader) throws {
    func find(_ names: [String], _ option: String) throws -> [Int] {
      try names.map { name in
        guard let column = header.keys.firstIndex(of: name.lowercased().trimmedOfBlanks) else {
          throw HorizonError(
            .usage, "\(option) names \"\(SafeText.printable(name))\", and there is no such column", at: header.place,
            remedy:
              "There are: \(ListText.abridged(header.names.map { SafeText.printable(String($0.prefix(40))) }, most: 20))"
          )
        }
        return column
      }
    }
    areas = try find(options.areaColumns, "--area-columns")
    measures = try find(options.measureColumns, "--measure-columns")
    ignored = try find(options.ignoredColumns, "--ignore-columns")
    let said = areas + measures + ignored
    guard Set(said).count == said.count else {
      throw HorizonError(
        .usage, "a column is named twice among --area-columns, --measure-columns and --ignore-columns",
        at: header.place, remedy: "Give every column one role")
    }
  }
}
