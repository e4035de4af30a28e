import CommunitySafety
import Diagnostics
import TimeSeries

/// The areas of a run and what they add up to: partnerships, forces, everything.
///
/// A total that holds the same areas as another place is that place under another name: a partnership of one district,
/// a force that is one partnership, everything where that is all there is. It is one member of the hierarchy.
struct RunPlaces {
  /// Areas of the data that are places, and those of records that have none, in input order.
  let home: [Area]
  let residual: [Area]
  /// All areas, by level: those of the data, then partnerships, forces, the whole. A place with several names is there
  /// under each.
  let all: [Area]
  /// The same as a side of a hierarchy: a place with several names is one member.
  let dimension: HierarchyDimension
  /// Levels that are added up.
  let totalLevels: [AreaLevel]
  /// The areas that are but another name of a place, each with the area that has its results.
  let otherNames: [(name: Area, place: Area)]

  /// What areas of the data add up to.
  ///
  /// - Parameters:
  ///   - withWhole: whether they share measures, so that there is a whole of them.
  ///   - dates: the first and last period of areas that began or ended, by name; totals do without them before and after.
  /// - Throws: `HorizonError` if their names contradict each other.
  init(_ base: [Area], withWhole: Bool, dates: [String: AreaHistory.Dates] = [:]) throws {
    let home = base.filter { $0.level != .residual }
    let residual = base.filter { $0.level == .residual }
    var places = Places(home + residual)
    let partnerships = RunPlaces.grouped(base.filter { $0.level != .csp }, by: \.csp).map { name, members in
      let own = places.name(name, .csp, of: members)
      return (Area(name: own, level: .csp, force: members[0].force, csp: name, members: members), members)
    }
    // Those that are a district follow the districts.
    places.add(.csp, partnerships.filter { places.isKnown($0.1) } + partnerships.filter { !places.isKnown($0.1) })
    places.add(
      .authority,
      RunPlaces.grouped(base, by: \.authority).map { name, members in
        let forces = Set(members.map(\.force))
        var area = Area(
          name: places.name(name, .authority, of: members), level: .authority,
          force: forces.count == 1 ? members[0].force : nil, members: members)
        area.districts = members.filter { $0.level == .district }.map {
          .init(name: $0.name, code: $0.code ?? "", isWhole: true)
        }
        return (area, members)
      })
    let forces = RunPlaces.grouped(home + residual, by: \.force)
    if forces.count > 1, !home.contains(where: { $0.level == .force }) {
      places.add(
        .force,
        forces.map { name, members in
          (Area(name: places.name(name, .force, of: members), level: .force, force: name, members: members), members)
        })
    }
    if base.count > 1 && withWhole {
      let own = places.name(AggregatedPanels.wholeAreaName, .whole, of: base)
      places.add(.whole, [(Area(name: own, level: .whole, members: base), base)])
    }
    (self.home, self.residual, all, totalLevels) = (home, residual, places.all, places.totalLevels)
    otherNames = places.otherNames
    do throws(HierarchyError) {
      dimension = try HierarchyDimension(places.members(dates))
    } catch {
      throw HorizonError(
        .data, "the areas do not add up: \(error)", remedy: "Give every area of the inputs a name of its own")
    }
  }

  /// The area of the data that a member of the dimension is; nil for a total.
  func area(_ member: Int) -> Area? { member < home.count + residual.count ? all[member] : nil }

  /// Areas grouped by a name, in order of first appearance; areas without one are left out.
  private static func grouped(_ areas: [Area], by name: (Area) -> String?) -> [(String, [Area])] {
    var order: [String] = []
    var members: [String: [Area]] = [:]
    for area in areas {
      guard let name = name(area) else { continue }
      if members[name] == nil { order.append(name) }
      members[name, default: []].append(area)
    }
    return order.map { ($0, members[$0] ?? []) }
  }
}

/// Members of the dimension as they come, found by the areas of the data that they hold.
private struct Places {
  private(set) var all: [Area]
  private(set) var totalLevels: [AreaLevel] = []
  private(set) var otherNames: [(name: Area, place: Area)] = []
  private var known: [Place]
  private var byHolding: [Set<String>: Int]
  /// What each name stands for.
  private var holdings: [String: Set<String>]

  private struct Place {
    let area: Area
    let parts: [Area]
    var others: [Area] = []
  }

  init(_ base: [Area]) {
    all = base
    known = base.map { Place(area: $0, parts: []) }
    // Records without a place are no place, and none is called after them.
    byHolding = Dictionary(
      base.enumerated().filter { $1.level != .residual }.map { ([$1.name], $0) },
      uniquingKeysWith: { first, _ in first })
    holdings = Dictionary(base.map { ($0.name, [$0.name]) }, uniquingKeysWith: { first, _ in first })
  }

  func isKnown(_ parts: [Area]) -> Bool { byHolding[Set(parts.map(\.name))] != nil }

  /// The name of a total. North Devon, for one, is the name of a district and of a partnership of two, Wiltshire could be
  /// that of a district and of a force of two: a series is known by the name of its area, so that one of the two says its
  /// level.
  func name(_ name: String, _ level: AreaLevel, of parts: [Area]) -> String {
    guard let holding = holdings[name], holding != Set(parts.map(\.name)) else { return name }
    return "\(name) (\(level == .csp ? "partnership" : level.rawValue))"
  }

  mutating func add(_ level: AreaLevel, _ totals: [(area: Area, parts: [Area])]) {
    guard !totals.isEmpty || level != .authority else { return }
    totalLevels.append(level)
    all += totals.map(\.area)
    for (area, parts) in totals {
      let holding = Set(parts.map(\.name))
      holdings[area.name] = holding
      if let same = byHolding[holding] {
        known[same].others.append(area)
        otherNames.append((area, known[same].area))
      } else {
        byHolding[holding] = known.count
        known.append(Place(area: area, parts: parts))
      }
    }
  }

  func members(_ dates: [String: AreaHistory.Dates]) -> [HierarchyDimension.Member] {
    known.map { place in
      let dates = place.parts.isEmpty ? dates[place.area.name] : nil
      return .init(
        place.area.memberName, aliases: place.others.map(\.memberName), parts: place.parts.map(\.memberName),
        isResidual: place.area.level == .residual, first: dates?.first, last: dates?.last)
    }
  }
}

extension Area {
  /// Its name and level, as a member of a hierarchy.
  var memberName: HierarchyDimension.Name { .init(name, level.rawValue) }
}
