import Assessment
import CommunitySafety
import Forecasting
import NumericCore
import RiskRanking
import TimeSeries

/// Where a place stands by rate among its peers over a stretch of which a part is known and the rest drawn, path by path for all of them
/// (Goldstein and Spiegelhalter 1996, with what is to come as all that is uncertain: a target counts what is recorded).
///
/// Only periods that all of them know are counted, so that none stands lower for lacking one.
struct StandingLevel {
  /// Why a standing cannot be told.
  enum Failure: Error {
    /// The place has no peers, or too few of known residents.
    case noPeers
    /// Fewer than half of the known periods are known of all peers.
    case gaps(PeerSet)
    /// Forecasts do not reach so far.
    case tooFar
  }

  let peers: PeerSet
  let places: Int
  /// The rank over the known periods; nil without any.
  let known: Int?
  /// Of each future the rank over the whole stretch; one where nothing is to come.
  let ranks: [Int]
  /// The place's own count over the known periods that all have, and how many these are.
  let ownKnown: Double, sharedPeriods: Int
  /// The rates that decide: of each future those of the others, the lowest first.
  private let others: [[Double]]
  private let residents: Double

  /// The standing of a place.
  ///
  /// - Parameters:
  ///   - names: every name of the place.
  ///   - past: known periods of the stretch.
  ///   - remaining: periods to come, all after the last of the data.
  init(
    of measure: Measure, in names: Set<String>, _ futures: [PeerFutures], past: [Period], remaining: [Period]
  ) throws(Failure) {
    func isOwn(_ member: PeerFutures.Member) -> Bool { member.isOwn && names.contains(member.area.name) }
    guard let table = futures.first(where: { $0.measure.id == measure.id && $0.members.contains(where: isOwn) }),
      let own = table.members.firstIndex(where: isOwn)
    else { throw .noPeers }
    let members = table.members
    let shared = past.filter { period in
      members.allSatisfy { $0.observed[period] != nil && !$0.observed.isPartial(period) }
    }
    guard past.isEmpty || 2 * shared.count >= past.count else { throw .gaps(table.peers) }
    var totals: [[Double]] = []
    for member in members {
      let known = shared.reduce(0) { $0 + (member.observed[$1] ?? 0) }
      guard !remaining.isEmpty else {
        totals.append([known])
        continue
      }
      let first = member.observed.end + 1
      guard let paths = member.forecast.paths, remaining.allSatisfy({ (0..<paths.horizon).contains($0 - first) })
      else { throw .tooFar }
      let steps = Set(remaining.map { $0 - first })
      totals.append(paths.totals(where: steps.contains).map { known + $0 })
    }
    let populations = members.map { Double($0.area.population ?? 0) }
    let futureCount = totals.map(\.count).min() ?? 0
    guard futureCount > 0, populations.allSatisfy({ $0 > 0 }) else { throw .noPeers }
    peers = table.peers
    places = members.count
    residents = populations[own]
    others = (0..<futureCount).map { path in
      members.indices.filter { $0 != own }.map { totals[$0][path] / populations[$0] }.sorted()
    }
    ranks = zip(0..<futureCount, others).map { path, others in
      StandingLevel.rank(totals[own][path] / populations[own], others)
    }
    ownKnown = shared.reduce(0) { $0 + (members[own].observed[$1] ?? 0) }
    sharedPeriods = shared.count
    guard !shared.isEmpty else {
      known = nil
      return
    }
    let rates = members.indices.map { i in
      shared.reduce(0) { $0 + (members[i].observed[$1] ?? 0) } / populations[i]
    }
    known = StandingLevel.rank(rates[own], members.indices.filter { $0 != own }.map { rates[$0] })
  }

  /// Equal rates share the lower rank.
  private static func rank(_ own: Double, _ others: [Double]) -> Int { 1 + others.count { $0 < own } }

  /// The count over the whole stretch with which a rank is just held, in the middle one of the futures of the others; nil for the last rank,
  /// which any count holds.
  func count(holding rank: Int) -> Double? {
    let deciding = others.compactMap { rank >= 1 && rank <= $0.count ? $0[rank - 1] : nil }.sorted()
    return deciding.isEmpty ? nil : quantile(0.5, ofSorted: deciding) * residents
  }

  /// The last rank of a quarter, or the first; nil where the peers are so few that none has it.
  func rank(ofQuartile quarter: Int, last: Bool) -> Int? {
    let held = (1...places).filter { PeerRanks.quartile(ofRank: $0, among: places) == quarter }
    return last ? held.last : held.first
  }
}
