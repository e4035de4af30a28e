import CommunitySafety
import Ingest
import TimeSeries
import VintageStore

extension IngestedData {
  /// The data with what is known of the archive's coverage beside its calendar.
  ///
  /// - Parameters:
  ///   - totals: every vintage of the store that the data comes from; none without a store.
  ///   - tables: Home Office tables to compare the archive with, read in a run of their own.
  func withCoverage(_ coverage: ArchiveCoverage, totals: [VintageTotal], tables: IngestedData?) -> IngestedData {
    guard kind == .policeUK else { return self }
    let backFilled = BackFills(totals)
    var remarks: [CompletenessCalendar.Place: [ArchiveRemark]] = [:]
    for cell in completeness.cells {
      let place = CompletenessCalendar.Place(source: cell.source, period: cell.period)
      var found: [ArchiveRemark] = []
      if let entry = coverage.entry(force: cell.source, month: cell.period) {
        // A part that is known to be one stays that, however plainly it is there.
        let isThere = cell.status == .present && entry.state == .absent
        found.append(isThere ? .filled(entry) : .known(entry))
      }
      if let vintage = backFilled[cell.source, cell.period] { found.append(.backFilled(since: vintage)) }
      if !found.isEmpty { remarks[place] = found }
    }
    let recorded = tables.map(shares(ofRecordedCrime:)) ?? []
    let covered = with(
      completeness: CompletenessCalendar(cells: completeness.cells, remarks: remarks, recorded: recorded),
      sources: tables?.sources ?? [])
    guard let tables, recorded.isEmpty else { return covered }
    return covered.adding(withoutRecordedCrime(in: tables))
  }
}

/// Months that later vintages of a store hold and earlier ones that reached as far did not.
struct BackFills {
  private struct Place: Hashable {
    let source: String
    let period: Period
  }

  private var since: [Place: String] = [:]

  /// Looks at every total of a store.
  init(_ totals: [VintageTotal]) {
    struct Reach {
      var last: Period
      /// First period of each source.
      var first: [String: Period]
    }
    var holders: [Place: Vintage] = [:]
    var reach: [Vintage: Reach] = [:]
    for total in totals {
      let place = Place(source: total.source, period: total.period)
      holders[place] = min(holders[place] ?? total.vintage, total.vintage)
      var own = reach[total.vintage] ?? Reach(last: total.period, first: [:])
      own.last = max(own.last, total.period)
      own.first[total.source] = min(own.first[total.source] ?? total.period, total.period)
      reach[total.vintage] = own
    }
    for (place, holder) in holders {
      // A vintage that holds nothing of the source, or begins after the month or ends before it, says nothing of it.
      let lacked = reach.contains { vintage, reach in
        vintage < holder && reach.last >= place.period
          && (reach.first[place.source].map { $0 <= place.period } ?? false)
      }
      if lacked { since[place] = holder.label }
    }
  }

  /// The first vintage that holds a source's period, if an earlier one lacked it.
  subscript(source: String, period: Period) -> String? { since[Place(source: source, period: period)] }
}
