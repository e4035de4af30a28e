import CommunitySafety
import Ingest
import NumericCore
import RiskRanking
import TimeSeries

/// Sets the places of a run beside their peers, by rate, a table for each set of peers and measure: districts beside the others of
/// their force, and places of a group (``CommunitySafety/PeerGroup``) beside that.
struct PeerComparison: Sendable {
  /// A place with its counts of every measure and group.
  struct Member {
    let area: Area
    /// Whether it is a place of the run whose position the table tells.
    let isOwn: Bool
    let series: [MeasureID: Series]
  }

  struct Table {
    let peers: PeerSet
    let measure: Measure
    /// The members that have it, in order.
    let members: [Member]
  }

  let tables: [Table]
  /// Groups of places of the run that are not used.
  let shortGroups: [Limitation.ShortPeerGroup]
  private let end: Period?
  private let seed: UInt64
  /// Of own districts how the last year stands to the year before (up, down or neither, by more than chance), and whether the next
  /// only returns to what was usual.
  private let own: [SeriesKey: (change: Int, returns: Bool)]

  /// Years looked at for patterns.
  private static let mostYears = 5

  init(_ assessment: StrategicAssessment) {
    let (data, registry) = (assessment.data, assessment.reference.measures)
    end = data.panel.span?.upperBound
    seed = assessment.configuration.seed
    var kinds: [String: MeasureKind] = [:]
    for series in data.panel.series {
      if let name = series.key.measure, kinds[name] == nil { kinds[name] = series.kind }
    }
    let measures = data.panel.measures.filter { kinds[$0] == .count }.map { registry.measure($0, kind: .count) }
    let known = Set(measures.map(\.id))
    let groups = registry.groups.filter { group in
      group.kind == .count && !(group.members ?? []).isEmpty && (group.members ?? []).allSatisfy(known.contains)
    }
    var members = PeerComparison.members(
      data.panel, data.areas, isOwn: true, measures, groups, of: assessment.reference.peerGroups)
    if let peers = data.peers {
      members += PeerComparison.members(
        peers.panel, peers.areas, isOwn: false, measures, groups, of: assessment.reference.peerGroups)
    }
    // A group of which the inputs hold too few takes nobody out of the districts of the force.
    let asked = assessment.reference.peerGroups.filter { group in members.contains { $0.isOwn && group.isOf($0.area) } }
    let held = asked.map { group in members.count { group.contains($0.area) } }
    shortGroups = zip(asked, held).filter { $1 < PeerRanks.leastPeers }.map {
      Limitation.ShortPeerGroup(name: $0.name, held: $1)
    }
    let sets = PeerComparison.sets(
      of: members, zip(asked, held).filter { $1 >= PeerRanks.leastPeers }.map(\.0))
    tables = sets.flatMap { peers, members in
      (groups + measures).compactMap { measure in
        let found = members.filter { $0.series[measure.id] != nil }
        return found.count < PeerRanks.leastPeers || !found.contains(where: \.isOwn)
          ? nil : Table(peers: peers, measure: measure, members: found)
      }
    }
    own = Dictionary(
      assessment.risks.map { risk in
        let growth = risk.evidence.growth
        let change = growth.map { $0.isReal ? ($0.ratio > 1 ? 1 : -1) : 0 } ?? 0
        return (risk.key, (change, risk.recommendation == .returnToUsual))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Who is compared with whom: the forces of the run's districts in order, then the groups. A place that has a group is a peer of the
  /// others of its force, and has its own position among its group.
  private static func sets(of members: [Member], _ groups: [PeerGroup]) -> [(PeerSet, [Member])] {
    var forces: [String] = []
    for member in members where member.isOwn && member.area.level == .district {
      if let force = member.area.force, !forces.contains(force) { forces.append(force) }
    }
    let byForce = forces.map { force in
      (
        PeerSet.force(force),
        members.filter { $0.area.level == .district && $0.area.force == force }.map { member in
          Member(
            area: member.area, isOwn: member.isOwn && !groups.contains { $0.isOf(member.area) }, series: member.series)
        }
      )
    }
    return byForce
      + groups.map { group in
        (
          PeerSet.group(group.name),
          members.filter { group.contains($0.area) }.map { member in
            Member(area: member.area, isOwn: member.isOwn && group.isOf(member.area), series: member.series)
          }
        )
      }
  }

  /// Places with residents that may have peers, districts and those of a peer group, in input order, with their groups of measures added
  /// up.
  private static func members(
    _ panel: Panel, _ areas: [String: Area], isOwn: Bool, _ measures: [Measure], _ groups: [Measure],
    of peerGroups: [PeerGroup]
  ) -> [Member] {
    let ids = Dictionary(measures.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    let byArea = Dictionary(grouping: panel.series.filter { $0.kind == .count }, by: \.key.area)
    return panel.areas.compactMap { name -> Member? in
      guard let area = areas[name], area.level != .residual, area.population ?? 0 > 0,
        area.level == .district || peerGroups.contains(where: { $0.contains(area) })
      else { return nil }
      var series: [MeasureID: Series] = [:]
      for one in byArea[name] ?? [] {
        if let id = one.key.measure.flatMap({ ids[$0] }) { series[id] = one }
      }
      for group in groups {
        let parts = (group.members ?? []).compactMap { series[$0] }
        guard parts.count == group.members?.count, let first = parts.first else { continue }
        series[group.id] = parts.dropFirst().reduce(first) { sum, part in
          sum.replacing(values: sum.values.indices.map { sum.values[$0] + (part[sum.start + $0] ?? .nan) })
        }
      }
      return Member(area: area, isOwn: isOwn, series: series)
    }
  }

  /// How many tables there are, each to be made by itself.
  var count: Int { tables.count }

  /// The standings of one table, in the order of its districts; none where too little of the last year is known.
  func standings(_ index: Int) -> [PeerStanding] {
    let table = tables[index]
    guard let end, let last = counts(table, back: 0, end) else { return [] }
    let dispersions = dispersions(table, end)
    let years = (0..<PeerComparison.mostYears).map { counts(table, back: $0, end) }.prefix { $0 != nil }.compactMap(
      \.self)
    var wander = Wander()
    for (later, earlier) in zip(years, years.dropFirst()) {
      wander.add(
        earlier.map { $0.reduce(0, +) }, later.map { $0.reduce(0, +) }, dispersions: dispersions)
    }
    let entries = table.members.enumerated().map { i, member in
      PeerRanks.Entry(
        count: last[i].reduce(0, +), residents: Double(member.area.population ?? 0),
        dispersion: dispersions[i], wander: wander.deviation)
    }
    let ranks = PeerRanks.ranks(entries, seed: seed, stream: "\(table.peers.name)|\(table.measure.id)")
    guard ranks.count == entries.count else { return [] }
    return table.members.indices.map { i in
      let member = table.members[i]
      let state = own[SeriesKey(area: member.area.name, measure: table.measure.label)]
      let pattern =
        member.isOwn
        ? EmergingPattern(
          isHigh: years.map { isHigh(i, $0, table.members) }, change: state?.change ?? 0,
          returns: state?.returns ?? false) : nil
      return PeerStanding(
        area: member.area, measure: table.measure, peers: table.peers, isOwn: member.isOwn,
        count: entries[i].count, periods: last[i].count, residents: member.area.population ?? 0, rank: ranks[i],
        pattern: pattern)
    }
  }

  /// The counts of each member in the periods of a year that all of them know; nil of less than half a year.
  private func counts(_ table: Table, back: Int, _ end: Period) -> [[Double]]? {
    let year = end.frequency.periodsPerYear
    let all = table.members.compactMap { $0.series[table.measure.id] }
    let periods = (0..<year).map { end - back * year - $0 }.filter { period in
      all.allSatisfy { $0[period] != nil && !$0.isPartial(period) }
    }
    guard 2 * periods.count >= year else { return nil }
    return all.map { series in periods.map { series[$0] ?? 0 } }
  }

  /// How much more each member's counts scatter than independent events, over the calendar periods that both years know; at least 1.
  private func dispersions(_ table: Table, _ end: Period) -> [Double] {
    let year = end.frequency.periodsPerYear
    let all = table.members.compactMap { $0.series[table.measure.id] }
    let periods = (0..<year).map { end - $0 }.filter { period in
      all.allSatisfy { series in
        [period, period - year].allSatisfy { series[$0] != nil && !series.isPartial($0) }
      }
    }
    return all.map { series in
      let scatter = TwoCounts.dispersion(periods.map { series[$0] ?? 0 }, periods.map { series[$0 - year] ?? 0 })
      return max(1, scatter?.value ?? 1)
    }
  }

  /// Whether a member's rate in a year was above that of all others together by more than chance explains.
  private func isHigh(_ index: Int, _ year: [[Double]], _ members: [Member]) -> Bool {
    let residents = members.map { Double($0.area.population ?? 0) }
    let all = residents.reduce(0, +)
    let others = year[index].indices.map { period in
      year.indices.reduce(0) { $0 + ($1 == index ? 0 : year[$1][period]) }
    }
    let share = residents[index] / all
    let (own, rest) = (year[index].reduce(0, +), others.reduce(0, +))
    guard share > 0, share < 1, own / share > rest / (1 - share) else { return false }
    return TwoCounts.probability(year[index], others, share: share) < WindowComparison.significance
  }
}
