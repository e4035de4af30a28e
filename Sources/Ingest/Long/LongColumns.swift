import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Where the fields of a long row are.
struct LongColumns: Sendable, Equatable {
  /// What a row says of its period.
  enum Value: Sendable, Equatable {
    /// A number whose kind the series tells: `y`.
    case number(Int)
    /// A number that is never negative: `count`.
    case count(Int)
    /// `numerator` and `denominator`.
    case proportion(Int, Int)
    /// `value`, with its `unit` if there is such a column.
    case value(Int, unit: Int?)
  }

  /// A column that says which part of the year a row is of.
  struct PartOfYear: Sendable, Equatable {
    enum Kind: String, Sendable { case month, quarter, week }

    let column: Int
    let kind: Kind
  }

  let header: TableHeader
  /// `unique_id`, or `area`.
  let identity: Int
  /// `measure`, in layouts with areas.
  let measure: Int?
  /// The measure of a table without a column for it.
  let onlyMeasure: String?
  let period: Int
  /// The column of months, quarters or weeks where `period` is that of years.
  let part: PartOfYear?
  let value: Value
  let population: Int?

  /// Whether the header says that values are counts.
  var areCounts: Bool { if case .count = value { true } else { false } }

  /// Whether identities are a `unique_id`.
  var isIdentified: Bool { header.keys[identity] == "unique_id" }

  /// Fields of a row.
  var count: Int { header.names.count }

  /// What the layout says its values are; nil where each series tells.
  var kind: MeasureKind? {
    switch value {
    case .number, .count: nil
    case .proportion: .proportion
    case .value: .value
    }
  }

  /// Names of the period's column in layouts with areas.
  private static let periodNames: Set = ["period", "date", "month", "week", "quarter", "year"]

  /// Whether a header holds all that a long table needs, but for a measure.
  static func isComplete(_ header: TableHeader) -> Bool {
    let keys = Set(header.keys)
    if keys.isSuperset(of: ["unique_id", "ds", "y"]) { return true }
    return keys.contains("area") && !periodNames.isDisjoint(with: keys) && value(header.keys) != nil
  }

  /// Finds the columns of any layout. `onlyMeasure` names the measure of a table without a column for it.
  ///
  /// - Throws: `HorizonError`: data for columns that are missing or there twice, usage for a measure named where the
  ///   table has its own.
  init(_ header: TableHeader, measure onlyMeasure: String?) throws {
    self.header = header
    let keys = header.keys
    let idLayout = ["unique_id", "ds", "y"]
    let idMissing = idLayout.filter { !keys.contains($0) }
    let periods = keys.indices.filter { LongColumns.periodNames.contains(keys[$0]) }
    let found = LongColumns.value(keys)
    var missing = ["area", "measure"].filter { !keys.contains($0) && !($0 == "measure" && onlyMeasure != nil) }
    if periods.isEmpty { missing.append("period") }
    if found == nil { missing.append("count") }
    if idMissing.count < min(missing.count, idLayout.count) {
      guard let id = keys.firstIndex(of: "unique_id"), let ds = keys.firstIndex(of: "ds"),
        let y = keys.firstIndex(of: "y")
      else { throw header.missing(idMissing, of: "a long table (unique_id,ds,y)") }
      (identity, measure, period, part, value, population) = (id, nil, ds, nil, .number(y), nil)
      guard onlyMeasure == nil else { throw header.hasMeasures }
      self.onlyMeasure = nil
      return
    }
    guard missing.isEmpty, let area = keys.firstIndex(of: "area"), let first = periods.first, let found else {
      throw header.missing(missing, of: "a long table (area,measure,period,count)")
    }
    let named = keys.firstIndex(of: "period")
    let year = keys.firstIndex(of: "year")
    let parts = ["month", "quarter", "week"].compactMap { name in
      keys.firstIndex(of: name).flatMap { column in
        PartOfYear.Kind(rawValue: name).map { PartOfYear(column: column, kind: $0) }
      }
    }
    part = named == nil && year != nil && periods.count == 2 ? parts.first : nil
    guard named != nil || periods.count == 1 || part != nil else {
      throw HorizonError(
        .data,
        "the columns \(ListText.abridged(periods.map { SafeText.printable(header.names[$0]) })) could each be the period",
        at: header.place, remedy: "Name one of them period")
    }
    (identity, measure, period, value) = (
      area, keys.firstIndex(of: "measure"), named ?? (part != nil ? year : nil) ?? first, found
    )
    if measure != nil, onlyMeasure != nil { throw header.hasMeasures }
    self.onlyMeasure = measure == nil ? onlyMeasure : nil
    population = keys.firstIndex(of: "population")
  }

  private static func value(_ keys: [String]) -> Value? {
    if let count = keys.firstIndex(of: "count") { return .count(count) }
    if let numerator = keys.firstIndex(of: "numerator"), let denominator = keys.firstIndex(of: "denominator") {
      return .proportion(numerator, denominator)
    }
    return keys.firstIndex(of: "value").map { .value($0, unit: keys.firstIndex(of: "unit")) }
  }
}
