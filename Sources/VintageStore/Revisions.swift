import CommunitySafety
import Ingest
import TimeSeries

/// The total of one source, measure and period as one vintage has it: what shows how far recent periods are revised.
public struct VintageTotal: Sendable, Hashable {
  /// The force's slug for police.uk, "table" for tables: as in ``CompletenessCalendar``.
  public let source: String
  /// The measure; the whole `unique_id` of a series that stands alone.
  public let measure: String
  /// The period.
  public let period: Period
  /// Which vintage.
  public let vintage: Vintage
  /// Rows of police.uk files; the sum of a table's values over its areas.
  public let total: Double
  /// How many values were added up: 1 for police.uk.
  public let values: Int
}

extension Store {
  /// Totals of every source, measure and period in every vintage that has it, in that order and from the earliest
  /// vintage to the latest. A vintage is what its own files say: what it does not hold it says nothing of.
  public func revisions() throws -> [VintageTotal] {
    try read { database in
      guard let character = try Store.character(database) else { return [] }
      var totals: [VintageTotal] = []
      try StoreView(database, path: path).vintages { vintage, units in
        totals +=
          character.kind == .policeUK
          ? Store.street(units, vintage) : try Store.table(units, vintage, character.frequency)
      }
      return totals.sorted { a, b in
        if a.source != b.source { return Store.precedes(a.source, b.source) }
        if a.measure != b.measure { return Store.precedes(a.measure, b.measure) }
        return a.period != b.period ? a.period < b.period : a.vintage < b.vintage
      }
    }
  }

  private static func precedes(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
  }

  private static func street(_ units: IngestedUnits, _ vintage: Vintage) -> [VintageTotal] {
    StreetTotals(units.units).rows.map { key, rows in
      VintageTotal(
        source: key.force, measure: key.type, period: Period(frequency: .monthly, ordinal: key.month),
        vintage: vintage, total: Double(rows), values: 1)
    }
  }

  private static func table(
    _ units: IngestedUnits, _ vintage: Vintage, _ frequency: Frequency
  ) throws -> [VintageTotal] {
    struct Key: Hashable {
      let measure: String
      let period: Period
    }
    var sums: [Key: (total: Double, values: Int)] = [:]
    // Another file with the same rows in the same ingest is not counted again.
    var seen = Set<ContentHash>()
    for unit in units.units where seen.insert(unit.contentHash).inserted {
      guard let rows = unit.content as? TableRows else { continue }
      let table = TableRecords(rows)
      let periods = table.periods.map { PeriodStyle.parse($0, frequency: frequency)?.period }
      for record in table.records {
        guard let value = record.value, let period = periods[record.period] else { continue }
        let key = table.keys[record.series]
        sums[Key(measure: key.measure ?? key.area, period: period), default: (0, 0)].total += value
        sums[Key(measure: key.measure ?? key.area, period: period), default: (0, 0)].values += 1
      }
    }
    return sums.map { key, sum in
      VintageTotal(
        source: "table", measure: key.measure, period: key.period, vintage: vintage, total: sum.total,
        values: sum.values)
    }
  }
}
