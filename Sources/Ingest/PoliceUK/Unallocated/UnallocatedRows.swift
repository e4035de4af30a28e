import TimeSeries

/// What becomes of rows of police.uk files that name no place.
public enum UnallocatedUse: String, CaseIterable, Sendable {
  /// They count in an area of their own, and in no district.
  case setAside = "set-aside"
  /// They are shared out to the force's districts in proportion to the rows that have a place.
  case shared = "share"
}

/// The rows of a run of police.uk files that name no place, beside those that do, and what sharing them out adds to each
/// series.
public struct UnallocatedRows: Sendable {
  /// Rows of one force and crime type by month.
  public struct Count: Hashable, Sendable {
    /// Slug of the force.
    public let force: String
    /// The force as people name it.
    public let forceName: String
    /// The crime type.
    public let type: String
    /// First month.
    public let start: Period
    /// Rows of each month; nil where the month is missing.
    public let rows: [Int?]
    /// Of them, those that name no place.
    public let unallocated: [Int]

    package init(
      force: String, forceName: String, type: String, start: Period, rows: [Int?], unallocated: [Int]
    ) {
      self.force = force
      self.forceName = forceName
      self.type = type
      self.start = start
      self.rows = rows
      self.unallocated = unallocated
    }
  }

  /// What is counted, by force and type.
  public let counts: [Count]
  /// First month of ``shares``.
  public let start: Period
  /// Rows that sharing out adds to a series, by month; of series that it adds to none, and of levels under districts,
  /// nothing.
  public let shares: [SeriesKey: [Int]]
  /// Whether they are shared out: the series hold ``shares``.
  public let isShared: Bool
  /// Forces, as people name them, whose rows without a place are in the run whatever becomes of them, rather than set aside
  /// with areas not asked for: totals that hold them beside the districts do not depend on it.
  public let forcesKept: Set<String>

  /// Changes in the shares of rows without a place.
  let drifts: [GeocodingDrift]

  package init(
    counts: [Count], start: Period, shares: [SeriesKey: [Int]], isShared: Bool, forcesKept: Set<String>
  ) {
    self.init(
      counts: counts, start: start, shares: shares, isShared: isShared, forcesKept: forcesKept,
      drifts: GeocodingDrift.all(in: counts))
  }

  private init(
    counts: [Count], start: Period, shares: [SeriesKey: [Int]], isShared: Bool, forcesKept: Set<String>,
    drifts: [GeocodingDrift]
  ) {
    self.counts = counts
    self.start = start
    self.shares = shares
    self.isShared = isShared
    self.forcesKept = forcesKept
    self.drifts = drifts
  }

  /// What was known at the end of `period`.
  func asOf(_ period: Period) -> UnallocatedRows {
    let kept = max(0, period - start + 1)
    return UnallocatedRows(
      counts: counts.map { count in
        Count(
          force: count.force, forceName: count.forceName, type: count.type, start: count.start,
          rows: Array(count.rows.prefix(kept)), unallocated: Array(count.unallocated.prefix(kept)))
      }, start: start, shares: shares.mapValues { Array($0.prefix(kept)) }, isShared: isShared,
      forcesKept: forcesKept)
  }

  /// The same with the shares of areas added up into the groups that they lie in; an area without a group stays.
  func grouped(_ group: (String) -> String?) -> UnallocatedRows {
    var sums: [SeriesKey: [Int]] = [:]
    for (key, rows) in shares {
      let sum = SeriesKey(area: group(key.area) ?? key.area, measure: key.measure)
      sums[sum] = sums[sum].map { zip($0, rows).map(+) } ?? rows
    }
    return UnallocatedRows(
      counts: counts, start: start, shares: sums, isShared: isShared, forcesKept: forcesKept, drifts: drifts)
  }

  /// The same for areas that hold the rows without a place whatever becomes of them under districts.
  var withoutChoice: UnallocatedRows {
    UnallocatedRows(
      counts: counts, start: start, shares: [:], isShared: isShared, forcesKept: forcesKept, drifts: [])
  }

  /// A series as it is when rows without a place are used the other way: without those that were shared out to it, or with
  /// those that were not.
  ///
  /// - Parameter added: what sharing out adds to it, by month from ``start``.
  public func otherwise(_ series: Series, _ added: [Int]) -> Series {
    let sign: Double = isShared ? -1 : 1
    return series.replacing(
      values: series.values.enumerated().map { index, value in
        let month = series.start + index - start
        return added.indices.contains(month) ? value + sign * Double(added[month]) : value
      })
  }
}
