import CommunitySafety
import Ingest
import RiskRanking
import TimeSeries

/// What the series of a run would be if records without a place were used the other way: shared out where they are set
/// aside, set aside where they are shared out.
struct UnallocatedChoice {
  private let rows: UnallocatedRows
  /// What sharing out adds to each series, measures and groups, places and totals.
  private let added: [SeriesKey: [Int]]

  /// Adds up what sharing out adds; nil where nothing is known of records without a place.
  init?(_ data: IngestedData, _ places: RunPlaces, measures: MeasureRegistry) {
    guard let rows = data.unallocated, !rows.shares.isEmpty else { return nil }
    self.rows = rows
    let groups = measures.groups.map { group in
      (label: group.label, members: Set((group.members ?? []).compactMap { measures[$0]?.name }))
    }
    var added: [SeriesKey: [Int]] = [:]
    func add(_ more: [Int], to key: SeriesKey) {
      added[key] = added[key].map { zip($0, more).map(+) } ?? more
    }
    for area in places.home {
      guard let leaf = places.dimension.index(of: area.memberName) else { continue }
      // A total that holds the records without a place too has the same sum whatever becomes of them.
      let holdsThem = area.force.map(rows.forcesKept.contains) ?? false
      let totals = places.dimension.allTotals(of: leaf).map { places.dimension.members[$0].name }
        .filter { !(holdsThem && [AreaLevel.whole.rawValue, AreaLevel.force.rawValue].contains($0.level)) }
      for type in data.panel.measures {
        guard let own = rows.shares[SeriesKey(area: area.name, measure: type)] else { continue }
        let labels = [type] + groups.filter { $0.members.contains(type) }.map(\.label)
        for name in [area.name] + totals.map(\.text) {
          for label in labels { add(own, to: SeriesKey(area: name, measure: label)) }
        }
      }
    }
    self.added = added
  }

  /// Whether records without a place are shared out in the run.
  var isShared: Bool { rows.isShared }

  /// The series with these records used the other way; nil for one that they do not concern.
  func otherwise(_ series: Series) -> Series? {
    guard series.kind == .count, let added = added[series.key], added.contains(where: { $0 > 0 }) else { return nil }
    return rows.otherwise(series, added)
  }

  /// The changes of a series either way, where the one is a rise and the other a fall.
  func opposed(_ series: Series) -> OpposedChanges? {
    otherwise(series).flatMap { OpposedChanges(series, otherwise: $0, isShared: isShared) }
  }
}

/// The last year's change on the year before, with records without a place set aside and with them shared out, where the
/// one is a rise and the other a fall.
struct OpposedChanges: Hashable {
  let setAside: Double
  let sharedOut: Double

  /// Nil where both go the same way, one is no change, or the years cannot be compared.
  init?(_ series: Series, otherwise: Series, isShared: Bool) {
    func change(_ series: Series) -> Double? {
      let past = PastComparison(series)
      return past.yearBefore.map { past.lastYear - $0 }
    }
    guard let asIs = change(series), let other = change(otherwise), asIs * other < 0 else { return nil }
    (setAside, sharedOut) = isShared ? (other, asIs) : (asIs, other)
  }
}
