import CommunitySafety
import Ingest
import TimeSeries

/// A total of part of what it is named after.
public struct MissingMembers: Hashable, Sendable, Codable {
  /// The total.
  public let total: String
  /// The measures that lack members, by their labels; empty for all of them.
  public let measures: [String]
  /// The members that the data does not have, by name.
  public let absent: [String]

  /// A total that lacks members.
  public init(total: String, measures: [String] = [], absent: [String]) {
    self.total = total
    self.measures = measures
    self.absent = absent
  }
}

extension AggregatedPanels {
  /// Partnerships and forces of which the data does not hold every district that the registry knows; then totals of
  /// which it has a measure in some of their places only. Records without a place are no place that could be absent.
  func missingMembers(_ series: [Series?], _ registry: AreaRegistry) -> [MissingMembers] {
    let areas = places.dimension
    var found: [MissingMembers] = []
    for total in places.all where total.level == .csp || total.level == .force {
      guard let index = areas.index(of: total.memberName) else { continue }
      let absent = registry.absent(from: areas.leaves(of: index).compactMap { places.area($0) }, of: total)
      if !absent.isEmpty { found.append(MissingMembers(total: total.name, absent: absent)) }
    }
    struct Lack: Hashable {
      let total: Int
      let absent: [Int]
    }
    var order: [Lack] = []
    var measures: [Lack: [String]] = [:]
    for sum in hierarchy.sums where sum.way == .areas && series[sum.total] != nil {
      let total = hierarchy.nodes[sum.total]
      guard let measure = total.measure, hierarchy.measures.parts(of: measure).isEmpty else { continue }
      let present = Set(sum.parts.map { hierarchy.nodes[$0].area })
      let absent = areas.parts(of: total.area).filter { !present.contains($0) && !areas.members[$0].isResidual }
      guard !absent.isEmpty else { continue }
      let lack = Lack(total: total.area, absent: absent)
      if measures[lack] == nil { order.append(lack) }
      measures[lack, default: []].append(hierarchy.measures.members[measure].name.text)
    }
    return found
      + order.map { lack in
        MissingMembers(
          total: areas.members[lack.total].name.text, measures: measures[lack] ?? [],
          absent: lack.absent.map { areas.members[$0].name.text })
      }
  }

  /// Groups of places that are not added up, because the data lacks members of them there.
  var groupsLeftOut: [MissingMembers] {
    hierarchy.findings.compactMap { finding in
      guard case .incomplete(let key, let absent) = finding, let measure = key.measure,
        places.dimension.member(named: key.area)?.isResidual == false
      else { return nil }
      return MissingMembers(total: key.area, measures: [measure], absent: absent)
    }
  }
}

extension AreaRegistry {
  /// The districts of a partnership or force that none of these areas is or lies in. A merged district stands for what
  /// replaced it.
  fileprivate func absent(from parts: [Area], of total: Area) -> [String] {
    let present = Set(parts.compactMap { district(of: $0).map { lastSuccessor(of: $0.name) } })
    guard !present.isEmpty else { return [] }
    let force = total.force.map(ForceName.slug(ofName:))
    return districts.filter { district in
      district.successor == nil && !present.contains(district.name)
        && (total.level == .csp ? district.csp == total.csp : district.force == force)
    }.map(\.name)
  }
}
